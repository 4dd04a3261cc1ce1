"""Walking through time in a browser: opening a program, pressing keys, and where one then stands."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import open_start

SOFTMAX: Final = "/?lang=zh#program=softmax"
TWICE: Final = "/?lang=zh#program=accumulation"
BEATS: Final = ["绿点有了分数", "分数送上每条边", "乘边权", "加到蓝点"]


def open_program(page: Page, address: str) -> None:
    """The program, run, at the end of its last backward call."""
    open_start(page, address)
    expect(page.locator(".step[aria-current]")).to_have_count(1)


def now(page: Page) -> Locator:
    """The current step."""
    return page.locator(".step[aria-current=step]")


def at_beat(page: Page, beat: int) -> None:
    """Waits until this beat of the current step is shown."""
    expect(now(page).locator("[data-beat][data-at=now]")).to_have_attribute("data-beat", str(beat))


def press(page: Page, *keys: str) -> None:
    """One key after the other."""
    for key in keys:
        page.keyboard.press(key)
