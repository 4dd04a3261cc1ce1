"""The content security policy is kept on every page, whatever a reader does there: no violation, no console error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_share import saved
from tests.browser.walking import open_program
from tests.browser.workbench import open_start, paste

WATCH = """addEventListener("securitypolicyviolation", (event) =>
  window.broken([event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(" ")))"""
ERROR = ["import torch\na = torch.ones(2, 3, requires_grad=True)\nc = a * 2\n", "c.backward()"]


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page whose violations fail the test; what reaches the console fails it already."""
    broken: list[str] = []
    page.expose_function("broken", lambda words: broken.append(words))
    page.add_init_script(WATCH)
    yield page
    page.wait_for_timeout(100)
    assert broken == []


def policy(page: Page, path: str) -> str:
    """The header that this page came with."""
    answer = page.request.get(path, headers={"Accept": "text/html"})
    return answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/embed", "/docs", "/privacy", "/no-such-page"])
def test_the_policy_of_a_page_has_no_unsafe_words(page: Page, path: str) -> None:
    text = policy(page, path)
    assert "unsafe" not in text
    assert "default-src 'none'" in text
    assert not re.search(r"(script|style|connect|worker)-src[^;]*(\*|data:|blob:|https?:)", text)


@pytest.mark.expects_failures
def test_the_watch_sees_a_violation(page: Page) -> None:
    seen: list[str] = []
    page.expose_function("broken", lambda words: seen.append(words))
    page.add_init_script(WATCH)
    open_start(page)
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)
    assert seen
    assert seen[0].startswith("style-src")


def test_start_page_gallery_and_every_menu(watched: Page) -> None:
    open_start(watched, "/?lang=en")
    watched.locator(".gallery .live-card").nth(12).scroll_into_view_if_needed()
    watched.fill(".gallery input[type=search]", "softmax")
    for button in (".program-button", ".theme-button"):
        watched.click(button)
        watched.keyboard.press("Escape")
    watched.click(".help-button")
    expect(watched.locator("#glossary")).to_be_visible()
    watched.keyboard.press("Escape")
    watched.click("[data-lang=zh]")


@pytest.mark.parametrize("program", ["softmax", "matmul-both-sides", "small-network", "accumulation", "in-place-rows"])
def test_the_workspace_with_every_panel(watched: Page, program: str) -> None:
    open_program(watched, f"/?lang=en#program={program}")
    for name in ("tensors", "mixed", "elements"):  # the layouter's worker starts with the first two
        watched.click(f".level-switch [data-level={name}]")
        watched.wait_for_timeout(400)
    for choice in (
        "[data-ask=why]",
        "[data-ask=curve]",
        ".weights-switch",
        ".g-toggle",
        ".run-enter",
        "[data-modules=unfold]",
    ):
        button = watched.locator(f"{choice}:visible")
        if button.count():
            button.first.click()
            watched.wait_for_timeout(200)
    for select in watched.locator("#inspector select:visible").all():
        for option in select.locator("option").evaluate_all("all => all.map(one => one.value)"):
            if select.is_visible():
                select.select_option(option)
    for key in ("ArrowLeft", "Space", "Space", "p", "p"):
        watched.keyboard.press(key)
    watched.emulate_media(media="print")
    watched.wait_for_timeout(200)


def test_editor_completion_and_error(watched: Page) -> None:
    open_start(watched, "/?lang=en")
    paste(watched, ERROR)
    expect(watched.locator("#fault")).to_be_visible()
    watched.locator(".cm-content").first.click()
    watched.keyboard.press("Control+End")
    watched.keyboard.type("\ntorch.soft")
    expect(watched.locator(".cm-tooltip-autocomplete")).to_be_visible()
    watched.keyboard.press("Tab")
    watched.keyboard.press("Shift+Enter")
    watched.locator(".fault [data-fix]").first.click()
    watched.wait_for_timeout(500)


def test_share_menu_and_files(watched: Page, tmp_path: Path) -> None:
    open_program(watched, "/?lang=en#program=softmax")
    for name in ("Export SVG", "Export PNG", "Export trace"):
        saved(watched, name).save_as(tmp_path / "file")
        assert (tmp_path / "file").stat().st_size > 1000
    watched.keyboard.press("Control+Shift+L")
    watched.wait_for_timeout(200)


def test_embedding_and_projector(watched: Page) -> None:
    open_program(watched, "/embed?lang=en#program=softmax")
    for tab in ("table", "code", "diagram"):
        watched.click(f"[data-tab={tab}]")
    open_program(watched, "/?lang=en#program=softmax&place=projector")
    watched.click(".chain-switch")
    watched.wait_for_timeout(300)


@pytest.mark.parametrize("path", ["/docs", "/privacy"])
def test_pages_of_words(watched: Page, path: str) -> None:
    answer: Any = watched.goto(path)
    assert answer.status == 200
    watched.wait_for_load_state("load")


@pytest.mark.expects_failures
def test_the_page_that_is_not_there(watched: Page) -> None:
    watched.goto("/no-such-page?lang=en")
    watched.get_by_role("link").last.click()
    watched.wait_for_selector("html[data-ready]")
