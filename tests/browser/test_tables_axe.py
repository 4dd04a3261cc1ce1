"""axe finds nothing serious or critical in the states of the inspector: symbols, textbook forms, paths, two tensors."""

from __future__ import annotations

from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.test_tables import TABLE
from tests.browser.workbench import NO_PRELOAD, open_start

GRAVE: Final = {"serious", "critical"}
VIEW: Final = ".inspector-table [data-choose=view]"
FORM: Final = ".inspector-table [data-choose=form]"


def enter(page: Page, state: str) -> None:
    """Brings the inspector into a state."""
    if state == "symbols":
        page.locator("[data-notation=symbols]").click()
        page.locator(f"{TABLE} button.jacobian-cell").first.click()
    elif state == "textbook":
        page.locator(FORM).select_option("column")
    elif state == "between":
        page.locator(VIEW).select_option("between")
        expect(page.locator(".between .jacobian-cell").first).to_be_visible()
    elif state == "paths":
        page.locator("[data-ask=why]").click()
    else:
        page.locator(".edge-table-button").click()


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
@pytest.mark.parametrize("state", ["symbols", "textbook", "between", "paths", "edges"])
def test_axe(page: Page, state: str, lang: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    open_start(page, f"/?lang={lang}#program=softmax-rows")
    expect(page.locator(TABLE)).to_be_visible()
    enter(page, state)
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found if rule["impact"] in GRAVE] == []
