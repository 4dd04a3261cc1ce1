"""Marks of the diagram that tell one thing apart from another: uses, saved values, drawers, versions."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.workbench import open_start


def open_program(page: Page, slug: str) -> None:
    """A built-in program, run, at the end of its last backward call."""
    open_start(page, f"/#program={slug}")
    page.wait_for_selector("#canvas .node")


def test_an_operand_used_twice_has_numbered_places(page: Page) -> None:
    open_program(page, "retain-grad")
    uses = page.locator("#canvas .chip", has=page.locator(".chip-use"))
    expect(uses).to_have_text(["(1)×6", "(2)×6", "(1)×3", "(2)×3"])


def test_retain_grad_gives_an_intermediate_a_drawer_that_fills_when_its_score_comes(page: Page) -> None:
    open_program(page, "retain-grad")
    drawer = page.locator("#canvas .retained")
    expect(drawer.locator(".drawer-total")).to_have_text(["6", "12"])
    page.locator(".step", has_text="sum").last.click()
    expect(drawer).to_have_class("drawer retained retained-pending")
    expect(drawer.locator(".drawer-total")).to_have_text(["None", "None"])


def test_an_operation_names_what_it_saves_and_the_sign_flips_as_backward_passes(page: Page) -> None:
    open_program(page, "retain-grad")
    square = page.locator("#canvas .op", has_text="y*y").locator(".op-saved")
    expect(square).to_have_text("▢ 存值 y：已释放")
    page.locator(".step", has_text="sum").last.click()
    expect(square).to_have_text("▣ 存值 y：留着")
    expect(page.locator("#canvas .op", has_text="sum").locator(".op-saved")).to_have_text("▫ 不用存值")


def test_versions_stand_side_by_side_and_an_overwritten_slot_loses_its_wire(page: Page) -> None:
    open_program(page, "in-place-rows")
    notes = page.locator("#canvas .header", has_text="2×2").locator(".header-note")
    expect(notes).to_have_text(["版本 0 · 不求导", "版本 1", "版本 2"])
    expect(page.locator("#canvas .cut")).to_have_count(4)  # the first row in the first write, the second in the second
    old = page.locator("#canvas .node[aria-label^='y 行 2 列 1']").nth(1)
    expect(old.locator(".node-score")).to_have_text("0")
    old.click()
    expect(page.locator("#canvas .edge-chosen")).to_have_count(0)


def test_broadcasting_opens_into_two_steps_with_copies_and_closes_again(page: Page) -> None:
    open_program(page, "broadcast-add")
    expect(page.locator("#canvas .node-ghost")).to_have_count(0)
    steps = page.locator(".step").count()
    page.get_by_role("button", name="广播拆成两步").click()
    expect(page.locator("#canvas .node-ghost .node-score")).to_have_text(["1", "2", "3", "1", "1", "1"])
    expect(page.locator("#canvas .node-used-count")).to_have_text(["×2", "×2", "×2"])
    expect(page.locator(".step")).to_have_count(steps + 2)
    page.get_by_role("button", name="广播拆成两步").click()
    expect(page.locator("#canvas .node-ghost")).to_have_count(0)
    expect(page.locator(".step")).to_have_count(steps)
