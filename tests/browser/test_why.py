"""The inspector's left part: how an element is read, with respect to which operand, and where a weight comes from."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.workbench import NO_PRELOAD, open_start


def open_program(page: Page, slug: str, language: str = "en") -> None:
    """A built-in program at the end of its last call."""
    open_start(page, f"/?lang={language}#program={slug}")
    page.wait_for_selector(".inspector-why")


def test_a_green_node_hands_its_score_out(page: Page) -> None:
    open_program(page, "two-layers")
    page.locator("#canvas .node-middle").first.click()
    expect(page.locator(".sum")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="green node")).to_have_attribute("aria-pressed", "true")
    shares = page.locator(".share")
    expect(shares).to_have_count(2)
    expect(shares.nth(1)).to_contain_text("×2=8")
    expect(page.locator("#canvas .edge-chosen")).to_have_count(2)
    page.get_by_role("button", name="blue node").click()
    expect(page.locator(".sum")).to_be_visible()


def test_a_root_is_read_as_green_and_a_leaf_as_blue(page: Page) -> None:
    open_program(page, "softmax")
    page.locator("#canvas .node-output").nth(1).click()
    expect(page.locator(".share")).to_have_count(3)
    expect(page.get_by_role("button", name="green node")).to_have_attribute("aria-pressed", "true")
    page.locator("#canvas .node-input").nth(1).click()
    expect(page.locator(".sum")).to_be_visible()


def test_w_asks_about_the_other_operand(page: Page) -> None:
    open_program(page, "matmul-both-sides", "zh")
    switch = page.locator(".canvas-wrt")
    expect(switch.get_by_role("button", pressed=True)).to_have_text("对 A")
    expect(switch).to_contain_text("B 的数变成边权")
    page.keyboard.press("w")
    expect(switch.get_by_role("button", pressed=True)).to_have_text("对 B")
    expect(page.locator(".inspector-why .inspector-aside")).to_contain_text("B[0, 0]")


def test_r_and_w_do_nothing_in_the_editor(page: Page) -> None:
    open_program(page, "matmul-both-sides")
    page.locator(".cm-content").first.click()
    page.keyboard.type("rw")
    expect(page.get_by_role("button", name="blue node")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".cm-content").first).to_contain_text(re.compile("rw"))


def test_a_weight_says_where_it_comes_from(page: Page) -> None:
    open_program(page, "softmax")
    page.locator("#canvas .node-input").nth(1).click()
    line = page.locator(".inspector-why .provenance")
    expect(line).to_have_count(1)
    page.locator(".sum .weight-number").nth(1).click()
    expect(line.locator("annotation")).to_have_text(
        r"\dfrac{\partial y_{2}}{\partial x_{2}} = y_{2} (1 - y_{2}) = 0.2447 \times 0.7553"
    )
    expect(line.locator(".weight-number")).to_have_text("0.1848")
    expect(page.locator("#canvas .edge-looked")).to_have_count(1)
    copy = line.get_by_role("button", name="Copy as LaTeX")
    expect(copy).to_have_attribute("data-copy", re.compile(r"= 0\.1848$"))


def test_keys_go_through_the_edges_of_a_node(page: Page) -> None:
    open_program(page, "softmax")
    page.locator("#canvas .node-input").nth(2).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#canvas .edge-looked")).to_have_attribute("data-edge", "0 0 2")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#canvas .edge-looked")).to_have_attribute("data-edge", "0 0 5")
    expect(page.locator(".edge-spoken")).to_have_text("Edge 2 of 3: from x₃ to y₂, weight −0.1628")
    page.keyboard.press("Escape")
    expect(page.locator("#canvas .edge-looked")).to_have_count(0)
    expect(page.locator(".sum")).to_be_visible()


def test_pointing_at_an_edge_marks_what_gives_its_weight(page: Page) -> None:
    open_program(page, "matmul-both-sides")
    chip = page.locator("#canvas .chip").first
    chip.hover()
    expect(page.locator("#canvas .node.gives-weight")).to_have_count(1)
    page.locator("#top").hover()
    expect(page.locator("#canvas .gives-weight")).to_have_count(0)


def test_zeros_have_three_looks(page: Page) -> None:
    open_program(page, "max-with-ties")
    page.locator("#canvas .node-input").first.click()
    expect(page.locator(".zero-none")).to_have_text(re.compile("No edge to t₂"))
    expect(page.locator(".zero-weight")).to_have_text(re.compile("Weight 0 towards t₁"))
    open_start(page, "/?lang=zh")
    ones = "import torch\nx = torch.tensor([1., 2.], requires_grad=True)\ny = torch.softmax(x, 0)\n"
    page.fill("#paste", ones + "y.backward(torch.ones(2))")
    page.click(".paste [type=submit]")
    expect(page.locator(".zero-cancel")).to_have_text(re.compile("正好抵消"))


def test_the_curve_shows_both_slopes_at_a_kink(page: Page) -> None:
    open_start(page, "/?lang=en")
    page.fill(
        "#paste", "import torch\nx = torch.tensor([-1., 0., 2.], requires_grad=True)\ntorch.relu(x).sum().backward()"
    )
    page.click(".paste [type=submit]")
    page.locator("#canvas .node-input").nth(2).click()
    page.get_by_role("button", name="Curve").click()
    expect(page.locator(".curve-plot")).to_have_count(2)
    expect(page.locator(".curve-tangent")).to_have_count(1)
    expect(page.locator(".curve-point")).to_have_count(6)
    page.locator("#canvas .node-input").nth(1).click()
    expect(page.locator(".curve-tangent")).to_have_count(2)
    expect(page.locator(".curves")).to_contain_text("slope 0 on the left, 1 on the right. PyTorch takes 0")
    page.get_by_role("button", name="Curve").click()
    expect(page.locator(".sum")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", ["green", "edge", "curve"])
def test_axe(page: Page, state: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    open_program(page, "sin", "zh")
    if state == "green":
        page.keyboard.press("r")
    elif state == "edge":
        page.locator("#canvas .chip").first.click()
    else:
        page.locator("[data-ask=curve]").click()
        page.wait_for_selector(".curve-plot")
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    grave = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in grave] == []
