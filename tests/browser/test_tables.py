"""The Jacobian table on the page: its numbers are the trace's, its views, its symbols, and what its cells do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import open_start

TABLE = "#inspector .inspector-table table.jacobian"


def open_program(page: Page, slug: str) -> dict[str, Any]:
    """Opens a built-in program and returns its trace."""
    with page.expect_response("**/api/trace") as answered:
        open_start(page, f"/?lang=en#program={slug}")
    expect(page.locator(TABLE)).to_be_visible()
    trace: dict[str, Any] = answered.value.json()
    return trace


def grid(page: Page) -> list[list[str]]:
    """The texts of the table's body, row by row, without heads and v."""
    texts: list[list[str]] = page.locator(f"{TABLE} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td:not(.jacobian-gap)')].map(cell => cell.innerText.trim()))"
    )
    return texts


def heads(cells: Locator) -> list[str]:
    """What a screen reader hears at the heads of rows or columns."""
    texts: list[str] = cells.evaluate_all("heads => heads.map(head => head.querySelector('.unseen').textContent)")
    return texts


def choose(page: Page, name: str, option: str) -> None:
    """Takes another option of one of the table's lists."""
    page.locator(f".inspector-table [data-choose={name}]").select_option(option)


def shown(weight: float) -> str:
    """A weight as the page writes it."""
    rounded = round(weight, 4)
    exact = abs(rounded - weight) <= 1e-9 * max(1, abs(weight))
    return (f"{rounded:g}" if exact else f"{weight:.4f}").replace("-", "−")


def test_every_number_is_the_trace_s(page: Page) -> None:
    trace = open_program(page, "softmax")
    edges = trace["ops"][0]["relations"][0]["edges"]
    expected = [["·"] * 3 for _ in range(3)]
    for column, row, weight in zip(edges["input"], edges["output"], edges["weight"], strict=True):
        expected[row][column] = shown(weight)
    assert grid(page) == expected
    scores = {score["tensor"]: score["values"] for score in trace["backward"][0]["scores"]}
    foot = page.locator(f"{TABLE} tfoot .number").all_inner_texts()
    assert foot == [shown(value) for value in scores[0]]


def test_a_cell_chooses_its_edge_and_its_column(page: Page) -> None:
    open_program(page, "softmax")
    cell = page.locator(f"{TABLE} tbody tr").nth(2).locator("button.jacobian-cell").nth(1)
    cell.click()
    expect(page.locator(f"{TABLE} [aria-pressed=true]")).to_have_text("−0.1628")
    expect(page.locator(f"{TABLE} .jacobian-selected")).to_have_count(4)
    expect(page.locator("#canvas .node[data-tensor='0'][data-element='1']")).to_have_attribute("aria-pressed", "true")
    latex = page.locator(".inspector-table .inspector-note [data-copy]").get_attribute("data-copy")
    assert latex == r"\frac{\partial y_{3}}{\partial x_{2}} = y_{3} (0 - y_{2}) = -0.1628"
    page.locator(f"{TABLE} [aria-pressed=true]").click()
    expect(page.locator(f"{TABLE} [aria-pressed=true]")).to_have_count(0)


def test_pointing_at_a_cell_lights_its_edge_and_its_term(page: Page) -> None:
    open_program(page, "softmax")
    page.locator(f"{TABLE} tbody tr").nth(1).locator("button.jacobian-cell").first.hover()
    expect(page.locator("#canvas .edge.linked")).to_have_count(1)
    expect(page.locator("#inspector .sum .linked").first).to_be_visible()


def test_a_head_chooses_its_element(page: Page) -> None:
    open_program(page, "softmax")
    page.locator(f"{TABLE} thead button").nth(2).click()
    expect(page.locator("#canvas .node[data-tensor='0'][data-element='2']")).to_have_attribute("aria-pressed", "true")


def test_symbols_name_the_elements_of_the_edge(page: Page) -> None:
    open_program(page, "gradient-argument")
    page.locator("[data-notation=symbols]").click()
    first = page.locator(f"{TABLE} tbody tr").first.locator("annotation").all_text_contents()
    assert first[-2:] == ["A_{11}", "A_{12}"]
    copied = page.locator(".table-switches [data-copy]").get_attribute("data-copy") or ""
    assert copied.startswith(r"\frac{\partial F}{\partial X} = \begin{bmatrix} A_{11} & 0 & A_{12} & 0 \\ 0 & A_{11}")


