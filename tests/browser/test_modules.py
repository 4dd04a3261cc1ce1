"""Modules: a layer is one operation until it is unfolded, frames around open ones, links and the way back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_levels import level, open_program, settled


def steps(page: Page) -> list[str]:
    """The names on the timeline's steps that are in sight of the last call."""
    return page.locator("#timeline .track [data-step]").all_inner_texts()


def test_a_network_opens_with_its_layers_as_chips_in_a_frame(page: Page) -> None:
    open_program(page, "small-network")
    expect(page.locator("#canvas .fold-label").first).to_have_text("net.0 · Linear")
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential"])
    assert "net.0" in steps(page)
    assert "addmm" not in steps(page)


def test_a_layer_unfolds_by_its_sign_and_folds_by_its_frame(page: Page) -> None:
    open_program(page, "small-network")
    page.click(".fold[data-op] .module-sign[aria-label*='net.0 ']")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential", "net.0 · Linear"])
    assert "addmm" in steps(page)
    page.go_back()
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential"])
    page.go_forward()
    settled(page)
    sign = page.locator(".frame .module-sign[aria-label*='net.0 ']")
    sign.focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential"])


def test_all_layers_fold_and_unfold_at_once_and_a_link_keeps_it(page: Page) -> None:
    open_program(page, "small-network")
    page.click("[data-modules=unfold]")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential", "net.0 · Linear", "net.2 · Linear"])
    page.wait_for_url("**modules=**")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_count(3)
    page.click("[data-modules=fold]")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_count(1)


def test_a_layer_has_edges_scores_and_a_table_like_any_operation(page: Page) -> None:
    open_program(page, "small-network")
    level(page, "elements")
    expect(page.locator("#canvas .op-label", has_text="net.0")).to_have_count(1)
    expect(page.locator("#canvas .edge").first).to_be_attached()
    expect(page.locator("#inspector")).to_contain_text("Jacobian table")
