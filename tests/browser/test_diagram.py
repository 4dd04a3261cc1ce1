"""The canvas and the inspector, driven as a reader would: choosing, walking, stepping, and what stands there then."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import Server, failed_trace, open_start, paste, trace

CHAIN: Final = """import torch
x = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
"""
NAMES: Final = {"x": 0, "y": 2, "y*y": 3, "z": 5, "out": 6}


def open_chain(page: Page, code: str = CHAIN) -> None:
    """The program run, at the end of its backward call, nothing selected."""
    open_start(page)
    paste(page, [code])
    page.locator("#canvas [data-tensor][tabindex='0']").focus()
    page.keyboard.press("Escape")


def node(page: Page, name: str, element: int = 0) -> Locator:
    """A node of CHAIN by the name of its tensor."""
    return page.locator(f"#canvas .node[data-tensor='{NAMES[name]}'][data-element='{element}']")


def step_to(page: Page, label: str) -> None:
    """The last step on the timeline with this label."""
    page.locator(".step", has_text=label).last.click()


def sum_text(page: Page) -> str:
    """What the written-out sum shows, without KaTeX's own copies of it."""
    numbers = page.locator("#inspector .sum .number")
    return " ".join(numbers.all_inner_texts())


def test_a_node_shows_value_and_score_and_says_both(page: Page) -> None:
    open_chain(page)
    first = node(page, "x", 1)
    expect(first.locator(".node-value")).to_have_text("2")
    expect(first.locator(".node-score")).to_have_text("6")
    expect(first).to_have_attribute("aria-label", "x 行 1 列 2，值 2，分数 6，1 条边")
    expect(page.locator("#canvas .node-grey")).to_have_count(2)
    assert page.locator("#canvas .node-grey .node-score").count() == 0


def test_a_score_that_has_not_arrived_is_empty_and_never_zero(page: Page) -> None:
    open_chain(page)
    step_to(page, "mean")
    expect(node(page, "z").locator(".node-score")).to_have_text("0.25")
    expect(node(page, "y").locator(".node-score")).to_have_text("–")
    expect(node(page, "x")).to_have_attribute("aria-label", re.compile("分数未到"))


def test_weights_are_readable_at_rest(page: Page) -> None:
    open_chain(page)
    shown = page.locator("#canvas .chip").all_text_contents()
    counts = {text: shown.count(text) for text in sorted(set(shown))}
    # y y twice on every edge of y*y (3 to 6), ×3, ×1/4 and ×1 four times each
    twice = {f"({use})×{value}": 1 for use in (1, 2) for value in (3, 4, 5, 6)}
    assert counts == {"×0.25": 4, "×1": 4, "×3": 4} | twice


