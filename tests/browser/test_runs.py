"""One run of an operation's loop: the way in and out, the stepper, the strip, the loop in code, an element's sum."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import open_start, paste

SUM: Final = """import torch
x = torch.arange(1., 25.).reshape(2, 3, 4).requires_grad_(True)
o = x.sum(dim=1)
o.backward(torch.tensor([[1., -1., 2., .5], [3., 0., -2., 1.]]))
"""
OPERANDS: Final = """import torch
x = torch.rand(3, 4, requires_grad=True)
A = torch.rand(2, 3)
b = torch.rand(4)
"""
SOFTMAX: Final = """import torch
x = torch.randn(32, 10, requires_grad=True)
p = torch.softmax(x, dim=1)
loss = (p ** 2).sum()
loss.backward()
"""


def open_run(page: Page, code: str) -> None:
    """The program at its end, its first leaf's first element selected, one run of the operation that uses it shown."""
    open_start(page)
    paste(page, [code])
    page.locator(".run-enter").click()
    expect(page.locator("#canvas .run-box")).to_have_count(1)


def place(page: Page) -> Locator:
    """Which run is shown."""
    return page.locator(".run-place")


def test_a_run_stands_between_its_two_grids_with_its_fibre_and_its_cell_framed(page: Page) -> None:
    open_run(page, SUM)
    expect(page.locator(".run-title")).to_have_text("一次循环：3 进 1 出")
    expect(page.locator(".run-slices")).to_have_text("x[0, :, 0] → o[0, 0]")
    expect(page.locator("#canvas .node")).to_have_count(4)
    expect(page.locator(".run-grid-input .run-frame")).to_have_count(1)
    expect(page.locator(".run-grid-output .run-frame")).to_have_count(2)
    assert page.locator(".run-cell-input").count() == 3
    expect(page.locator(".canvas-count")).to_have_text("画出 3 / 24 条边")


def test_comma_and_full_stop_walk_the_runs_and_the_selection_goes_along(page: Page) -> None:
    open_run(page, SUM)
    expect(place(page)).to_have_text("第 1 / 8 次")
    expect(page.locator(".run-step").first).to_be_disabled()
    page.keyboard.press(".")
    page.keyboard.press(".")
    expect(place(page)).to_have_text("第 3 / 8 次")
    expect(page.locator("#canvas .node[aria-pressed=true]")).to_have_attribute("data-element", "2")
    expect(page.locator(".inspector-why")).to_contain_text("x[0, 0, 2]")
    page.keyboard.press(",")
    expect(place(page)).to_have_text("第 2 / 8 次")
    page.locator(".run-strip [data-run='7']").click()
    expect(page.locator(".run-slices")).to_have_text("x[1, :, 3] → o[1, 3]")
    expect(page.locator(".run-strip [aria-current=true]")).to_have_count(1)


def test_choosing_a_cell_of_a_grid_goes_to_its_run_and_sums_it(page: Page) -> None:
    open_run(page, SUM)
    page.locator(".run-grid-input [data-tile='13']").click()
    expect(place(page)).to_have_text("第 6 / 8 次")
    expect(page.locator("#inspector .sum-total")).to_have_text("0")
    page.locator(".run-grid-input [data-tile='14']").click()
    expect(page.locator("#inspector .sum-total")).to_have_text("−2")
    expect(page.locator("#canvas .edge-chosen")).to_have_count(1)


def test_the_equal_loop_and_what_each_dim_does_stand_beside_the_code(page: Page) -> None:
    open_run(page, SUM)
    lines = page.locator(".run-code .run-line").all_inner_texts()
    assert [re.sub(r"\s*#.*", "", line).strip() for line in lines] == [
        "for i in range(2):",
        "for k in range(4):",
        "o[i, k] = x[i, :, k].sum(dim=0)",
    ]
    assert page.locator(".run-dims .run-size").all_inner_texts() == ["2", "3", "4"]
    expect(page.locator(".run-dim-unit")).to_have_count(1)
    expect(page.locator(".run-notes")).to_contain_text("2 × 4 = 8 次，每次 3 进 1 出")


def test_the_equal_loop_gives_what_the_operation_gave(page: Page) -> None:
    """The loop that the page writes is run in place of the operation."""
    for operation in ("x.sum(1)", "torch.softmax(x, dim=-1)", "A @ x", "x + b", "x.t()", "x[1:]", "x * x"):
        code = f"{OPERANDS}o = {operation}\n"
        open_run(page, code + "(o * o).sum().backward()\n")
        lines = "\n".join(re.sub(r"\s*#.*", "", line) for line in page.locator(".run-code .run-line").all_inner_texts())
        check = f"{code}whole = o.detach()\no = torch.zeros_like(whole)\n{lines}\nprint(torch.allclose(o, whole))"
        answer = page.request.post("/api/trace", data={"cells": [check]}).json()
        assert answer["cells"][0]["stdout"] == "True\n", (operation, lines, answer["error"])


def test_escape_and_the_button_return_to_the_whole_picture(page: Page) -> None:
    open_run(page, SUM)
    page.locator("#canvas").focus()
    page.locator(".run-back").click()
    expect(page.locator("#canvas .run-box")).to_have_count(0)
    expect(page.locator("#canvas .card")).not_to_have_count(0)
    page.locator(".run-enter").click()
    page.locator("#canvas .node").first.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#canvas .run-box")).to_have_count(0)


def test_many_runs_are_dots_and_large_grids_switch_between_values_and_scores(page: Page) -> None:
    open_run(page, SOFTMAX)
    expect(page.locator(".run-strip button")).to_have_count(32)
    expect(page.locator(".run-strip svg")).to_have_count(0)
    expect(page.locator("#canvas .node")).to_have_count(20)
    page.locator(".run-strip [data-run='5']").click()
    expect(page.locator(".run-slices")).to_have_text("x[5, :] → p[5, :]")
    expect(page.locator("#inspector .sum")).to_be_visible()
    signs = page.locator(".run-grid-input .tile-neg").count()
    assert 0 < signs < 320
    expect(page.locator(".run-scale-score")).to_be_visible()
    page.locator(".run-shades button").first.click()
    expect(page.locator(".run-scale-value")).to_be_visible()
    expect(page.locator(".run-grid-input .run-caption")).to_have_text("值")
