"""/embed inside a page of another origin: its own bar, one operation, no scroll capture, nothing starts by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.workbench import open_start


class Host(BaseHTTPRequestHandler):
    """A page as long as two screens with one frame in it; the frame's address is the query."""

    def do_GET(self) -> None:
        address = self.path.partition("?")[2].replace("%23", "#")
        frame = f'<iframe title="t" src="{address}" width="800" height="500"></iframe>'
        body = f"<!doctype html><body style='height:3000px'>{frame}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def host() -> Iterator[str]:
    """The other origin: another host name and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def guest(browser: Browser) -> Iterator[Page]:
    """A page without the guard against other machines' addresses."""
    page = browser.new_page(viewport={"width": 1000, "height": 700}, locale="en-GB")
    page.set_default_timeout(30_000)
    yield page
    page.close()


def embed(page: Page, host: str, base_url: str, fragment: str) -> FrameLocator:
    """Opens the host page with the embedded one."""
    page.goto(f"{host}/?{base_url}/embed?lang=en%23{fragment}")
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    return frame


def test_it_runs_in_another_origin_s_frame_and_leaves_the_wheel_to_it(guest: Page, host: str, base_url: str) -> None:
    frame = embed(guest, host, base_url, "program=softmax&step=2&at=0.1")
    expect(frame.locator("#canvas .node")).to_have_count(6)
    expect(frame.locator(".statement")).to_have_value("y = torch.softmax(x, dim=0)")
    expect(frame.locator(".sum-line")).to_contain_text("−0.1628")
    expect(frame.locator(".transport button:visible")).to_have_count(3)
    expect(frame.locator("[data-step='2']")).to_have_attribute("aria-current", "step")
    assert not guest.evaluate("document.activeElement.matches('iframe')"), "the focus stays with the host's reader"
    guest.mouse.move(300, 200)
    guest.mouse.wheel(0, 300)
    guest.wait_for_function("scrollY > 0")
    guest.evaluate("scrollTo(0, 0)")
    frame.get_by_role("button", name="Step forward").click()
    expect(frame.locator("[data-step='3']")).to_have_attribute("aria-current", "step")


def test_the_four_rows_have_their_heights(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 500})
    open_start(page, "/embed?lang=en#program=cumsum&step=2")
    expect(page.locator(".sum-line")).to_be_visible()
    heights = [page.locator(name).bounding_box() for name in (".projector-bar", "#canvas", ".projection", "#timeline")]
    assert [round(box["height"]) for box in heights if box] == [44, 336, 62, 58]
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    assert page.evaluate("document.documentElement.scrollHeight") <= 500


def test_table_and_code_are_tabs_and_open_leads_to_the_same_moment(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 800, "height": 500})
    open_start(page, "/embed?lang=en#program=softmax&step=2&at=0.1")
    page.click("[data-tab=table]")
    expect(page.locator(".inspector-table")).to_be_visible()
    expect(page.locator(".inspector-why")).to_be_hidden()
    page.click("[data-tab=code]")
    expect(page.locator(".cm-content").first).to_be_visible()
    page.click("[data-tab=diagram]")
    expect(page.locator("#canvas .node").first).to_be_visible()
    link = page.locator(".embed-open")
    expect(link).to_have_attribute("href", "/?lang=en#program=softmax&step=2&at=0.1&lang=en")
    expect(link).to_have_attribute("target", "_blank")


def test_a_stranger_s_code_waits_for_the_reader(page: Page) -> None:
    open_start(page, "/?lang=en")
    page.fill("#paste", "import torch\nx = torch.ones(2, requires_grad=True)\n(x * 2).sum().backward()")
    page.click(".paste [type=submit]")
    page.wait_for_selector(".step")
    page.keyboard.press("Control+Shift+L")
    page.wait_for_url("**/*#1.*")
    fragment = page.url.partition("#")[2]
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.url.endswith("/api/trace") else None)
    page.goto("about:blank")
    open_start(page, f"/embed?lang=en#{fragment}")
    expect(page.locator(".guest button")).to_be_visible()
    assert asked == []
    page.click(".guest button")
    expect(page.locator("#canvas .node").first).to_be_visible()
    assert len(asked) == 1


def test_only_the_embedded_page_may_be_framed(page: Page, base_url: str) -> None:
    embedded = page.request.get(f"{base_url}/embed").headers
    assert "frame-ancestors 'self' *" in embedded["content-security-policy"]
    assert "x-frame-options" not in embedded
    whole = page.request.get(f"{base_url}/").headers
    assert whole["content-security-policy"].endswith("frame-ancestors 'self'")
    assert whole["x-frame-options"] == "SAMEORIGIN"
