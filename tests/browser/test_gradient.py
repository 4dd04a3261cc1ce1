"""The editor of G: sliders, typing, presets and the literal in the code; all that shows a number of it follows."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import NO_PRELOAD, open_start, paste, still

MATMUL: Final = "/#program=gradient-argument"
CHAINED: Final = [
    "import torch\nw = torch.tensor([1.0, 2.0], requires_grad=True)\ny = w * w",
    "y.backward(torch.tensor([1.0, 1.0]))\nwith torch.no_grad():\n    w -= 0.5 * w.grad\nprint(w)",
]


def open_program(page: Page, address: str) -> list[str]:
    """A built-in program with its sliders; returns the list that collects what the server is asked from now on."""
    open_start(page, address)
    expect(page.locator(".g-layer")).to_be_visible()
    return asked(page)


def asked(page: Page) -> list[str]:
    """The runs that the page asks for from now on."""
    runs: list[str] = []
    page.on("request", lambda request: runs.append(request.url) if request.url.endswith("/api/trace") else None)
    return runs


def slider(page: Page, index: str) -> Locator:
    """The slider of g with this subscript."""
    return page.locator(".g-cell", has=page.locator(f"sub:text-is('{index}')")).get_by_role("slider")


def drag(page: Page, track: Locator, value: float) -> None:
    """Takes the knob to a value and holds it."""
    box = still(track)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (value + 3) / 6, box["y"] + box["height"] / 2, steps=4)


def code(page: Page, cell: int = 1) -> Locator:
    return page.locator(".cell").nth(cell).locator(".cm-content")


def output(page: Page, cell: int = 1) -> Locator:
    return page.locator(".cell").nth(cell).locator(".cell-output")


def test_a_drag_takes_code_picture_table_and_print_along(page: Page) -> None:
    runs = open_program(page, MATMUL)
    drag(page, slider(page, "12"), 1.5)
    expect(code(page)).to_contain_text("[[1.0, 1.5], [0.0, 2.0], [0.0, 0.0]]")
    expect(output(page)).to_have_text("tensor([[1.0000, 7.5000],\n        [2.0000, 3.0000]])")
    expect(page.locator("#canvas .node[data-element='1']", has_text="F").first).to_contain_text("1.5")
    expect(page.locator(".inspector-table")).to_contain_text("7.5")
    expect(page.locator(".cell").nth(1)).not_to_have_attribute("data-state", "stale")
    page.mouse.up()
    page.wait_for_timeout(400)
    assert runs == [], "the page computes what it can"


def test_what_follows_is_what_a_run_says(page: Page) -> None:
    runs = open_program(page, MATMUL)
    slider(page, "32").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    live = output(page).inner_text()
    shown = page.locator(".jacobian").inner_text()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).not_to_be_empty()
    page.wait_for_function("() => !document.querySelector('.run-all').hasAttribute('aria-busy')")
    assert len(runs) == 1
    assert (output(page).inner_text(), page.locator(".jacobian").inner_text()) == (live, shown)


def test_keys_and_digits_set_a_number(page: Page) -> None:
    open_program(page, MATMUL)
    knob = slider(page, "11")
    step = page.locator(".step[aria-current=step]").inner_text()
    knob.press("ArrowRight")
    expect(knob).to_have_attribute("aria-valuetext", "1.25")
    knob.press("Shift+ArrowDown")
    expect(knob).to_have_attribute("aria-valuetext", "1.24")
    knob.press("End")
    expect(knob).to_have_attribute("aria-valuetext", "3")
    page.keyboard.type("-0.75")
    expect(knob).to_have_attribute("aria-valuetext", "−0.75")
    page.keyboard.press("Enter")
    expect(code(page)).to_contain_text("[[-0.75, 0.0]")
    assert page.locator(".step[aria-current=step]").inner_text() == step, "arrows on a slider are not steps"


def test_typing_in_the_code_moves_the_slider_and_undo_moves_it_back(page: Page) -> None:
    runs = open_program(page, MATMUL)
    line = page.locator(".cell").nth(1).locator(".cm-line", has_text="torch.tensor")
    line.click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    for _ in range(len("G = torch.tensor([[1")):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Backspace")
    page.keyboard.type("2")
    expect(slider(page, "11")).to_have_attribute("aria-valuetext", "2")
    expect(output(page)).to_have_text("tensor([[2., 6.],\n        [4., 0.]])")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(slider(page, "11")).to_have_attribute("aria-valuetext", "1")
    assert runs == []


def test_another_edit_is_stale_and_holds_the_sliders(page: Page) -> None:
    open_program(page, MATMUL)
    page.locator(".cell").first.locator(".cm-line", has_text="F = A").click()
    page.keyboard.press("End")
    page.keyboard.type(" * 2")
    expect(page.locator(".cell").nth(1)).to_have_attribute("data-state", "stale")
    expect(slider(page, "11")).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize(
    ("name", "said"),
    [("全 1", "[[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]"), ("只留一格", "[[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]]"),
     ("全 0", "[[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]"), ("1/n", "[[0.16666666666666666, 0.1666")],
)  # fmt: skip
def test_presets(page: Page, name: str, said: str) -> None:
    open_program(page, MATMUL)
    page.get_by_role("button", name=name, exact=True).click()
    expect(code(page)).to_contain_text(said)


def test_where_later_code_needs_the_gradient_the_server_is_asked(page: Page) -> None:
    open_start(page)
    paste(page, CHAINED)
    page.locator(".g-toggle").click()
    runs = asked(page)
    slider(page, "2").press("ArrowRight")
    expect(code(page)).to_contain_text("torch.tensor([1.0, 1.25])")
    expect(output(page)).to_contain_text("-0.5000")
    expect(page.locator(".cell").nth(1)).not_to_have_attribute("data-state", "stale")
    assert len(runs) == 1


def test_a_scalar_root_has_no_sliders(page: Page) -> None:
    open_start(page, "/#program=shared-value")
    expect(page.locator("#canvas .node").first).to_be_visible()
    expect(page.locator(".g-toggle")).to_be_hidden()


def test_blocks_by_output_add_up(page: Page) -> None:
    open_program(page, MATMUL)
    page.get_by_role("button", name="按输出读").click()
    blocks = page.locator(".g-block")
    expect(blocks).to_have_count(6)
    expect(page.locator(".g-sum")).to_have_text(["1", "6", "2", "0"])
    drag(page, slider(page, "22"), -1)
    page.mouse.up()
    expect(page.locator(".g-sum")).to_have_text(["1", re.compile("^[−-]3$"), "2", "0"])
    expect(blocks.nth(3)).to_have_attribute("data-sign", "neg")
    blocks.nth(3).click()
    expect(page.locator("#canvas .node-selected")).to_contain_text("F")


def test_gradients_that_were_tried_come_back(page: Page) -> None:
    open_start(page, "/#program=sin")
    page.locator(".g-toggle").click()
    slider(page, "1").press("End")
    rows = page.locator(".g-tried-row")
    expect(rows).to_have_count(2)
    rows.nth(1).click()
    expect(slider(page, "1")).to_have_attribute("aria-valuetext", "1")
    expect(code(page, 0)).to_contain_text("torch.tensor([1.0, 2.0, -1.0])")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_editor(page: Page, theme: Any) -> None:
    page.emulate_media(color_scheme=theme)
    open_program(page, MATMUL)
    page.get_by_role("button", name="按输出读").click()
    drag(page, slider(page, "22"), -1)
    page.mouse.up()
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    grave = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in grave] == []
