"""From a pasted program to its output: run, errors, refusals, edits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.workbench import (
    HINT,
    MESSAGE,
    PROGRAM,
    Server,
    cell,
    current,
    failed_trace,
    open_start,
    paste,
)


@pytest.fixture
def server(page: Page) -> Server:
    return Server(page)


def test_a_pasted_program_runs_and_opens_at_the_end_of_its_last_backward_call(page: Page, server: Server) -> None:
    open_start(page)
    paste(page, PROGRAM)
    assert server.asked == [[text.strip("\n") for text in PROGRAM]]
    assert current(page) == "x.grad +="
    expect(page.locator(".cell").nth(1).locator(".cell-output")).to_have_text("tensor([3., 3.])")
    expect(page.locator("#canvas .node-selected").first).to_have_attribute("data-tensor", "0")
    assert page.locator(".cell").nth(0).locator(".line-value").all_inner_texts() == ["1 1", "3 3", "6"]


def test_the_empty_box_runs_the_program_that_it_shows(page: Page, server: Server) -> None:
    open_start(page)
    page.click(".paste [type=submit]")
    page.wait_for_selector(".step")
    assert server.asked[0][0].startswith("import torch")


def test_an_error_is_marked_at_its_columns_and_explained_under_the_cell(page: Page, server: Server) -> None:
    server.answer = failed_trace()
    open_start(page)
    paste(page, PROGRAM)
    failed = page.locator(".cell").nth(1)
    expect(failed.locator(".columns-error")).to_have_text("out.backward()")
    expect(failed.locator(".cm-line.line-error")).to_have_count(1)
    expect(failed.locator(".error-original")).to_have_text(MESSAGE)
    expect(failed.locator(".error-original")).to_have_attribute("lang", "en")
    expect(failed.locator(".error-hint")).to_have_text(HINT["zh"])
    page.click("[data-lang=en]")
    expect(failed.locator(".error-original")).to_have_text(MESSAGE)
    expect(failed.locator(".error-hint")).to_have_text(HINT["en"])


def test_an_error_between_two_characters_shows_on_the_one_before(page: Page, server: Server) -> None:
    server.answer = failed_trace()
    server.answer["cells"][1]["error"] |= {"column": 14, "end_column": 14}
    open_start(page)
    paste(page, PROGRAM)
    expect(page.locator(".columns-error")).to_have_text(")")


def test_an_edit_makes_results_stale_until_the_next_run(page: Page, server: Server) -> None:
    open_start(page)
    paste(page, PROGRAM)
    page.locator(".cm-content").first.click()
    page.keyboard.type("#")
    states = page.locator(".cell-state")
    assert states.all_inner_texts() == ["已改，重跑", "已改，重跑"]
    expect(page.locator(".line-value")).to_have_count(0)
    page.keyboard.press("Shift+Enter")
    expect(states.first).not_to_have_text("已改，重跑")
    assert server.asked[1][0].count("#") == 1


def test_cells_are_added_and_deleted(page: Page, server: Server) -> None:
    open_start(page)
    paste(page, PROGRAM)
    page.click(".add-cell")
    page.keyboard.type("x.grad")
    page.click(".run-all")
    expect(page.locator(".cell-state").nth(2)).not_to_have_text("未运行")
    assert server.asked[1][2] == "x.grad"
    page.locator(".cell").nth(0).hover()
    page.locator(".cell-remove").first.click()
    expect(page.locator(".cell")).to_have_count(2)
    assert page.locator(".cell-state").all_inner_texts() == ["已改，重跑", "已改，重跑"]


def test_what_a_program_prints_is_text_and_never_markup(page: Page, server: Server) -> None:
    hostile = "<img src=x onerror=alert(1)><b>bold</b>"
    server.answer["cells"][1] = cell(stdout=hostile)
    server.answer["tensors"][0] |= {"name": hostile, "label": hostile}
    open_start(page)
    paste(page, PROGRAM)
    expect(page.locator(".cell-output")).to_have_text(hostile)
    assert page.locator("img:not(.cm-widgetBuffer), .cell-output b, .canvas b").count() == 0


@pytest.mark.expects_failures
@pytest.mark.parametrize(("status", "words"), [(413, "64 kB"), (422, "读不懂"), (404, "回答了 404")])
def test_a_refusal_is_a_sentence_and_the_last_trace_stays(page: Page, server: Server, status: int, words: str) -> None:
    open_start(page)
    paste(page, PROGRAM)
    server.status = status
    page.click(".run-all")
    expect(page.locator("#failure")).to_contain_text(words)
    assert current(page) == "x.grad +="
    page.locator("#failure button").last.click()
    expect(page.locator("#failure")).to_be_hidden()


def test_a_server_that_cannot_be_reached_is_a_sentence(page: Page, server: Server) -> None:
    open_start(page)
    page.evaluate("void (window.fetch = () => Promise.reject(new TypeError('down')))")
    page.click(".paste [type=submit]")
    expect(page.locator("#failure")).to_contain_text("连不上服务器")
    assert "softmax" in page.locator(".cm-content").inner_text()
