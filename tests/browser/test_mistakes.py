"""Programs about mistakes open on the mistake, not on what mends it; a link still leads to where it says."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def opened(page: Page, slug: str, place: str = "") -> None:
    """A built-in program."""
    page.goto(f"/?lang=en#program={slug}{place}")
    page.wait_for_selector("html[data-ready]")


def test_a_forgotten_zero_grad_opens_on_the_drawer_that_grew(page: Page) -> None:
    opened(page, "forgotten-zero-grad")
    expect(page.locator(".canvas-badge")).to_contain_text("backward 3")
    opened(page, "forgotten-zero-grad", "&step=1")
    expect(page.locator(".canvas-badge")).not_to_contain_text("backward 3")


def test_a_cut_chain_opens_where_it_stops(page: Page) -> None:
    opened(page, "chain-cut")
    expect(page.locator("#timeline [aria-current=step]")).to_contain_text("stops here")
