"""The table twin of the diagram: the edges of the current operation, for readers who listen or like lists."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_tables import open_program

SHEET = "#edge-table"


def rows(page: Page) -> list[list[str]]:
    """The texts of the table's body."""
    texts: list[list[str]] = page.locator(f"{SHEET} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return texts


def test_the_current_operation_s_edges_are_listed(page: Page) -> None:
    trace = open_program(page, "gradient-argument")
    expect(page.locator(SHEET)).to_be_hidden()
    page.locator(".edge-table-button").press("Enter")
    expect(page.locator(SHEET)).to_be_focused()
    edges = trace["ops"][0]["relations"][1]["edges"]
    assert [float(row[3]) for row in rows(page)] == edges["weight"]
    assert rows(page)[0] == ["X[0, 0]", "F[0, 0]", "1", "1", "1"]
    expect(page.locator(f"{SHEET} caption")).to_have_text("Edges of @: 12 of 12")
    heads = page.locator(f"{SHEET} th[scope=col]").all_inner_texts()
    assert heads == ["from (input)", "to (output)", "green score", "edge weight", "product"]


def test_it_follows_the_steps_and_closes_by_escape(page: Page) -> None:
    open_program(page, "accumulation")
    page.locator(".edge-table-button").click()
    page.keyboard.press("Home")
    expect(page.locator(f"{SHEET} caption")).to_contain_text("− 1")
    assert [row[2] for row in rows(page)] == ["not yet"] * 4
    page.keyboard.press("Escape")
    expect(page.locator(SHEET)).to_be_hidden()
    expect(page.locator(".edge-table-button")).to_be_focused()


def test_pointing_at_a_row_lights_its_edge(page: Page) -> None:
    open_program(page, "softmax")
    page.locator(".edge-table-button").click()
    page.locator(f"{SHEET} tbody tr").nth(4).hover()
    expect(page.locator("#canvas .edge.linked")).to_have_count(1)
