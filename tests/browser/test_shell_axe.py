"""axe finds nothing serious or critical in any state of the page, in either language and theme."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.browser.workbench import NO_PRELOAD, PROGRAM, Server, failed_trace, open_start, paste

GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", ["start", "run", "error", "menu", "phone"])
def test_axe(page: Page, state: str, lang: str, theme: str) -> None:
    server = Server(page)
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    if state == "phone":
        page.set_viewport_size({"width": 390, "height": 844})
    if state == "error":
        server.answer = failed_trace()
    open_start(page, f"/?lang={lang}")
    if state != "start":
        paste(page, PROGRAM)
    if state == "menu":
        page.click(".program-button")
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found if rule["impact"] in GRAVE] == []
