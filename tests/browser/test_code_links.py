"""The characters of an operation and its picture light each other; what may be written is proposed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.workbench import open_start, paste

CELLS = [
    "import torch\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\nz = y*y*3\nout = z.mean()",
    "out.backward()",
]


def start(page: Page) -> None:
    open_start(page)
    paste(page, CELLS)


def lit(page: Page, where: str) -> list[str]:
    """The texts of what is lit."""
    return page.locator(f"{where} .linked").all_text_contents()


def test_an_operation_lights_exactly_its_characters(page: Page) -> None:
    start(page)
    chips = page.locator("#canvas .op")
    chips.nth(1).locator(".op-label").hover()
    assert lit(page, ".cell") == ["y*y"]
    chips.nth(2).locator(".op-label").hover()
    assert lit(page, ".cell") == ["y*y*3"]


def test_characters_light_the_innermost_operation_and_its_steps(page: Page) -> None:
    start(page)
    page.locator(".code-link").get_by_text("y*y", exact=True).last.hover()
    expect(page.locator("#canvas .op.linked .op-label")).to_have_text("y*y")
    assert lit(page, "#timeline") == ["y*y", "y*y"]
    page.locator(".code-link", has_text="z.mean()").hover()
    expect(page.locator("#canvas .op.linked .op-label")).to_have_text("mean")


def test_the_head_of_a_tensor_lights_where_it_was_made(page: Page) -> None:
    start(page)
    page.locator("#canvas .header[data-link='t:0']").hover()
    assert lit(page, ".cell") == ["torch.ones(2, 2, requires_grad=True)"]
    page.locator(".code-link[data-link='t:0']").hover()
    expect(page.locator("#canvas .header.linked")).to_have_count(1)


def test_links_go_with_the_run_that_they_belong_to(page: Page) -> None:
    start(page)
    expect(page.locator(".code-link")).to_have_count(5)
    page.locator(".cm-content").first.click()
    page.keyboard.type("#")
    expect(page.locator(".code-link")).to_have_count(0)


def test_names_are_proposed_and_taken_with_tab(page: Page) -> None:
    start(page)
    page.locator(".cm-content").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("t = torch.soft")
    proposed = page.locator(".cm-tooltip-autocomplete")
    expect(proposed.locator("li").first).to_have_text("softmax")
    expect(page.locator(".completion-info")).to_contain_text("多对多")
    expect(page.locator(".completion-info .katex").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content").nth(1)).to_contain_text("t = torch.softmax")
    page.keyboard.type("(y.cumsu")
    expect(proposed.locator("li").first).to_have_text("cumsum")
    page.keyboard.press("Escape")
    expect(proposed).to_have_count(0)
    expect(page.locator(".cm-content").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".cell").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content").nth(1)).to_be_focused()
