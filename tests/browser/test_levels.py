"""Levels of detail: tensors, mixed, elements; unfolding and folding in place."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def open_program(page: Page, slug: str, step: int | None = None) -> None:
    """A built-in program with its first picture laid out."""
    page.goto(f"/?lang=en#program={slug}" + (f"&step={step}" if step is not None else ""))
    page.wait_for_selector("html[data-ready]")
    settled(page)


def settled(page: Page) -> None:
    """The layouter has answered."""
    page.wait_for_selector("#canvas .diagram:not([data-pending]) .layer-wires", state="attached")


def level(page: Page, name: str) -> None:
    """Chooses a level by its button."""
    page.click(f"[data-level={name}]")
    settled(page)


def pressed(page: Page) -> Locator:
    """The level that is on."""
    return page.locator(".level-switch [aria-pressed=true]")


def test_a_picture_that_can_be_read_opens_with_every_element(page: Page) -> None:
    open_program(page, "softmax")
    expect(pressed(page)).to_have_text("Elements")
    expect(page.locator("#canvas .fold, #canvas .region")).to_have_count(0)
    expect(page.locator(".level-count")).to_have_text(re.compile(r"^(\d+) of \1 operations unfolded$"))


def test_a_wide_picture_opens_with_the_current_operation_unfolded(page: Page) -> None:
    open_program(page, "two-layers", 13)
    expect(pressed(page)).to_have_text("Mixed")
    expect(page.locator("#canvas .region-now")).to_have_count(1)
    expect(page.locator("#canvas .region-now .region-label")).to_have_text("+")
    expect(page.locator("#canvas .fold")).not_to_have_count(0)
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+ArrowLeft")
    settled(page)
    expect(page.locator("#canvas .region-now .region-label")).to_have_text("relu")


def test_the_tensor_level_has_cards_chips_and_wires(page: Page) -> None:
    open_program(page, "two-layers")
    level(page, "tensors")
    expect(page.locator("#canvas .node, #canvas .edge, #canvas .ribbon")).to_have_count(0)
    expect(page.locator(".level-count")).to_have_text("0 of 7 operations unfolded")
    assert page.locator("#canvas .fold-label").all_text_contents() == ["@", "+", "relu", "@", "\u2212", "** 2", "mean"]
    expect(page.locator("#canvas .card")).to_have_count(8)
    expect(page.locator("#canvas .wire-grey")).to_have_count(2)


def test_the_key_l_walks_through_the_levels(page: Page) -> None:
    open_program(page, "two-layers")
    page.locator("#canvas").focus()
    for name in ("Tensors", "Mixed", "Elements", "Tensors"):
        page.keyboard.press("l")
        settled(page)
        expect(pressed(page)).to_have_text(name)


def test_without_a_worker_the_page_lays_out_itself(page: Page) -> None:
    page.add_init_script("delete window.Worker")
    open_program(page, "two-layers")
    level(page, "tensors")
    expect(page.locator("#canvas .fold")).to_have_count(7)
