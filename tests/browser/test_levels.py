"""Levels of detail: tensors, mixed, elements; unfolding and folding in place."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import open_start, paste


def open_program(page: Page, slug: str, step: int | None = None) -> None:
    """A built-in program with its first picture laid out."""
    page.goto(f"/?lang=en#program={slug}" + (f"&step={step}" if step is not None else ""))
    page.wait_for_selector("html[data-ready]")
    settled(page)


def settled(page: Page) -> None:
    """The layouter has answered."""
    page.wait_for_selector("#canvas:not([data-layout]) .layer-wires", state="attached")


def level(page: Page, name: str) -> None:
    """Chooses a level by its button."""
    page.click(f"[data-level={name}]")
    settled(page)


def pressed(page: Page) -> Locator:
    """The level that is on."""
    return page.locator(".level-switch [aria-pressed=true]")


def test_a_picture_that_can_be_read_opens_with_every_element(page: Page) -> None:
    open_program(page, "softmax")
    expect(pressed(page)).to_have_text("Elements")
    expect(page.locator("#canvas .fold, #canvas .region")).to_have_count(0)
    expect(page.locator(".level-count")).to_have_text(re.compile(r"^(\d+) of \1 operations unfolded$"))


def test_a_wide_picture_opens_with_the_current_operation_unfolded(page: Page) -> None:
    open_program(page, "two-layers", 13)
    expect(pressed(page)).to_have_text("Mixed")
    expect(page.locator("#canvas .region-now")).to_have_count(1)
    expect(page.locator("#canvas .region-now .region-label")).to_have_text("+")
    expect(page.locator("#canvas .fold")).not_to_have_count(0)
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+ArrowLeft")
    settled(page)
    expect(page.locator("#canvas .region-now .region-label")).to_have_text("relu")


def test_the_tensor_level_has_cards_chips_and_wires(page: Page) -> None:
    open_program(page, "two-layers")
    level(page, "tensors")
    expect(page.locator("#canvas .node, #canvas .edge, #canvas .ribbon")).to_have_count(0)
    expect(page.locator(".level-count")).to_have_text("0 of 7 operations unfolded")
    assert page.locator("#canvas .fold-label").all_text_contents() == ["@", "+", "relu", "@", "\u2212", "** 2", "mean"]
    expect(page.locator("#canvas .card")).to_have_count(8)
    expect(page.locator("#canvas .wire-grey")).to_have_count(2)


def test_the_key_l_walks_through_the_levels(page: Page) -> None:
    open_program(page, "two-layers")
    page.locator("#canvas").focus()
    for name in ("Tensors", "Mixed", "Elements", "Tensors"):
        page.keyboard.press("l")
        settled(page)
        expect(pressed(page)).to_have_text(name)


def test_without_a_worker_the_page_lays_out_itself(page: Page) -> None:
    page.add_init_script("delete window.Worker")
    open_program(page, "two-layers")
    level(page, "tensors")
    expect(page.locator("#canvas .fold")).to_have_count(7)


def fold(page: Page, label: str) -> Locator:
    """The chip of a folded operation."""
    return page.locator("#canvas .fold", has=page.locator(f"text='{label}'"))


def test_a_double_click_unfolds_an_operation_in_place_and_folds_it_again(page: Page) -> None:
    open_program(page, "two-layers")
    level(page, "tensors")
    fold(page, "mean").dblclick()
    expect(page.locator("#canvas .region-label")).to_have_text("mean")
    expect(page.locator("#canvas .region .node, #canvas .layer-nodes .node")).to_have_count(3)
    expect(page.locator(".level-count")).to_have_text("1 of 7 operations unfolded")
    page.locator("#canvas .region-head").dblclick()
    expect(page.locator("#canvas .region")).to_have_count(0)


def test_neighbours_unfold_into_one_region_where_each_tensor_stands_once(page: Page) -> None:
    open_program(page, "two-layers")
    level(page, "tensors")
    fold(page, "mean").dblclick()
    fold(page, "** 2").dblclick()
    expect(page.locator("#canvas .region")).to_have_count(1)
    expect(page.locator("#canvas .op-label")).to_have_text(["** 2", "mean"])
    expect(page.locator("#canvas .layer-nodes .node")).to_have_count(5)


def test_enter_unfolds_and_the_focus_stays_on_the_operation(page: Page) -> None:
    open_program(page, "two-layers")
    level(page, "tensors")
    page.locator("#canvas .fold[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    expect(fold(page, "+")).to_be_focused()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("#canvas .region-head")).to_be_focused()
    page.keyboard.press("Enter")
    settled(page)
    expect(fold(page, "+")).to_be_focused()


def test_an_operation_folds_at_the_level_of_elements(page: Page) -> None:
    open_program(page, "softmax")
    count = page.locator("#canvas .op").count()
    page.locator("#canvas .op").last.dblclick()
    expect(page.locator("#canvas .fold")).to_have_count(1)
    expect(page.locator("#canvas .op, #canvas .region-head")).to_have_count(count - 1)


RECORD = (
    "const animate = Element.prototype.animate; window.times = [];"
    "Element.prototype.animate = function (frames, timing) {"
    " times.push(timing.duration ?? timing); return animate.call(this, frames, timing); };"
)


def motions(page: Page) -> set[int]:
    """How long the motions of an operation that unfolds take, ms."""
    page.add_init_script(RECORD)
    open_program(page, "two-layers")
    level(page, "tensors")
    page.evaluate("times.length = 0")
    fold(page, "mean").dblclick()
    expect(page.locator("#canvas .region")).to_have_count(1)
    return set(page.evaluate("times"))


def test_what_stays_slides_to_its_place(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    assert motions(page) == {320}


def test_reduced_motion_fades_and_does_not_travel(page: Page) -> None:
    assert motions(page) == {80}


CALLS = """import torch
def layer(x, W):
    s = x @ W
    return torch.relu(s)