def test_choosing_a_node_lights_its_edges_and_writes_its_sum(page: Page) -> None:
    open_chain(page)
    node(page, "y", 1).click()
    expect(node(page, "y", 1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#canvas .edge-chosen")).to_have_count(2)
    expect(page.locator("#canvas .edge-rest")).to_have_count(0)
    assert page.locator("#canvas .chip:not(.chip-quiet)").all_text_contents() == ["(1)×4", "(2)×4"]
    expect(page.locator("#canvas .pill")).to_have_count(0)
    assert sum_text(page) == "0.75 4 0.75 4 3 3 6"
    expect(page.locator(".inspector-why")).to_contain_text("y[0, 1]")
    selected = page.locator("#inspector .jacobian-selected")
    assert selected.all_inner_texts() == ["8", "·", "·", "·", "6"] or selected.all_inner_texts()[1] == "8"
    expect(page.locator(".inspector-table .inspector-note")).to_contain_text("4+4=8")


def test_the_sum_of_every_element_ends_in_the_score_on_its_node(page: Page) -> None:
    open_chain(page)
    for name in ("x", "y", "y*y", "z"):
        for element in range(4):
            node(page, name, element).click()
            score = node(page, name, element).locator(".node-score").text_content() or ""
            expect(page.locator("#inspector .sum-total")).to_have_text(score)


def test_products_travel_over_the_edges_of_the_current_operation(page: Page) -> None:
    open_chain(page)
    step_to(page, "y*y")
    node(page, "y", 1).click()
    expect(page.locator("#canvas .sum-text")).to_have_text(["+3", "+3"])
    page.keyboard.press("ArrowLeft")
    assert page.locator("#canvas .pill").all_text_contents() == ["3", "3"]
    expect(page.locator("#canvas .sum-bar")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    assert page.locator("#canvas .pill").all_text_contents() == ["0.75", "0.75"]


def test_nothing_chosen_shows_the_rule_of_the_current_operation(page: Page) -> None:
    open_chain(page)
    step_to(page, "y*y")
    expect(page.locator(".inspector-op")).to_have_text("y*y")
    expect(page.locator(".rule-local .katex")).to_have_count(2)
    expect(page.locator("#canvas .tint")).to_have_count(1)
    expect(node(page, "y")).to_have_class(re.compile("node-focus-in"))
    expect(node(page, "y*y")).to_have_class(re.compile("node-focus-out"))


def test_the_arrow_keys_walk_the_diagram_and_the_focus_stays(page: Page) -> None:
    open_chain(page)
    page.locator("#canvas .node[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    expect(node(page, "x", 1)).to_be_focused()
    expect(node(page, "x", 1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Alt+ArrowRight")
    expect(node(page, "y", 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(node(page, "y", 1)).to_be_focused()
    expect(node(page, "x", 1).locator(".node-score")).to_have_text("6")
    page.keyboard.press("Alt+ArrowLeft")
    expect(node(page, "x", 1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#canvas .node-selected")).to_have_count(0)


def test_one_stop_for_the_tab_key(page: Page) -> None:
    open_chain(page)
    expect(page.locator("#canvas .node[tabindex='0'], #canvas .card[tabindex='0']")).to_have_count(1)


def test_the_drawer_waits_and_then_books(page: Page) -> None:
    open_chain(page, CHAIN.replace("out.backward()", "out.backward(retain_graph=True)\nout.backward()"))
    step_to(page, "+ 2")
    totals = page.locator("#canvas .drawer-total")
    assert totals.all_text_contents() == ["4.5", "6", "7.5", "9"]
    expect(page.locator("#canvas .drawer-slot-empty")).to_have_count(4)
    step_to(page, "x.grad +=")
    assert totals.all_text_contents() == ["9", "12", "15", "18"]
    expect(page.locator("#canvas .drawer-slot-empty")).to_have_count(0)
    node(page, "x", 3).click()
    expect(page.locator(".ledger-selected")).to_contain_text("18")


def test_saved_values_go_as_the_walk_passes(page: Page) -> None:
    open_chain(page)
    page.locator(".step", has_text="mean").last.click()
    expect(page.locator("#canvas .op-saved-kept")).to_have_count(2)
    step_to(page, "y*y")
    expect(page.locator("#canvas .op-saved-kept")).to_have_count(0)
    expect(page.locator("#canvas .op-saved-freed")).to_have_count(2)
    expect(page.locator("#canvas .op-saved-none")).to_have_count(2)


def test_a_second_backward_stops_where_the_weights_are_gone(page: Page) -> None:
    open_chain(page, CHAIN + "out.backward()\n")
    expect(page.locator("#canvas .op-error .op-label")).to_have_text("× 3")
    expect(page.locator("#canvas .op-error .octagon")).to_have_count(1)
    assert set(page.locator("#canvas .chip-blocked").all_text_contents()) == {"×?"}
    expect(node(page, "z").locator(".node-score")).to_have_text("0.25")
    expect(node(page, "y*y").locator(".node-score")).to_have_text("–")


def test_missing_seeds_are_empty_places_at_the_root(page: Page) -> None:
    server = Server(page)
    server.answer = failed_trace()
    server.answer["backward"][0]["roots"] = [{"tensor": 2, "gradient": None}]
    open_start(page)
    paste(page, ["x", "y"])
    expect(page.locator(".seed-missing")).to_have_count(2)
    expect(page.locator("#canvas .node")).not_to_have_count(0)


def test_a_tensor_of_more_than_16_is_a_card_whose_tiles_can_be_chosen(page: Page) -> None:
    code = "import torch\nx = torch.arange(20.).reshape(4, 5).requires_grad_(True)\n(x * x).sum().backward()\n"
    open_chain(page, code)
    expect(page.locator("#canvas .card").first).to_be_visible()
    expect(page.locator("#canvas .ribbon")).not_to_have_count(0)
    page.locator("#canvas .card-input [data-tile='7']").click()
    expect(page.locator("#canvas .edge-chosen")).to_have_count(2)
    expect(page.locator("#inspector .sum-total")).to_have_text("14")
    page.keyboard.press("Escape")


def hostile() -> dict[str, Any]:
    """A trace whose every free text tries to be something else than text."""
    answer = trace()
    bad = "<img src=x onerror=alert(1)>"
    for entry in answer["tensors"]:
        entry["label"] = bad
    answer["tensors"][2]["name"] = None
    answer["tensors"][0]["name"] = "\\href{javascript:alert(1)}{x}"
    for operation in answer["ops"]:
        operation["name"] = operation["grad_fn"] = bad
        for relation in operation["relations"]:
            relation["local"] = "\\href{javascript:alert(1)}{\\htmlClass{a}{b}}" + bad
    return answer


def test_texts_of_the_trace_stay_texts(page: Page) -> None:
    server = Server(page)
    server.answer = hostile()
    open_start(page)
    paste(page, ["x", "y"])
    page.wait_for_selector("#canvas .node")
    for _ in range(4):
        page.locator("#canvas").focus()
        page.keyboard.press("Shift+ArrowLeft")
    page.locator("#canvas .node:not(.node-grey)").first.click()
    expect(page.locator("#inspector .sum")).to_be_visible()
    assert page.locator("#workspace img, #workspace a[href^='javascript'], #workspace script").count() == 0


def test_the_language_changes_in_place(page: Page) -> None:
    open_chain(page)
    node(page, "x", 1).click()
    page.click("[data-lang=en]")
    expect(page.locator(".canvas-badge")).to_contain_text("backward 1")
    expect(node(page, "x", 1)).to_have_attribute("aria-label", "x row 1 column 2, value 2, score 6, edges: 1")
    expect(page.locator(".inspector-why")).to_contain_text("edges gathered")
    expect(node(page, "x", 1)).to_have_attribute("aria-pressed", "true")


def world(page: Page) -> str:
    """The transform that pan and zoom have left."""
    return page.locator("#canvas .world").get_attribute("transform") or ""


def test_pan_zoom_and_fit(page: Page) -> None:
    open_chain(page)
    at_rest = world(page)
    canvas = page.locator("#canvas .diagram")
    box = canvas.bounding_box()
    assert box
    empty = (box["x"] + box["width"] - 30, box["y"] + box["height"] / 2)
    page.mouse.move(*empty)
    page.mouse.down()
    page.mouse.move(empty[0] - 60, empty[1] - 30, steps=4)
    page.mouse.up()
    panned = world(page)
    assert panned != at_rest
    page.mouse.wheel(0, 300)
    assert world(page) == panned, "without Ctrl the wheel belongs to the page"
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    expect(page.locator("#canvas .world")).not_to_have_attribute("transform", panned)
    page.locator("#canvas .node[tabindex='0']").focus()
    page.keyboard.press("0")
    assert world(page) == at_rest


def test_hovering_an_edge_of_a_quiet_band_shows_its_weight(page: Page) -> None:
    code = "import torch\nx = torch.tensor([1., 2., 3.], requires_grad=True)\nx.cumsum(0).cumsum(0).sum().backward()\n"
    open_chain(page, code.replace("x.cumsum(0).cumsum(0)", "torch.softmax(x, 0)"))
    expect(page.locator("#canvas .chip", has_text="×0.2447")).to_have_count(0)
    page.locator("#canvas .edge-neg .edge-hit").first.dispatch_event("pointerover", {"bubbles": True})
    expect(page.locator("#canvas .chip-hover")).to_have_count(1)


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844})
def test_on_a_phone_the_inspector_has_tabs(page: Page) -> None:
    open_chain(page)
    node(page, "x", 0).click()
    expect(page.locator(".inspector-why")).to_be_visible()
    expect(page.locator(".inspector-table")).to_be_hidden()
    page.locator(".inspector-tabs button").nth(1).click()
    expect(page.locator("#inspector .jacobian")).to_be_visible()
    page.locator(".inspector-tabs button").nth(2).click()
    expect(page.locator(".ledger")).to_be_visible()
