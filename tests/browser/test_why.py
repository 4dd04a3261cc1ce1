"""The inspector's left part: how an element is read, with respect to which operand, and where a weight comes from."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.workbench import open_start


def open_program(page: Page, slug: str, language: str = "en") -> None:
    """A built-in program at the end of its last call."""
    open_start(page, f"/?lang={language}#program={slug}")
    page.wait_for_selector(".inspector-why")


def test_a_green_node_hands_its_score_out(page: Page) -> None:
    open_program(page, "two-layers")
    page.locator("#canvas .node-middle").first.click()
    expect(page.locator(".sum")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="green node")).to_have_attribute("aria-pressed", "true")
    shares = page.locator(".share")
    expect(shares).to_have_count(2)
    expect(shares.nth(1)).to_contain_text("×2=8")
    expect(page.locator("#canvas .edge-chosen")).to_have_count(2)
    page.get_by_role("button", name="blue node").click()
    expect(page.locator(".sum")).to_be_visible()


def test_a_root_is_read_as_green_and_a_leaf_as_blue(page: Page) -> None:
    open_program(page, "softmax")
    page.locator("#canvas .node-output").nth(1).click()
    expect(page.locator(".share")).to_have_count(3)
    expect(page.get_by_role("button", name="green node")).to_have_attribute("aria-pressed", "true")
    page.locator("#canvas .node-input").nth(1).click()
    expect(page.locator(".sum")).to_be_visible()


def test_w_asks_about_the_other_operand(page: Page) -> None:
    open_program(page, "matmul-both-sides", "zh")
    switch = page.locator(".canvas-wrt")
    expect(switch.get_by_role("button", pressed=True)).to_have_text("对 A")
    page.keyboard.press("w")
    expect(switch.get_by_role("button", pressed=True)).to_have_text("对 B")
    expect(page.locator(".inspector-why .inspector-aside")).to_contain_text("B[0, 0]")


def test_r_and_w_do_nothing_in_the_editor(page: Page) -> None:
    open_program(page, "matmul-both-sides")
    page.locator(".cm-content").first.click()
    page.keyboard.type("rw")
    expect(page.get_by_role("button", name="blue node")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".cm-content").first).to_contain_text(re.compile("rw"))
