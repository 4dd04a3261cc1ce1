"""Behind a proxy under a path, stripped or not: every file, question, link and snippet stays below that path."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.origins import Prefixed, backpass, serving
from tests.browser.test_share import CLIPBOARD, choose, copied

PREFIX = "/course/backpass"


@pytest.fixture(scope="module", params=["strips", "keeps"])
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the start page behind the proxy."""
    with backpass(root_path=PREFIX) as url:
        way = {"upstream": urlsplit(url).netloc, "prefix": PREFIX, "strips": request.param == "strips"}
        with serving(type("Proxy", (Prefixed,), way)) as port:
            yield f"http://127.0.0.1:{port}{PREFIX}"


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Page]:
    """A page whose test fails when anything is asked above the path, or fails."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(30_000)
    page.add_init_script(f"({CLIPBOARD})()")
    astray: list[str] = []
    page.on("request", lambda sent: astray.append(sent.url) if not below(sent.url, site) else None)
    page.on("response", lambda got: astray.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.on("pageerror", lambda error: astray.append(str(error)))
    page.on("console", lambda said: astray.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert astray == []


def below(url: str, site: str) -> bool:
    """Whether an address is the site's."""
    return url.startswith((f"{site}/", "data:", "blob:"))


def open_at(page: Page, address: str) -> None:
    """Loads a page and waits until it listens."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


def test_a_program_runs_and_is_shared(reader: Page, site: str) -> None:
    open_at(reader, f"{site}/?lang=en#program=softmax")
    expect(reader.locator("#canvas .node").first).to_be_visible()
    reader.click(".level-switch [data-level=tensors]")  # its layouter is a worker with an address of its own
    expect(reader.locator("#canvas .fold").first).to_be_visible()
    choose(reader, "Copy link")
    assert copied(reader).startswith(f"{site}/?lang=en#program=softmax")
    choose(reader, "Copy embed code")
    assert f'src="{site}/embed?lang=en#program=softmax' in copied(reader)
    reader.click("[data-lang=zh]")
    reader.wait_for_url(f"{site}/?lang=zh#*")
    reader.click(".brand")
    expect(reader.locator("#start")).to_be_visible()
    expect(reader.locator(".starters .mini-frame .mini").first).to_be_attached()
    expect(reader.locator(".gallery .live-card").first).to_be_attached()


def test_every_link_of_every_page_stays_below_the_path(reader: Page, site: str) -> None:
    for path in ("/?lang=en", "/embed?lang=en", "/docs", "/privacy?lang=en"):
        reader.goto(f"{site}{path}")
        links = reader.locator("a[href]").evaluate_all("all => all.map((link) => link.href)")
        assert links
        assert all(below(link, site) for link in links), links
    reader.click("header a >> nth=0")
    reader.wait_for_selector("html[data-ready]")
    reader.locator(".start-more a").first.click()
    expect(reader.locator("h1")).to_contain_text("API")


def test_the_embedded_page_works_and_opens_the_whole_one(reader: Page, site: str) -> None:
    open_at(reader, f"{site}/embed?lang=en#program=softmax&step=2&at=0.1")
    expect(reader.locator("#canvas .node")).to_have_count(6)
    link = reader.locator(".embed-open")
    expect(link).to_have_attribute("href", f"{PREFIX}/?lang=en#program=softmax&step=2&at=0.1&lang=en")
    with reader.expect_popup() as opened:
        link.click()
    opened.value.wait_for_selector("html[data-ready]")
    assert opened.value.url.startswith(f"{site}/?lang=en#")
    opened.value.close()


def test_an_edge_question_and_a_run_go_to_the_site(reader: Page, site: str) -> None:
    open_at(reader, f"{site}/?lang=en#program=sin")
    with reader.expect_request(f"{site}/api/trace"):
        reader.click(".run-all")
    with reader.expect_request(f"{site}/api/edges"):
        reader.locator("[data-ask=curve]").click()
