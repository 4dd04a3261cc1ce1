"""Cells are added, removed, moved and run in part; what another run shows never looks current."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.workbench import NO_PRELOAD, open_start, paste

CELLS = ["import torch\nx = torch.ones(2, requires_grad=True)", "y = x * 3", "y.sum().backward()\nx.grad"]
GRAVE = {"serious", "critical"}


def start(page: Page, lang: str = "zh") -> None:
    """Runs CELLS on the real server."""
    open_start(page, f"/?lang={lang}")
    paste(page, CELLS)


def heads(page: Page) -> list[str]:
    """How things stand with each cell."""
    return [text.strip() for text in page.locator(".cell-state").all_inner_texts()]


def first_lines(page: Page) -> list[str]:
    """The first word of each cell."""
    texts = page.locator(".cell .cm-content").all_inner_texts()
    return [(text.split() or [""])[0] for text in texts]


def tool(page: Page, cell: int, name: str) -> None:
    """Presses a button in a cell's head."""
    page.locator(".cell").nth(cell).hover()
    page.locator(".cell").nth(cell).locator(f".cell-{name}").click()


def test_a_cell_is_added_below_another(page: Page) -> None:
    start(page)
    tool(page, 0, "add")
    expect(page.locator(".cell")).to_have_count(4)
    expect(page.locator(".cell").nth(1).locator(".cm-content")).to_be_focused()
    expect(page.locator(".workspace[data-stale]")).to_have_count(0)
    page.keyboard.type("y = 1")
    assert heads(page)[1:] == ["未运行", "已改，重跑", "已改，重跑"]
    expect(page.locator(".workspace[data-stale]")).to_have_count(1)


def test_a_removed_cell_comes_back(page: Page) -> None:
    start(page)
    tool(page, 1, "remove")
    expect(page.locator(".cell")).to_have_count(2)
    expect(page.locator(".code-undo")).to_contain_text("第 2 块已删除")
    page.locator(".code-undo button").click()
    assert first_lines(page) == ["import", "y", "y.sum().backward()"]
    expect(page.locator(".workspace[data-stale]")).to_have_count(0)
    expect(page.locator(".cell-output")).to_have_text("tensor([3., 3.])")


def test_the_keys_take_back_what_was_done_to_cells(page: Page) -> None:
    start(page)
    tool(page, 2, "remove")
    tool(page, 1, "up")
    assert first_lines(page) == ["y", "import"]
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    assert first_lines(page) == ["import", "y"]
    page.keyboard.press("Control+z")
    assert first_lines(page) == ["import", "y", "y.sum().backward()"]


def test_cells_move_by_keys_and_keep_focus_and_history(page: Page) -> None:
    start(page)
    editor = page.locator(".cell").nth(1).locator(".cm-content")
    editor.click()
    page.keyboard.press("End")
    page.keyboard.type("0")
    page.keyboard.press("Alt+Shift+ArrowDown")
    assert first_lines(page) == ["import", "y.sum().backward()", "y"]
    expect(page.locator(".cell").nth(2).locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".cell").nth(2).locator(".cm-content")).to_contain_text("y = x * 3")
    assert "30" not in page.locator(".cell").nth(2).locator(".cm-content").inner_text()
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(page.locator(".workspace[data-stale]")).to_have_count(0)


def test_a_run_down_to_a_cell_leaves_the_rest_for_later(page: Page) -> None:
    start(page)
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request.post_data_json) if "trace" in request.url else None)
    page.locator(".cell").nth(1).locator(".cm-content").click()
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".cell").nth(2)).to_have_attribute("data-state", "behind")
    assert asked == [{"cells": CELLS[:2]}]
    assert heads(page)[2] == "这次没有运行"
    expect(page.locator(".workspace[data-stale]")).to_have_count(0)
    expect(page.locator(".step[data-kind=backward]")).to_have_count(0)


def test_a_picture_of_other_code_is_muted_until_it_runs_or_the_edit_is_undone(page: Page) -> None:
    start(page)
    page.locator(".cell").nth(1).locator(".cm-content").click()
    page.keyboard.press("End")
    page.keyboard.type("0")
    for part in ("canvas", "inspector", "timeline"):
        expect(page.locator(f"#{part} .stale-ribbon")).to_be_visible()
    expect(page.locator(".diagram")).to_have_css("filter", "grayscale(1)")
    expect(page.locator("#canvas .node").first).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("#canvas .stale-ribbon")).to_be_hidden()
    page.keyboard.type("0")
    page.locator("#canvas .stale-ribbon button").click()
    expect(page.locator("#canvas .stale-ribbon")).to_be_hidden()
    expect(page.locator(".cell-output")).to_have_text("tensor([30., 30.])")


def test_a_long_run_shows_a_bar_and_then_a_way_to_stop(page: Page) -> None:
    start(page)
    page.route("**/api/trace", lambda _route: None)  # never answered
    page.locator(".run-all").click()
    expect(page.locator(".stop-run")).to_be_hidden()
    expect(page.locator(".cell[data-state=running]")).to_have_count(3)
    expect(page.locator(".stop-run")).to_be_visible(timeout=15_000)
    page.locator(".stop-run").click()
    expect(page.locator(".cell[data-state=running]")).to_have_count(0)
    expect(page.locator(".stop-run")).to_be_hidden()
    expect(page.locator("#failure")).to_be_hidden()
    expect(page.locator(".run-all")).to_be_focused()


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_axe_of_stale_cells_and_completion(page: Page, lang: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    start(page, lang)
    page.locator(".cell").nth(1).locator(".cm-content").click()
    page.keyboard.press("End")
    page.keyboard.type(".cum")
    expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    expect(page.locator("#canvas .stale-ribbon")).to_be_visible()
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found if rule["impact"] in GRAVE] == []
