"""The page about privacy: nothing serious for axe, nothing wider than the screen, nothing asked of anybody else."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.test_shell_axe import GRAVE
from tests.browser.workbench import NO_PRELOAD


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_it_can_be_read_by_everybody(page: Page, width: int, lang: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/privacy?lang={lang}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found if rule["impact"] in GRAVE] == []


def test_the_other_language_is_a_click_away(page: Page) -> None:
    page.goto("/privacy?lang=en")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text("你的代码去了哪里")
    page.get_by_role("link", name="Backpass").click()
    expect(page.locator("html[data-ready]")).to_have_attribute("lang", "zh-CN")


def test_the_theme_that_was_chosen_holds_here_too(page: Page) -> None:
    page.goto("/privacy?lang=en")
    page.evaluate("localStorage.setItem('backpass-theme', 'dark')")
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.evaluate("localStorage.clear()")