def test_the_whole_table_is_in_row_major_order_or_run_by_run(page: Page) -> None:
    open_program(page, "gradient-argument")
    columns, rows = page.locator(f"{TABLE} thead button"), page.locator(f"{TABLE} tbody th button")
    assert heads(columns) == ["X[0, 0]", "X[0, 1]", "X[1, 0]", "X[1, 1]"]
    assert grid(page)[0] == ["1", "·", "2", "·"]
    choose(page, "view", "grouped")
    assert heads(columns) == ["X[0, 0]", "X[1, 0]", "X[0, 1]", "X[1, 1]"]
    assert heads(rows) == ["F[0, 0]", "F[1, 0]", "F[2, 0]", "F[0, 1]", "F[1, 1]", "F[2, 1]"]
    assert grid(page)[3] == ["·", "·", "1", "2"]
    choose(page, "view", "run")
    assert grid(page) == [["1", "2"], ["3", "0"], ["2", "1"]]


def test_the_textbook_s_form_is_the_same_table_turned_over(page: Page) -> None:
    open_program(page, "gradient-argument")
    before = grid(page)
    choose(page, "form", "column")
    assert grid(page) == [list(column) for column in zip(*before, strict=True)]
    vectors = page.locator(".textbook-vector")
    assert vectors.first.locator(".number").all_inner_texts() == ["1", "0", "0", "2", "0", "0"]
    assert vectors.last.locator(".number").all_inner_texts() == ["1", "6", "2", "0"]
    choose(page, "form", "row")
    assert grid(page) == before


def test_arrow_keys_walk_through_the_table(page: Page) -> None:
    open_program(page, "gradient-argument")
    step = page.locator(".step[aria-current=step]").get_attribute("data-step")
    page.locator(f"{TABLE} tbody tr").first.locator("button.jacobian-cell").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.at") == "0 2"
    page.keyboard.press("Enter")
    expect(page.locator(f"{TABLE} [aria-pressed=true]")).to_have_attribute("data-at", "0 2")
    assert page.evaluate("document.activeElement.dataset.at") == "0 2"
    assert page.locator(".step[aria-current=step]").get_attribute("data-step") == step


@pytest.mark.parametrize(("size", "drawn"), [(5, "numbers"), (12, "tiles"), (40, "heat"), (70, "none")])
def test_larger_tables_become_tiles_then_a_heat_map_then_a_sentence(page: Page, size: int, drawn: str) -> None:
    open_start(page, "/?lang=en")
    page.fill(
        "#paste",
        f"import torch\nx = torch.linspace(-2, 2, {size}, requires_grad=True)\ny = x.cumsum(0)\ny.sum().backward()",
    )
    page.click(".paste [type=submit]")
    part = page.locator(".inspector-table")
    expect(part).to_be_visible()
    page.locator(".step:has-text('cumsum')").last.click()
    marks = {"numbers": f"{TABLE}:not(.jacobian-tiles)", "tiles": f"{TABLE}.jacobian-tiles", "heat": ".heat"}
    for name, mark in marks.items():
        expect(part.locator(mark) if name == "heat" else page.locator(mark)).to_have_count(int(name == drawn))
    if drawn == "none":
        expect(part).to_contain_text(re.compile(r"70 × 70"))
    if drawn == "heat":
        box = part.locator(".heat").bounding_box()
        assert box
        page.mouse.move(box["x"] + 2, box["y"] + box["height"] - 2)
        expect(part.locator(".heat-readout")).to_have_text("J[39, 0] = 1")


def test_a_green_node_frames_its_row(page: Page) -> None:
    open_program(page, "two-layers")
    page.locator("#canvas .node[data-tensor='4'][data-element='2']").dispatch_event("click")
    page.keyboard.press("r")
    expect(page.locator(f"{TABLE} tr.jacobian-chosen th .unseen")).to_have_text("t[0, 2]")
    expect(page.locator(f"{TABLE} .jacobian-selected")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator(f"{TABLE} tr.jacobian-chosen")).to_have_count(0)


def test_the_table_holds_the_run_that_the_canvas_shows(page: Page) -> None:
    open_program(page, "softmax-rows")
    page.locator("#canvas .node[data-tensor='0'][data-element='0']").dispatch_event("click")
    page.get_by_role("button", name="One run").click()
    assert heads(page.locator(f"{TABLE} thead button")) == ["x[0, 0]", "x[0, 1]", "x[0, 2]"]
    page.locator("#canvas").focus()
    page.keyboard.press(".")
    expect(page.locator(f"{TABLE} thead .unseen").first).to_have_text("x[1, 0]")
