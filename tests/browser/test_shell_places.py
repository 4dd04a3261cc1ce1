"""Language, theme, links, history, and the sizes that the page is read at."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.workbench import PROGRAM, Server, current, open_start, paste


@pytest.fixture(autouse=True)
def server(page: Page) -> Server:
    return Server(page)


def test_the_language_changes_in_place(page: Page) -> None:
    open_start(page)
    paste(page, PROGRAM)
    page.locator(".step").nth(3).click()
    page.click("[data-lang=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Run all")).to_be_visible()
    expect(page.locator(".group-head").first).to_contain_text("Forward")
    assert current(page) == "sum"
    expect(page).to_have_title("Your own code · Backpass")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_theme_is_kept(page: Page) -> None:
    open_start(page)
    page.click(".theme-button")
    page.get_by_role("menuitemradio", name="深色").click()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_auto_follows_the_system(page: Page) -> None:
    open_start(page)
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).not_to_have_css("background-color", light)


def test_a_link_shows_a_stranger_s_program_before_it_runs(page: Page, server: Server) -> None:
    open_start(page)
    paste(page, PROGRAM)
    page.locator(".step").nth(3).click()
    page.keyboard.press("Control+Shift+L")
    expect(page).to_have_url(re.compile(r"#1\.[\w-]+$"))
    link = page.url
    asked = len(server.asked)
    page.goto("about:blank")
    open_start(page, link)
    expect(page.locator(".guest")).to_be_visible()
    assert "out.backward()" in page.locator(".cm-content").nth(1).inner_text()
    assert len(server.asked) == asked
    page.click(".guest button")
    page.wait_for_selector(".step")
    assert len(server.asked) == asked + 1
    expect(page.locator(".guest")).to_be_hidden()


def test_a_link_to_a_built_in_program_runs_and_opens_at_its_step(page: Page) -> None:
    open_start(page, "/#program=gradient-argument&step=3&at=2.1&lang=en")
    expect(page.locator(".step").nth(3)).to_have_attribute("aria-current", "step")
    expect(page.locator(".node-selected").first).to_have_attribute("data-tensor", "2")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("link", ["/#1.broken", "/#program=nothing"])
def test_a_link_that_cannot_be_opened_says_so(page: Page, link: str) -> None:
    open_start(page, link)
    expect(page.locator("#failure")).to_be_visible()
    expect(page.locator("#start")).to_be_visible()


def test_back_leads_to_the_start_page_and_forward_to_the_code(page: Page) -> None:
    open_start(page)
    paste(page, PROGRAM)
    page.go_back()
    expect(page.locator("#start")).to_be_visible()
    page.locator(".starter").first.click()
    page.wait_for_selector(".step")
    assert page.url.endswith("#program=gradient-argument")
    page.click(".brand")
    expect(page.locator("#start")).to_be_visible()
    page.go_back()
    page.wait_for_selector(".step")


def test_the_reader_s_code_survives_a_reload(page: Page) -> None:
    open_start(page)
    paste(page, PROGRAM)
    page.locator(".cm-content").first.click()
    page.keyboard.type("# mine\n")
    page.reload()
    page.wait_for_selector(".step")
    expect(page.locator(".cm-content").first).to_contain_text("# mine")


def test_changes_to_a_built_in_program_survive_a_reload(page: Page) -> None:
    open_start(page, "/#program=gradient-argument&step=3")
    page.locator(".cm-content").first.click()
    page.keyboard.type("# mine ")
    expect(page).to_have_url(re.compile(r"#code$"))
    page.reload()
    page.wait_for_selector(".step")
    expect(page.locator(".cm-content").first).to_contain_text("# mine")
    page.locator(".cm-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(PROGRAM[0])
    expect(page).to_have_url(re.compile(r"#program=gradient-argument$"))


def test_programs_are_chosen_by_keyboard(page: Page) -> None:
    open_start(page)
    page.locator(".program-button").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".menu")).to_have_count(0)
    expect(page.locator(".program-button")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(".step")


@pytest.mark.parametrize(
    ("width", "height"), [(1440, 900), (1280, 720), (1180, 820), (820, 1180), (390, 844), (320, 640)]
)
def test_nothing_scrolls_sideways_and_the_diagram_has_room(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_start(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    paste(page, PROGRAM)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picker, language = (page.locator(name).bounding_box() for name in (".program-button", ".language-switch"))
    assert picker
    assert language
    assert picker["x"] + picker["width"] <= language["x"]
    canvas, timeline = (page.locator(name).bounding_box() for name in ("#canvas", "#timeline"))
    assert canvas
    assert timeline
    assert canvas["height"] >= 280
    assert canvas["width"] >= min(width, 900) - 60
    assert timeline["y"] + timeline["height"] <= height + 1


def test_the_code_panel_is_resized_and_folded(page: Page) -> None:
    open_start(page)
    paste(page, PROGRAM)
    divider = page.get_by_role("separator")
    divider.press("ArrowRight")
    expect(divider).to_have_attribute("aria-valuenow", "360")
    box = divider.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, 400)
    page.mouse.down()
    page.mouse.move(1200, 400)
    page.mouse.up()
    expect(divider).to_have_attribute("aria-valuenow", "520")
    page.click(".fold")
    expect(page.locator("#code")).to_have_css("width", "40px")
