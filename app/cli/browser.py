"""The page in a Chromium that is on this machine, and the picture that its share menu gives."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from app import locales
from app.cli.endings import environment, usage

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

Format = Literal["svg", "png"]

WINDOW: Final = (1440, 900)  # where the whole page is to be seen
PATIENCE_MS: Final = 60_000
SETTLED_MS: Final = 150
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MISSING: Final = "no Chromium found: install one (apt-get install chromium), or name it in CHROMIUM=/path/to/chromium"
NOTHING: Final = "there is nothing to draw at this step"
DRAWING: Final = "document.querySelector('#canvas svg.diagram .world')?.innerHTML ?? ''"
LAID_OUT: Final = "#canvas:not([data-layout=pending])"
EMPTY: Final = "#canvas .empty-diagram"


@contextmanager
def opened() -> Iterator[Page]:
    """A page of an empty browser. Raises StopError where there is no browser, or it does not start."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise environment("pictures need the extra 'render': pip install 'backpass[render]'") from None
    system = system_chromium()
    # Ctrl-C ends the browser's driver as well, which asyncio would tell at length.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    with sync_playwright() as playwright:
        found = system or own_chromium(playwright)
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", *root])
        except Error as error:
            raise environment(f"{found} does not start: {error.message.splitlines()[0]}") from None
        context = browser.new_context(viewport={"width": WINDOW[0], "height": WINDOW[1]}, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield context.new_page()
        except Error as error:
            raise environment(f"the browser gave up: {error.message.splitlines()[0]}") from None
        finally:
            browser.close()


def system_chromium() -> str | None:
    """$CHROMIUM, else the system's. Raises StopError where the variable names none."""
    named = os.environ.get("CHROMIUM", "")
    if named and not shutil.which(named):
        raise environment(f"CHROMIUM={named}: no such program")
    return next((found for name in filter(None, (named, *NAMES)) if (found := shutil.which(name))), None)


def own_chromium(playwright: Playwright) -> str:
    """The one that `playwright install chromium` fetched. Raises StopError where it did not."""
    found = shutil.which(playwright.chromium.executable_path)
    if found is None:
        raise environment(MISSING)
    return found


def show(page: Page, address: str) -> None:
    """Opens a share link and runs its program: a stranger's code waits for a click, and so does ours."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    page.click(".guest button")
    page.wait_for_selector(".step", state="attached")


def give_room(page: Page, width: int, height: int) -> None:
    """Gives the diagram `width` × `height` px, whatever else the page would show beside it."""
    room = {"position": "fixed", "inset": "0 auto auto 0", "width": f"{width}px", "height": f"{height}px"}
    page.set_viewport_size({"width": max(width, WINDOW[0]), "height": max(height, WINDOW[1])})
    page.locator("#canvas").evaluate("(canvas, room) => Object.assign(canvas.style, room)", room)


def current_step(page: Page) -> int:
    """The number of the step that the page is at."""
    return int(page.locator(".step[aria-current=step]").get_attribute("data-step") or 0)


def last_step(page: Page) -> int:
    """The number of the timeline's last step, also where the timeline is folded. Leaves the page there."""
    page.locator("#canvas").focus()
    page.keyboard.press("End")
    return current_step(page)


def come_to_rest(page: Page) -> None:
    """Returns when the diagram is laid out and two looks at it show the same."""
    before, now = None, look(page)
    while now != before:
        page.wait_for_timeout(SETTLED_MS)
        before, now = now, look(page)


def look(page: Page) -> str:
    """The diagram; while it is laid out, the page shows what stood there before: at first, that nothing has run."""
    page.wait_for_selector(LAID_OUT, state="attached")
    return str(page.evaluate(DRAWING))


def export(page: Page, form: Format, language: locales.Language) -> bytes:
    """The file that the share menu hands out."""
    name = locales.catalogue(language)["page"]["share"][form]
    if page.locator(EMPTY).count() or not look(page):
        raise usage(NOTHING)
    page.click(".share-button")
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=name).click()
    return Path(download.value.path()).read_bytes()
