"""The browser's back and forward undo navigation, and run nothing that is on the page already."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.workbench import open_start


@pytest.fixture
def runs(page: Page) -> list[str]:
    """Every program that the page sends to be run."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/trace"):
            sent.append(request.post_data or "")

    page.on("request", note)
    return sent


def at(page: Page, step: int) -> None:
    """Waits until the timeline stands at a step."""
    expect(page.locator("[data-step][aria-current=step]")).to_have_attribute("data-step", str(step))


def test_back_undoes_jumps_without_running_again(page: Page, runs: list[str]) -> None:
    open_start(page, "/?lang=en#program=softmax")
    at(page, 3)
    page.locator("[data-step='0']").click()
    at(page, 0)
    page.locator("[data-step='2']").click()
    at(page, 2)
    expect(page).to_have_url(re.compile(r"#program=softmax&step=2$"))
    page.go_back()
    at(page, 0)
    page.go_back()
    at(page, 3)
    expect(page).to_have_url(re.compile(r"#program=softmax$"))
    page.go_forward()
    at(page, 0)
    assert len(runs) == 1


def test_walking_by_key_is_one_place_of_the_history(page: Page, runs: list[str]) -> None:
    open_start(page, "/?lang=en#program=softmax")
    at(page, 3)
    page.locator("[data-step='0']").click()
    page.keyboard.press("ArrowRight")
    at(page, 1)
    page.keyboard.press("Home")
    page.keyboard.press("End")
    at(page, 3)
    expect(page.locator(".node-selected").first).to_be_attached()
    page.go_back()
    at(page, 3)
    page.go_back()
    expect(page).to_have_url("about:blank")
    assert len(runs) == 1


def test_back_returns_to_the_program_before_and_its_step(page: Page, runs: list[str]) -> None:
    open_start(page, "/?lang=en#program=softmax&step=1")
    at(page, 1)
    page.click(".program-button")
    page.get_by_role("menuitemradio", name="Running sums").click()
    expect(page).to_have_url(re.compile("#program=cumsum$"))
    page.wait_for_selector(".step")
    page.go_back()
    at(page, 1)
    expect(page.locator(".cm-content").first).to_contain_text("softmax")
    page.go_forward()
    expect(page.locator(".cm-content").first).to_contain_text("cumsum")
    assert len(runs) == 4


def test_changed_code_comes_back_changed(page: Page) -> None:
    open_start(page, "/?lang=en#program=softmax")
    page.locator(".cm-content").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# mine\n")
    page.click(".brand")
    expect(page.locator("#start")).to_be_visible()
    page.go_back()
    expect(page.locator(".cm-content").first).to_contain_text("# mine")
    page.wait_for_selector(".step")


def test_a_reload_keeps_the_place(page: Page) -> None:
    open_start(page, "/?lang=en#program=softmax")
    page.locator("[data-step='1']").click()
    at(page, 1)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    at(page, 1)


def test_a_stranger_s_link_opens_at_its_moment_once_it_may_run(page: Page) -> None:
    open_start(page, "/?lang=en")
    page.fill("#paste", "import torch\nx = torch.ones(2, requires_grad=True)\n(x * 2).sum().backward()")
    page.click(".paste [type=submit]")
    page.wait_for_selector(".step")
    page.locator("[data-step='2']").click()
    page.keyboard.press("Control+Shift+L")
    expect(page).to_have_url(re.compile(r"#1\.[\w-]+$"))
    link = page.url
    page.goto("about:blank")
    open_start(page, link)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.click(".guest button")
    at(page, 2)
    expect(page).to_have_url(link)