x = torch.ones(1, 2)
W = torch.tensor([[0.5, -1.0], [1.0, 0.5]], requires_grad=True)
h = layer(layer(x, W), W)
for i in range(5):
    h = torch.tanh(h) * 0.5
loss = h.sum()
loss.backward()
"""


def test_calls_of_a_function_and_repetitions_are_one_chip_until_unfolded(page: Page) -> None:
    open_start(page, "/?lang=en")
    paste(page, [CALLS])
    level(page, "tensors")
    labels = page.locator("#canvas .fold-label")
    expect(labels).to_have_text(["layer()", "layer()", "×4", "tanh", "× 0.5", "sum"])
    fold(page, "layer()").first.dblclick()
    expect(labels).to_have_text(["@", "relu", "layer()", "×4", "tanh", "× 0.5", "sum"])
    expect(page.locator("#canvas .region")).to_have_count(0)


def test_pointing_at_a_folded_operation_tells_what_it_is(page: Page) -> None:
    open_program(page, "two-layers")
    level(page, "tensors")
    fold(page, "relu").hover()
    tip = page.locator(".fold-tip")
    expect(tip).to_contain_text("ReluBackward0")
    expect(tip.locator(".relation-icon line")).to_have_count(3)
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_sign_tells_what_lies_outside_and_goes_there(page: Page) -> None:
    open_program(page, "two-layers")
    level(page, "elements")
    right = page.locator(".beyond-right button")
    if not right.is_visible():
        page.locator(".beyond-left button").click()
    expect(right).to_have_attribute("title", re.compile(r"^\d+ more operations to the right$"))
    before = page.locator("#canvas .world").get_attribute("transform")
    right.click()
    expect(page.locator("#canvas .world")).not_to_have_attribute("transform", before or "")
    expect(page.locator(".beyond-left button")).to_be_visible()
