"""/embed inside a page of another origin: its own bar, one operation, no scroll capture, nothing starts by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserType, FrameLocator, Page, expect

from tests.browser.origins import Host, backpass, serving
from tests.browser.workbench import open_start


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """The other origin: another host name and port."""
    with serving(Host) as port:
        yield f"http://localhost:{port}"


@pytest.fixture
def guest(browser: Browser) -> Iterator[Page]:
    """A page without the guard against other machines' addresses."""
    page = browser.new_page(viewport={"width": 1000, "height": 700}, locale="en-GB")
    page.set_default_timeout(30_000)
    yield page
    page.close()


def embed(page: Page, host: str, base_url: str, fragment: str, **frame: str) -> FrameLocator:
    """Opens the host page with the embedded one."""
    page.goto(f"{host}/?{urlencode({'src': f'{base_url}/embed?lang=en#{fragment}', **frame})}")
    return page.frame_locator("iframe")


def shown(frame: FrameLocator) -> FrameLocator:
    """Once it listens."""
    frame.locator("html[data-ready]").wait_for()
    return frame


def test_it_runs_in_another_origin_s_frame_and_leaves_the_wheel_to_it(guest: Page, host: str, base_url: str) -> None:
    frame = shown(embed(guest, host, base_url, "program=softmax&step=2&at=0.1"))
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


SOFTMAX = "program=softmax&step=2&at=0.1"


@pytest.mark.parametrize(("width", "height"), [("800", "500"), ("400", "600")])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_small_frame_holds_every_part(
    guest: Page, host: str, base_url: str, width: str, height: str, lang: str
) -> None:
    frame = shown(embed(guest, host, base_url, f"{SOFTMAX}&lang={lang}", width=width, height=height))
    expect(frame.locator("html")).to_have_attribute("lang", "zh-CN" if lang == "zh" else "en")
    expect(frame.locator("#canvas .node").first).to_be_visible()
    over = "node => [node.scrollWidth - innerWidth, node.scrollHeight - innerHeight]"
    assert max(frame.locator("html").evaluate(over)) <= 0
    inside = "node => { const b = node.getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth; }"
    for part in (".embed-open", ".embed-tabs", ".transport", ".statement"):
        assert frame.locator(part).evaluate(inside), part
    name = frame.locator(".embed-open").evaluate("node => node.textContent.trim()")
    assert name.startswith("打开" if lang == "zh" else "Open")


def test_open_leads_to_the_whole_page_in_a_tab_of_its_own(guest: Page, host: str, base_url: str) -> None:
    frame = shown(embed(guest, host, base_url, SOFTMAX))
    with guest.expect_popup() as opened:
        frame.locator(".embed-open").click()
    opened.value.wait_for_selector("html[data-ready]")
    assert opened.value.url.startswith(f"{base_url}/?lang=en#program=softmax&step=2&at=0.1")
    assert opened.value.evaluate("window.opener") is None
    opened.value.close()


REFUSING = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });"""
THROWING = """for (const name of ["getItem", "setItem", "removeItem"])
  Storage.prototype[name] = () => { throw new DOMException("no", "QuotaExceededError"); };"""


@pytest.mark.parametrize("storage", [REFUSING, THROWING], ids=["refused", "throwing"])
@pytest.mark.parametrize("room", ["/embed", "/"])
def test_it_works_without_storage(page: Page, storage: str, room: str) -> None:
    page.add_init_script(storage)
    open_start(page, f"{room}?lang=en#{SOFTMAX}")
    expect(page.locator("#canvas .node").first).to_be_visible()


def test_third_party_storage_may_be_blocked(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], base_url: str
) -> None:
    launched = browser_type_launch_args
    blocking = ["--test-third-party-cookie-phaseout", "--block-third-party-cookies"]
    browser = browser_type.launch(**{**launched, "args": [*launched["args"], *blocking]})
    with serving(Host) as port:
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        frame = shown(embed(page, f"http://localhost:{port}", base_url, SOFTMAX))
        expect(frame.locator("#canvas .node").first).to_be_visible()
    browser.close()


def test_a_sandbox_that_keeps_the_origin_works(guest: Page, host: str, base_url: str) -> None:
    frame = shown(embed(guest, host, base_url, SOFTMAX, sandbox="allow-scripts allow-same-origin"))
    expect(frame.locator("#canvas .node").first).to_be_visible()
    expect(frame.locator(".sandboxed")).to_be_hidden()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sandbox_that_takes_the_origin_is_told_honestly(guest: Page, host: str, base_url: str, lang: str) -> None:
    source = f"{base_url}/embed?lang={lang}#{SOFTMAX}"
    query = {"src": source, "sandbox": "allow-scripts allow-popups allow-popups-to-escape-sandbox"}
    guest.goto(f"{host}/?{urlencode(query)}")
    frame = guest.frame_locator("iframe")
    words = frame.locator(".sandboxed")
    expect(words).to_contain_text(
        "Backpass 连自己的文件都取不到" if lang == "zh" else "Backpass cannot load its own files"
    )
    assert frame.locator("body > :visible").count() == 1
    with guest.expect_popup() as opened:
        words.get_by_role("link").click()
    opened.value.wait_for_selector("html[data-ready]")
    assert opened.value.url.startswith(f"{base_url}/?lang={lang}#program=softmax")
    opened.value.close()


def test_anybody_may_frame_the_embedded_page_and_nobody_the_whole_one(guest: Page, host: str, base_url: str) -> None:
    embedded = guest.request.get(f"{base_url}/embed").headers
    assert "x-frame-options" not in embedded
    whole = guest.request.get(f"{base_url}/").headers
    assert whole["content-security-policy"].endswith("frame-ancestors 'self'")
    assert whole["x-frame-options"] == "SAMEORIGIN"
    guest.goto(f"{host}/?{urlencode({'src': base_url})}")
    guest.wait_for_timeout(500)
    assert is_refused(guest)


def is_refused(page: Page) -> bool:
    """Whether the frame shows the browser's own page instead of ours."""
    return page.frames[1].url.startswith("chrome-error:")


def test_a_list_of_ancestors_rules_the_embedded_page_too(guest: Page, host: str) -> None:
    with backpass(frame_ancestors="https://lms.example.org") as url:
        embed(guest, host, url, SOFTMAX)
        guest.wait_for_timeout(500)
        assert is_refused(guest)
        assert "x-frame-options" not in guest.request.get(f"{url}/").headers, "it cannot name another origin"
    with backpass(frame_ancestors=f"https://lms.example.org {host}") as url:
        frame = shown(embed(guest, host, url, SOFTMAX))
        expect(frame.locator("#canvas .node").first).to_be_visible()
        guest.goto(f"{host}/?{urlencode({'src': url})}")
        guest.frame_locator("iframe").locator("html[data-ready]").wait_for()
