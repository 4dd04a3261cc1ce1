"""Browser tests drive a Chromium found on the machine; none is downloaded."""

from __future__ import annotations

import functools
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",  # Debian's wrapper turns GPU rasterisation on, which software graphics pay for
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

PATIENCE = 30_000  # ms that a busy machine may take for one reaction; nothing waits this long when it is right
expect.set_options(timeout=PATIENCE)


@functools.cache
def find_chromium() -> str | None:
    """$CHROMIUM, then the system's, then the one that `playwright install chromium` fetched, or None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips browser tests where there is no browser; on a build machine ($CI) they fail instead."""
    drivers = [item for item in items if "page" in getattr(item, "fixturenames", ())]
    if not drivers or os.environ.get("CI") or find_chromium():
        return
    for item in drivers:
        item.add_marker(pytest.mark.skip(reason="no Chromium found; set CHROMIUM=/path/to/chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The found Chromium, quiet; its sandbox does not start as root."""
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    args = [*browser_type_launch_args.get("args", []), *QUIET, *root]
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Chinese reader at the width of the design, who has asked for less motion."""
    reader = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
    return {
        **browser_context_args,
        **reader,
        "viewport": {"width": 1440, "height": 900},
        "service_workers": "block",
    }


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """One context for each kind of reader: what a page has fetched once, the next test's page has at hand."""
    made: dict[str, BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def context(
    browser: Browser,
    browser_context_args: dict[str, Any],
    base_url: str,
    contexts: dict[str, BrowserContext],
    request: pytest.FixtureRequest,
) -> Iterator[BrowserContext]:
    """The context of this test's kind of reader, who has never been here before, except that the files are at hand."""
    marked = request.node.get_closest_marker("browser_context_args")
    reader = {**browser_context_args, **(marked.kwargs if marked else {}), "base_url": base_url}
    kind = json.dumps(reader, sort_keys=True)
    if kind not in contexts:
        contexts[kind] = browser.new_context(**reader)
    yield contexts[kind]
    for page in contexts[kind].pages:
        page.close()


@pytest.fixture
def page(context: BrowserContext, base_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page whose test fails on console errors, page errors, 4xx and 5xx, and requests to other machines.

    `@pytest.mark.expects_failures` lets 4xx answers and the console errors that they cause pass.
    """
    page = context.new_page()
    forget = {"origin": base_url, "storageTypes": "local_storage"}
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)
    tolerant = request.node.get_closest_marker("expects_failures") is not None
    bad: list[str] = []

    def guard(asked: Request) -> None:  # watched, not routed: routing would switch the browser's cache off
        if not asked.url.startswith((base_url, "data:", "blob:")):
            bad.append(f"left the machine: {asked.url}")

    page.on("pageerror", lambda error: bad.append(f"page error: {error}"))
    page.on(
        "requestfailed",
        # A page may take back its own question: a new run ends the one before it.
        lambda failed: bad.append(f"{failed.url} {failed.failure}") if failed.failure != "net::ERR_ABORTED" else None,
    )
    page.on(
        "response",
        lambda got: bad.append(f"{got.status} {got.url}") if is_bad(got.status, tolerant) else None,
    )
    if not tolerant:
        page.on("console", lambda said: bad.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("request", guard)
    page.set_default_timeout(PATIENCE)
    yield page
    assert not bad, bad


def is_bad(status: int, tolerant: bool) -> bool:
    """Whether a test fails on this status."""
    return status >= (500 if tolerant else 400)
