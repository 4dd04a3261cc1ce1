"""The start page: four live diagrams, the gallery of operations and its search."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import Server, open_start

KINDS = 4


def card(page: Page, name: str) -> Locator:
    """The gallery's card of one operation, drawn."""
    found = page.locator(".gallery .live-card", has=page.locator(f".card-open code:text-is('{name}')"))
    found.scroll_into_view_if_needed()
    expect(found.locator(".mini")).to_be_visible()
    return found


@pytest.fixture
def start(page: Page) -> Page:
    """The start page with its gallery."""
    open_start(page)
    page.wait_for_selector(".gallery-cards", state="attached")
    return page


def test_the_four_kinds_are_live(start: Page) -> None:
    expect(start.locator(".starter .mini")).to_have_count(KINDS)
    sine = start.locator(".starter").first
    expect(sine.locator(".mini-sum")).to_contain_text("0.8776")
    sine.locator(".node-input").nth(2).hover()
    expect(sine.locator(".node-selected")).to_have_attribute("data-element", "2")
    expect(sine.locator(".edge-chosen")).to_have_count(1)
    expect(sine.locator(".chip")).to_have_text("×0.5403")
    expect(sine.locator(".mini-sum")).to_contain_text("−0.5403")
    start.locator(".start h1").hover()
    expect(sine.locator(".node-selected")).to_have_attribute("data-element", "1")


def test_a_starter_opens_its_program(start: Page) -> None:
    start.locator(".starter .node-input").first.click()
    start.wait_for_selector(".step")
    assert start.url.endswith("#program=sin")


def test_an_operation_shows_its_edges_and_formulas(start: Page) -> None:
    softmax = card(start, "softmax")
    expect(softmax.locator(".edge-rest")).to_have_count(9)
    softmax.locator(".node-input").first.hover()
    expect(softmax.locator(".edge-chosen")).to_have_count(3)
    expect(softmax.locator(".edge-neg.edge-chosen")).to_have_count(2)
    expect(softmax.locator(".chip")).to_have_count(3)
    expect(softmax.locator(".katex")).to_have_count(2)


def test_formulas_wait_until_they_are_near(start: Page) -> None:
    last = start.locator(".gallery .live-card").last
    expect(last.locator(".katex")).to_have_count(0)
    height = last.bounding_box()
    last.scroll_into_view_if_needed()
    expect(last.locator(".katex").first).to_be_visible()
    after = last.bounding_box()
    assert height
    assert after
    assert after["height"] == height["height"]


@pytest.mark.parametrize(
    ("query", "names"), [("@", ["matmul"]), ("torch.cumsum", ["cumsum"]), ("前缀和", ["cumsum"]), ("激活 logistic", [])]
)
def test_search(start: Page, query: str, names: list[str]) -> None:
    start.fill("#find-operation", query)
    expect(start.locator(".gallery .live-card:visible .card-open")).to_have_text(names)
    said = start.locator(".gallery-said")
    expect(said).to_have_text(f"{len(names)} 个运算" if names else re.compile(query))
    start.fill("#find-operation", "")
    assert start.locator(".gallery .live-card:visible").count() > 90


def test_one_kind_at_a_time(start: Page) -> None:
    start.click(".gallery-search [data-kind=one-to-many]")
    expect(start.locator(".gallery-group:visible h3")).to_have_count(1)
    expect(start.locator(".gallery .live-card:visible", has_text="expand")).to_have_count(1)
    start.fill("#find-operation", "softmax")
    expect(start.locator(".gallery .live-card:visible")).to_have_count(0)
    start.click(".gallery-search [data-kind='']")
    expect(start.locator(".gallery .live-card:visible")).to_have_count(2)


def test_search_survives_a_change_of_language(start: Page) -> None:
    start.fill("#find-operation", "softmax")
    start.click("[data-lang=en]")
    expect(start.locator(".gallery h2")).to_have_text("Gallery of operations")
    expect(start.locator("#find-operation")).to_have_value("softmax")
    expect(start.locator(".gallery-said")).to_have_text("2 operations")


def test_an_operation_opens_its_example_by_key(start: Page) -> None:
    start.fill("#find-operation", "logsumexp")
    card(start, "logsumexp")
    start.locator("#find-operation").press("Tab")
    while not start.evaluate("document.activeElement.matches('.card-open')"):
        start.keyboard.press("Tab")
    start.keyboard.press("Tab")
    start.keyboard.press("ArrowDown")
    expect(start.locator(".gallery .node-selected")).to_have_attribute("data-element", "1")
    start.keyboard.press("Shift+Tab")
    start.keyboard.press("Enter")
    start.wait_for_selector(".step")
    expect(start.locator(".cm-content")).to_contain_text("x.logsumexp(0)")


@pytest.mark.expects_failures
def test_without_the_catalogue_the_page_still_starts(page: Page) -> None:
    Server(page)
    page.route("**/api/ops", lambda route: route.fulfill(status=429, json={}))
    open_start(page)
    expect(page.locator(".gallery")).to_be_hidden()
    expect(page.locator("#failure")).to_be_hidden()
    page.locator(".starter .card-open").click()
    page.wait_for_selector(".step")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_wider_than_a_phone(page: Page, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_start(page, f"/?lang={lang}")
    card(page, "matmul")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    inside = page.evaluate(  # what KaTeX keeps for screen readers, or clips inside a root sign, is not on the page
        "Math.max(...[...document.querySelectorAll('#start *')]"
        ".filter((e) => !e.closest('.katex-mathml, .katex svg')).map((e) => e.getBoundingClientRect().right))"
    )
    assert inside <= 390
