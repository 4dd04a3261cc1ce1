"""What helps a newcomer and other readers: legend, glossary, the way from the start, titles, print, plain http."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserType, Page, expect

from tests.browser.workbench import NO_PRELOAD, open_start, still


def opened(page: Page, program: str = "softmax", lang: str = "en") -> None:
    """A built-in program, run."""
    open_start(page, f"/?lang={lang}#program={program}")
    page.wait_for_selector(".step")


def test_the_legend_stays_until_it_is_put_away(page: Page) -> None:
    opened(page)
    strip = page.locator(".legend-strip")
    expect(strip).to_contain_text("input element")
    expect(strip.locator("li")).to_have_count(6)
    page.click(".legend-close")
    expect(strip).to_be_hidden()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(strip).to_be_hidden()
    page.evaluate("localStorage.clear()")


def test_words_and_keys_are_there_on_demand_and_stop_nothing(page: Page) -> None:
    opened(page, lang="zh")
    page.keyboard.press("?")
    panel = page.locator("#glossary")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("边权")
    expect(panel.locator("kbd").first).to_be_visible()
    page.click("[data-step='0']")
    expect(page.locator("[data-step='0']")).to_have_attribute("aria-current", "step")
    page.click("[data-lang=en]")
    expect(panel).to_contain_text("edge weight")
    page.keyboard.press("?")
    expect(panel).to_be_hidden()
    page.click(".help-button")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".help-button")).to_be_focused()


def test_a_program_plays_from_the_start_by_one_button(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Play from the start").click()
    expect(page.locator("[data-step='0']")).to_have_attribute("aria-current", "step")
    expect(page.locator("[data-step='1']")).to_have_attribute("aria-current", "step")


def test_the_tab_names_the_program(page: Page) -> None:
    opened(page)
    expect(page).to_have_title("Many-to-many: softmax · Backpass")
    expect(page.locator(".workspace h1")).to_be_attached()
    page.click(".brand")
    expect(page).to_have_title("Backpass: see the backward pass")


def test_paper_is_black_on_white_and_keeps_shapes_and_dashes(page: Page) -> None:
    opened(page)
    page.emulate_media(media="print")
    rim = page.locator(".node-output .node-rim").first
    assert rim.evaluate("node => getComputedStyle(node).stroke") == "rgb(0, 0, 0)"
    body = page.locator(".node-output .node-cap-out").first
    assert body.evaluate("node => getComputedStyle(node).fill") == "rgb(0, 0, 0)"
    dashes = page.locator(".layer-chosen path, .layer-edges path").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).strokeDasharray)"
    )
    assert any(dash.startswith("7px") for dash in dashes)
    for name in (".top", "#timeline", ".canvas-bar", ".legend-strip"):
        expect(page.locator(name).first).to_be_hidden()
    canvas, code = (still(page.locator(name)) for name in ("#canvas", "#code"))
    assert code["y"] >= canvas["y"] + canvas["height"]
    assert code["width"] >= 600
    upper = page.locator(".node-output .node-upper").first
    assert upper.evaluate("node => getComputedStyle(node).fill") == "rgb(230, 230, 230)"
    assert page.pdf(format="A4").startswith(b"%PDF")
    yellow = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--now')")
    assert yellow.strip() in {"#fff", "#ffffff"}


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180), (1180, 820)])
def test_touch_targets_are_large_enough(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.locator(".transport button:visible").evaluate_all(
        "nodes => nodes.map(node => [node.getBoundingClientRect().width, node.getBoundingClientRect().height])"
    )
    assert all(min(box) >= 44 for box in boxes), boxes


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["/?lang=en#program=softmax&step=2&place=projector", "/embed?lang=zh#program=softmax"]
)
def test_axe_finds_nothing_grave_in_the_other_rooms(page: Page, address: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    open_start(page, address)
    page.wait_for_selector(".step")
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in {"serious", "critical"}] == []


def test_plain_http_from_another_name_can_do_everything(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], base_url: str
) -> None:
    rule = "--host-resolver-rules=MAP backpass.test 127.0.0.1"
    args = [*browser_type_launch_args["args"], rule]
    with browser_type.launch(**{**browser_type_launch_args, "args": args}) as browser:
        page = browser.new_page(locale="en-GB")
        page.goto(f"http://backpass.test:{urlsplit(base_url).port}/?lang=en#program=two-layers")
        page.wait_for_selector("html[data-ready]")
        page.wait_for_selector(".step")
        assert not page.evaluate("isSecureContext")
        page.click("[data-level=tensors]")
        expect(page.locator(".level-switch [aria-pressed=true]")).to_have_text("Tensors")
        expect(page.locator("#canvas .card").first).to_be_visible()
        page.keyboard.press("Control+Shift+L")
        expect(page.locator(".share-button")).to_have_text("Link copied")
        for name, end in (("Export SVG", ".svg"), ("Export PNG", ".png"), ("Export trace", ".json")):
            page.click(".share-button")
            with page.expect_download() as waiting:
                page.get_by_role("menuitem", name=name).click()
            assert waiting.value.suggested_filename == f"two-layers{end}"
