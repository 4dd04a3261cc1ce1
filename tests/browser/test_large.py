"""Large pictures: edges fetched by element, thousands of edges painted under the nodes, twelve edges and a bundle."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.workbench import open_start, paste, still

MATMUL: Final = """import torch
x = torch.randn(64, 64, requires_grad=True)
w = torch.randn(64, 64, requires_grad=True)
p = x @ w
loss = (p ** 2).sum()
loss.backward()
"""
SOFTMAX: Final = """import torch
x = torch.randn(256, 512, requires_grad=True)
p = torch.softmax(x, dim=1)
loss = (p ** 2).sum()
loss.backward()
"""
CHAIN: Final = """import torch
x = torch.randn(10, requires_grad=True)
W = torch.randn(10, 10)
a = torch.softmax(W @ x, dim=0)
b = torch.softmax(W @ a, dim=0)
c = torch.softmax(W @ b, dim=0)
c.backward(torch.randn(10))
"""


def score(page: Page, code: str, tensor: int, element: int) -> float:
    """The score of one element as the server tells it, from the edges that lead on from it."""
    question = {"cells": [code], "op": 0, "input": 0, "output": 0, "of_inputs": [element]}
    numbers = page.request.post("/api/edges", data=question).json()["numbers"]["input"]
    assert tensor == 0
    return float(numbers["scores"][0])


def shown_sum(page: Page) -> float:
    """The result under the written-out sum."""
    total = page.locator("#inspector .sum-total")
    expect(total).to_be_visible()
    return float(total.inner_text().replace("\N{MINUS SIGN}", "-"))


def test_the_sum_of_an_element_of_a_large_operation_is_complete_after_its_edges_came(page: Page) -> None:
    open_start(page)
    paste(page, [MATMUL])
    assert abs(shown_sum(page) - score(page, MATMUL, 0, 0)) < 1e-3
    page.locator(".run-enter").click()
    expect(page.locator(".run-title")).to_have_text("一次循环：64 进 64 出")
    page.keyboard.press(".")
    expect(page.locator(".run-slices")).to_have_text("x[1, :] → p[1, :]")
    expect(page.locator(".inspector-why")).to_contain_text("x[1, 0]")
    assert abs(shown_sum(page) - score(page, MATMUL, 0, 64)) < 1e-3


def test_a_run_that_was_never_sent_shows_the_largest_twelve_edges_and_one_bundle(page: Page) -> None:
    open_start(page)
    paste(page, [SOFTMAX])
    page.locator(".run-enter").click()
    expect(page.locator(".run-title")).to_have_text("一次循环：512 进 512 出")
    expect(page.locator("#canvas .edge-chosen")).to_have_count(12)
    expect(page.locator(".run-rest-words")).to_have_text("其余 500 条")
    expect(page.locator(".run-rest-sum")).to_have_text(re.compile("^Σ "))
    expect(page.locator(".canvas-count")).to_have_text("画出 12 / 67108864 条边")
    expect(page.locator(".run-grid-input .tile")).to_have_count(256)


def test_fifty_thousand_elements_in_one_run(page: Page) -> None:
    open_start(page)
    paste(page, ["import torch\nx = torch.randn(50000, requires_grad=True)\ns = x.sum()\ns.backward()\n"])
    page.locator(".run-enter").click()
    expect(page.locator(".run-title")).to_have_text("一次循环：50000 进 1 出")
    expect(page.locator("#canvas .node")).to_have_count(2)
    assert shown_sum(page) == 1


def test_a_refused_question_is_told_in_the_readers_language_and_asked_once(page: Page) -> None:
    asked = []
    error = {
        "type": "LimitError",
        "message": "edges: too many",
        "hint": {"code": "x", "en": "Too many.", "zh": "太多了。"},
    }

    def refuse(route: object) -> None:
        asked.append(route)
        route.fulfill(json={"error": error})  # type: ignore[attr-defined]

    page.route("**/api/edges", refuse)
    open_start(page)
    paste(page, [SOFTMAX])
    expect(page.locator(".canvas-more")).to_have_text("太多了。")
    page.wait_for_timeout(500)
    assert len(asked) == 1


def test_hundreds_of_edges_are_painted_and_the_one_under_the_pointer_is_a_mark(page: Page) -> None:
    open_start(page)
    paste(page, [CHAIN])
    page.locator(".level-switch button").last.click()
    expect(page.locator(".painted-edges")).to_be_visible()
    assert page.locator("#canvas .layer-edges .edge").count() == 0
    expect(page.locator("#canvas .layer-chosen .edge")).to_have_count(10)
    box = still(page.locator("#canvas .node").nth(25))
    page.mouse.move(box["x"] + box["width"] + 12, box["y"] + box["height"] / 2)
    expect(page.locator(".layer-hot .edge.linked")).to_have_count(1)
    expect(page.locator(".chip-hover")).to_have_count(1)
    page.mouse.move(5, 500)
    colours = page.evaluate("""() => {
      const canvas = document.querySelector('.painted-edges');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let orange = 0, violet = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] < 20) continue;
        if (data[i] > data[i + 2] + 60) orange += 1;
        else if (data[i + 2] > data[i + 1] + 30) violet += 1;
      }
      return [orange, violet];
    }""")
    assert min(colours) > 100, colours


def test_a_block_opens_at_its_rows(page: Page) -> None:
    open_start(page)
    paste(page, [MATMUL])
    page.locator("#canvas .card [data-block='16']").first.click()
    expect(page.locator(".run-slices")).to_have_text("x[4, :] → p[4, :]")
    page.locator(".run-grid-output [data-block='47']").click()
    expect(page.locator(".run-slices")).to_have_text("x[8, :] → p[8, :]")
    expect(page.locator("#canvas .node[aria-pressed=true]")).to_have_attribute("data-element", str(8 * 64 + 60))


def test_all_weights_are_written_on_demand_and_never_on_each_other(page: Page) -> None:
    open_start(page)
    paste(page, [CHAIN.replace("10", "4")])
    page.locator(".level-switch button").last.click()
    page.locator("#canvas .node").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#canvas .chip")).to_have_count(0)
    page.locator(".weights-switch button").click()
    expect(page.locator("#canvas .chip").nth(20)).to_be_visible()
    boxes = [chip.bounding_box() for chip in page.locator("#canvas .chip rect").all()]
    places = [(b["x"], b["y"], b["width"], b["height"]) for b in boxes if b]
    for i, (x, y, width, height) in enumerate(places):
        for other in places[:i]:
            apart = abs(x - other[0]) > (width + other[2]) / 2 - 4 or abs(y - other[1]) > height - 4
            assert apart, (places[i], other)
