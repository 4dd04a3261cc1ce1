"""Every state that the design draws can be reached, and shows the marks that the design names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NotSeen

from tests.browser.picture_state import State
from tests.browser.pictures import STATES
from tests.browser.workbench import open_start, paste

FOLDER = os.environ.get("PICTURES")


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object], request: pytest.FixtureRequest) -> dict[str, object]:
    """The state's own reader: size, theme."""
    state: State = request.getfixturevalue("state")
    width, height = state.size
    scheme = "dark" if state.dark else "light"
    return {**browser_context_args, "viewport": {"width": width, "height": height}, "color_scheme": scheme}


def act(page: Page, kind: str, target: str) -> None:
    """One thing that a reader does."""
    if kind == "press":
        page.keyboard.press(target)
    elif kind == "click":
        page.locator(target).first.click()
    elif kind == "hover":
        page.locator(target).first.hover()
    else:
        page.locator(".step", has_text=target).last.click()


SHOWN = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((mark) => mark.checkVisibility({ visibilityProperty: true })).length >= least"""


def look_for(page: Page, words: str, selector: str, least: int) -> None:
    """Waits until so many are drawn; a level line has no height, so that it is shown is asked of its style."""
    try:
        page.wait_for_function(SHOWN, arg=[selector, least], timeout=10_000)
    except NotSeen:
        there = page.locator(selector).count()
        pytest.fail(f"{words}: {least} of {selector} must be seen, {there} are in the page")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_of_the_design_shows_its_marks(page: Page, state: State) -> None:
    open_start(page, state.url())
    if state.cells:
        paste(page, list(state.cells))
    for kind, target in state.acts:
        act(page, kind, target)
    page.emulate_media(media="print" if state.media == "print" else "screen")
    for words, (selector, least) in state.marks.items():
        look_for(page, words, selector, least)
    if FOLDER:
        Path(FOLDER).mkdir(exist_ok=True)
        page.screenshot(path=Path(FOLDER) / f"{state.name}.png")
