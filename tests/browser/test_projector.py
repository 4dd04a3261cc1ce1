"""The projector: one operation and its formula, large enough for the last row, driven by a clicker."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.workbench import open_start

# Every text that is on screen and smaller than it may be: its words and its size in px of the screen.
SMALL = """least => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || node.closest("script, style, .unseen, .katex-mathml, [aria-live].canvas-spoken")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(node);
    if (!box.width || box.bottom < 0 || box.top > innerHeight || style.visibility === "hidden") continue;
    const svg = node.closest("svg.diagram, svg.waterfall") && node.getScreenCTM?.();
    const size = parseFloat(style.fontSize) * (svg ? svg.a : 1);
    if (size < least - 0.05 && !node.closest(".katex")) small.push(`${text.data.trim()} ${size.toFixed(1)}`);
  }
  return small;
}"""


def project(page: Page, program: str, width: int = 1280, height: int = 720) -> None:
    """Opens a program on the projector in a window."""
    page.set_viewport_size({"width": width, "height": height})
    open_start(page, f"/?lang=en#program={program}&place=projector")
    page.wait_for_selector(".step")


@pytest.mark.parametrize("program", ["softmax&step=2&at=0.1", "matmul-both-sides&step=2", "accumulation&step=5"])
@pytest.mark.parametrize("chain", [False, True])
def test_nothing_is_smaller_than_twenty_pixels(page: Page, program: str, chain: bool) -> None:
    project(page, program)
    if chain:
        page.click(".chain-switch")
    assert page.evaluate(SMALL, 20) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_the_measure_can_fail(page: Page) -> None:
    open_start(page, "/?lang=en#program=softmax")
    page.wait_for_selector(".step")
    assert page.evaluate(SMALL, 20) != []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768), (1600, 1200)])
def test_any_wide_or_old_window_shows_all_of_one_operation(page: Page, width: int, height: int) -> None:
    project(page, "softmax&step=2&at=0.1", width, height)
    canvas, world = (page.locator(name).bounding_box() for name in ("#canvas", ".world"))
    assert canvas
    assert world
    assert world["x"] >= canvas["x"]
    assert world["x"] + world["width"] <= canvas["x"] + canvas["width"]
    assert world["y"] >= canvas["y"]
    assert world["y"] + world["height"] <= canvas["y"] + canvas["height"]
    formula = page.locator(".projection")
    assert formula.evaluate("node => node.scrollHeight <= node.clientHeight && node.scrollWidth <= node.clientWidth")
    unit = min(width / 1140, height / 720)
    assert page.evaluate(SMALL, 20 * unit) == []


def test_a_chain_of_five_columns_and_four_rows_fits(page: Page) -> None:
    project(page, "accumulation&step=11")
    page.click(".chain-switch")
    expect(page.locator("#canvas .node:not(.node-grey)")).to_have_count(17)
    canvas, world = (page.locator(name).bounding_box() for name in ("#canvas", ".world"))
    assert canvas
    assert world
    assert world["width"] <= canvas["width"]
    assert world["height"] <= canvas["height"]


def test_each_term_has_a_line_and_the_sum_a_bar(page: Page) -> None:
    project(page, "softmax&step=2&at=0.1")
    rows = page.locator(".projection-left:has(.weight-number)")
    expect(rows).to_have_count(3)
    expect(page.locator(".projection-result")).to_have_text("−0.1628")
    expect(page.locator(".projection .waterfall-block")).to_have_count(3)
    expect(page.locator(".projection-title")).to_contain_text("element 2 / 3")
    expect(page.locator(".code")).to_be_hidden()
    expect(page.locator(".projector-relation")).to_have_text("many-to-many")


def test_a_clicker_walks_and_the_question_goes_along(page: Page) -> None:
    project(page, "accumulation&step=11")
    statement = page.locator(".statement")
    first = statement.input_value()
    for _ in range(6):
        page.keyboard.press("PageDown")
    assert statement.input_value() != first
    expect(page.locator("#canvas .node-selected")).to_have_count(1)
    for _ in range(6):
        page.keyboard.press("PageUp")
    assert statement.input_value() == first


def test_the_statement_is_rewritten_and_its_step_kept(page: Page) -> None:
    project(page, "softmax&step=2&at=0.1")
    page.locator(".statement").fill("y = torch.log_softmax(x, dim=0)")
    page.keyboard.press("Enter")
    expect(page.locator("[data-step][aria-current=step]")).to_have_text("log_softmax(dim=0)")
    expect(page.locator("[data-step='2']")).to_have_attribute("aria-current", "step")
    expect(page.locator(".statement")).not_to_be_focused()


def test_the_way_there_and_back(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_start(page, "/?lang=en#program=softmax")
    page.wait_for_selector(".step")
    page.get_by_role("button", name="Projector").click()
    expect(page.locator("html")).to_have_attribute("data-place", "projector")
    page.keyboard.press("p")
    expect(page.locator("html")).to_have_attribute("data-place", "study")
    expect(page.locator(".code")).to_be_visible()
    page.keyboard.press("p")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("data-place", "study")
