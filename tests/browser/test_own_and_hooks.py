"""A learner's own backward and hooks: signs in the picture, lines in the code, sums that come out."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def open_at(page: Page, slug: str, place: str) -> None:
    """A built-in program at a step, with an element chosen."""
    page.goto(f"/?lang=en#program={slug}&{place}")
    page.wait_for_selector("html[data-ready]")


def test_an_own_backward_that_is_wrong_is_marked_with_both_numbers(page: Page) -> None:
    open_at(page, "own-function", "step=4&at=0.1")
    expect(page.locator("#canvas .op .own-differs")).to_have_count(1)
    expect(page.locator("#canvas .edge-differs")).to_have_count(1)
    expect(page.locator("#inspector .origin")).to_contain_text("your own backward of Cube")
    expect(page.locator("#inspector .origin-differs")).to_have_text("yours 8, measured 12")
    expect(page.locator(".cm-line.line-own").first).to_contain_text("def backward")


def test_a_hook_shows_the_score_before_and_after_it(page: Page) -> None:
    open_at(page, "hook", "step=5&at=2.0")
    expect(page.locator("#canvas .hook")).to_have_count(1)
    expect(page.locator("#canvas .node[data-tensor='2'] .node-score")).to_have_text(["6 → 3", "12 → 6"])
    expect(page.locator("#inspector .sum-result")).to_have_text(re.compile(r"^6\s*after the hook:\s*3$"))
    expect(page.locator("#timeline .step-hook")).to_have_count(1)
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#canvas .hook")).to_have_count(0)


def test_the_graph_of_a_backward_call_has_its_own_region_and_group(page: Page) -> None:
    open_at(page, "second-derivative", "step=13")
    expect(page.locator("#canvas .frame-derived .frame-title")).to_have_text("Graph of backward 1")
    expect(page.locator("#canvas .op-grad-fn", has_text="backward of ** 3").first).to_be_visible()
    expect(page.locator("#timeline .group-derived .group-head")).to_contain_text("Graph of backward 1")
    expect(page.locator("#timeline .group-derived [data-step]")).not_to_have_count(0)
