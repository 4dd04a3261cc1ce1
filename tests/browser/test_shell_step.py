"""The timeline by mouse and keyboard, and what a screen reader hears of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.workbench import PROGRAM, Server, current, open_start, paste

STEPS = ["× 3", "sum", "1", "sum", "× 3", "x.grad +="]


@pytest.fixture(autouse=True)
def workspace(page: Page) -> None:
    Server(page)
    open_start(page)
    paste(page, PROGRAM)


def test_groups_and_states(page: Page) -> None:
    assert page.locator(".step").all_inner_texts() == STEPS
    heads = [text.replace("\n", " ") for text in page.locator(".group-head").all_inner_texts()]
    assert "前向" in heads[0]
    assert "第 1 次反向" in heads[1]
    assert "out.backward()" in heads[1]
    page.locator(".step").nth(3).click()
    states = [step.get_attribute("data-at") for step in page.locator(".step").all()]
    assert states == ["done", "done", "done", "now", "todo", "todo"]


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["ArrowLeft"], 4),
        (["Home"], 0),
        (["Home", "ArrowRight"], 1),
        (["Home", "Shift+ArrowRight"], 1),
        (["Home", "]"], 2),
        (["["], 2),
        (["[", "["], 0),
        (["Home", "End"], 5),
        (["PageUp", "PageUp"], 4),
        (["PageUp"] * 5, 3),
        (["Shift+ArrowLeft"] * 2, 3),
        (["ArrowRight"], 5),
    ],
)
def test_keys_walk(page: Page, keys: list[str], place: int) -> None:
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(".step").nth(place)).to_have_attribute("aria-current", "step")


def test_keys_belong_to_the_editor_until_escape(page: Page) -> None:
    page.locator(".cm-content").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert current(page) == "x.grad +="
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    assert current(page) == "× 3"


def test_transport_buttons(page: Page) -> None:
    for name, place in [("回到开头", 0), ("走一步", 1), ("到最后", 5), ("后退一步", 4)]:
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.locator(".step").nth(place)).to_have_attribute("aria-current", "step")


def test_space_plays_from_the_start_and_stops_at_the_end(page: Page) -> None:
    page.keyboard.press("+")
    page.keyboard.press(" ")
    expect(page.locator(".step").nth(5)).to_have_attribute("data-at", "todo")
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    expect(page.locator(".step").nth(5)).to_have_attribute("aria-current", "step", timeout=8000)
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible()


def test_the_statement_and_its_forward_line_are_marked_in_the_code(page: Page) -> None:
    page.locator(".step").nth(4).click()
    expect(page.locator(".cell").nth(1).locator(".cm-line.line-now")).to_have_text("out.backward()◂ × 3")
    expect(page.locator(".cell").nth(0).locator(".columns-origin")).to_have_text("x * 3")
    page.locator(".step").nth(1).click()
    expect(page.locator(".cm-line.line-now")).to_have_text("out = y.sum()6")


def test_each_step_is_announced_in_the_reader_s_language(page: Page) -> None:
    live = page.locator(".timeline [aria-live]")
    page.locator(".step").nth(3).click()
    expect(live).to_have_text("第 1 次反向，第 2 步，共 4 步：sum，加到蓝点")
    page.click("[data-lang=en]")
    page.locator(".step").nth(0).click()
    expect(live).to_have_text("Forward, step 1 of 2: × 3")


def test_the_skip_link_leads_to_the_diagram_and_keeps_the_program(page: Page) -> None:
    address = page.url
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#canvas")).to_be_focused()
    assert page.url == address
    assert current(page) == "x.grad +="


def test_ctrl_enter_runs_from_anywhere(page: Page) -> None:
    with page.expect_request("**/api/trace"):
        page.keyboard.press("Control+Enter")
