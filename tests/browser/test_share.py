"""The share menu: link, embed code, and what is shown as files that open by themselves."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser.workbench import open_start

CLIPBOARD = """() => {
  window.copied = [];
  document.addEventListener("copy", () => window.copied.push(String(document.activeElement?.value ?? "")), true);
  Object.defineProperty(navigator, "clipboard", { value: undefined });
}"""


@pytest.fixture
def opened(page: Page) -> Page:
    """Softmax in English, its element x[1] selected, on a browser whose clipboard the test reads."""
    page.add_init_script(f"({CLIPBOARD})()")
    open_start(page, "/#program=softmax&step=3&at=0.1&lang=en")
    page.wait_for_selector(".step")
    return page


def choose(page: Page, name: str) -> None:
    """Opens the menu and does one thing of it."""
    page.click(".share-button")
    page.get_by_role("menuitem", name=name).click()


def saved(page: Page, name: str) -> Download:
    """The file that one choice hands to the browser."""
    with page.expect_download() as waiting:
        choose(page, name)
    return waiting.value


def copied(page: Page) -> str:
    """What the page put on the clipboard last."""
    page.wait_for_function("window.copied.length > 0")
    return str(page.evaluate("window.copied.at(-1)"))


def test_a_link_holds_the_moment_and_the_way_it_is_looked_at(opened: Page) -> None:
    opened.click(".theme-button")
    opened.get_by_role("menuitemradio", name="Dark").click()
    opened.locator(".step").nth(2).click()
    choose(opened, "Copy link")
    link = copied(opened)
    assert link == opened.url
    assert re.search(r"#program=softmax&step=2&at=0\.1&lang=en&theme=dark$", link)
    opened.evaluate("localStorage.clear()")
    opened.goto("about:blank")
    open_start(opened, link)
    expect(opened.locator(".step").nth(2)).to_have_attribute("aria-current", "step")
    expect(opened.locator("html")).to_have_attribute("data-theme", "dark")
    assert opened.evaluate("localStorage.getItem('backpass-theme')") is None, "a link's theme is not the reader's"


def test_the_keyboard_copies_a_link_at_once(opened: Page) -> None:
    opened.keyboard.press("Control+Shift+L")
    assert copied(opened).endswith("#program=softmax&step=3&at=0.1&lang=en")
    expect(opened.locator(".share-button")).to_have_text("Link copied")


def test_the_embed_code_carries_a_title_in_the_reader_s_language(opened: Page, base_url: str) -> None:
    choose(opened, "Copy embed code")
    snippet = copied(opened)
    assert snippet.startswith('<iframe title="Backpass, backward pass of: ')
    assert f'src="{base_url}/embed?lang=en#program=softmax&amp;step=3&amp;at=0.1&amp;lang=en"' in snippet
    assert snippet.endswith('width="800" height="500" loading="lazy"></iframe>')


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_drawing_opens_as_a_file_and_looks_as_it_did(
    page: Page, browser: Browser, tmp_path: Path, theme: str
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    open_start(page, "/#program=softmax&step=3&at=0.1&lang=en")
    download = saved(page, "Export SVG")
    assert download.suggested_filename == "softmax.svg"
    path = tmp_path / "softmax.svg"
    download.save_as(path)
    text = path.read_text("utf-8")
    assert "var(" not in text
    assert "class=" not in text
    ground = page.locator("#canvas").evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground in text
    drawn = ["".join(node.itertext()) for node in ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]
    shown = page.locator("#canvas svg.diagram text").evaluate_all("nodes => nodes.map(node => node.textContent)")
    assert drawn == shown
    file = browser.new_page()
    file.goto(path.as_uri())
    fill = "node => getComputedStyle(node).fill"
    rim = file.locator("path[stroke]").first
    expect(rim).to_be_attached()
    assert file.locator("text").first.evaluate(fill) == page.locator("#canvas text").first.evaluate(fill)
    file.close()


HAND_OVER = """(format) => new Promise((done) => document.dispatchEvent(new CustomEvent("backpass:picture", {
  detail: { format, give: async (blob) => done(blob && [blob.type, await blob.text()]) },
})))"""


def test_a_file_brings_its_faces_and_its_letters_look_the_same_without_the_page(
    opened: Page, browser: Browser, tmp_path: Path
) -> None:
    saved(opened, "Export SVG").save_as(tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text("utf-8")
    assert re.findall(r'font-family:"([^"]+)"', text)
    assert "src:url(data:font/woff2;base64," in text
    assert len(text) < 500_000
    widths = "nodes => nodes.map((node) => Math.round(node.getComputedTextLength()))"
    file = browser.new_page()
    file.goto((tmp_path / "a.svg").as_uri())
    file.evaluate("document.fonts.ready")
    shown = opened.locator("#canvas svg.diagram text")
    assert file.locator("text").evaluate_all(widths) == shown.evaluate_all(widths)
    assert file.evaluate("[...document.fonts].every((face) => face.status !== 'error')")
    file.close()


def test_a_script_gets_the_picture_and_the_page_shows_nothing_of_it(opened: Page) -> None:
    before = opened.locator("body").inner_html()
    kind, text = opened.evaluate(HAND_OVER, "svg")
    assert kind == "image/svg+xml"
    ElementTree.fromstring(text)
    assert opened.evaluate(HAND_OVER, "png")[0] == "image/png"
    assert opened.locator("body").inner_html() == before


def test_the_picture_is_twice_as_sharp(opened: Page, tmp_path: Path) -> None:
    drawing, picture = saved(opened, "Export SVG"), saved(opened, "Export PNG")
    assert picture.suggested_filename == "softmax.png"
    drawing.save_as(tmp_path / "a.svg")
    picture.save_as(tmp_path / "a.png")
    frame = ElementTree.parse(tmp_path / "a.svg").getroot()
    data = (tmp_path / "a.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (2 * int(frame.attrib["width"]), 2 * int(frame.attrib["height"]))
    assert len(data) > 20_000, "more than an empty sheet"


def test_the_trace_is_exactly_what_the_server_answered(page: Page, tmp_path: Path) -> None:
    with page.expect_response("**/api/trace") as answer:
        open_start(page, "/#program=softmax&lang=en")
    page.wait_for_selector(".step")
    download = saved(page, "Export trace")
    assert download.suggested_filename == "softmax.json"
    download.save_as(tmp_path / "a.json")
    assert (tmp_path / "a.json").read_bytes() == answer.value.body()
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["ops"]


def test_without_a_picture_there_are_links_only(page: Page) -> None:
    page.route("**/api/trace", lambda route: None)
    open_start(page)
    page.fill("#paste", "1 + 1")
    page.click(".paste [type=submit]")
    page.click(".share-button")
    expect(page.get_by_role("menuitem")).to_have_count(2)
