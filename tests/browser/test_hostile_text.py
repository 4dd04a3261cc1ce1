"""Whatever a program, an answer or a link says is text: on the page, in its drawing as a file, in its titles."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_share import saved
from tests.browser.workbench import PROGRAM, Server, cell, failed_trace, open_start, paste, trace

MARKUP: Final = '</script></style></title><img src=x onerror="window.hit=1"><svg onload="window.hit=1">'
TEXTS: Final = {
    "markup": MARKUP,
    "prototype": "__proto__",
    "bidi": "\u202ereversed\u2066 x",
    "surrogate": "a\ud800b",
    "control": "a\u0000b\u0007c\u001bd\u0085e\ufffef",
    "zero-width": "a\u200bb\ufeffc\u2060d",
    "long": "n" * 10_000,
    "placeholder": "{name} $& $1 %s {{ 7*7 }}",
}
# Elements that only markup from a text could have made.
MADE: Final = """() => [...document.querySelectorAll("img, iframe, object, embed, script, style, [onerror], [onload]")]
  .filter((node) => !node.matches(".cm-widgetBuffer, script[nonce], script#strings, head style, link"))
  .map((node) => node.outerHTML.slice(0, 200))"""


def hostile(text: str) -> dict[str, Any]:
    """An answer in which everything that a program can name or say is this text."""
    answer = trace()
    for number, tensor in enumerate(answer["tensors"]):
        tensor |= {"label": text}
        tensor["name"] = text if number in (0, 2) else tensor["name"]
    for op in answer["ops"]:
        op |= {"name": text, "grad_fn": text, "params": {text: text}, "module": 0}
        op["relations"][0] |= {"local": text, "symbols": [{"where": "all", "tex": text}]}
    answer["modules"] = [
        {
            "id": 0,
            "name": text,
            "class": text,
            "parent": None,
            "ops": [0, 1],
            "inputs": [0],
            "outputs": [3],
            "parameters": [],
            "span": None,
        }
    ]
    notice = {"code": text, "line": 1, "en": text, "zh": text}
    answer["cells"] = [cell(stdout=text, notices=[notice]), cell(result=text)]
    return answer


def is_clean(page: Page) -> None:
    """Nothing was made of the texts but text."""
    assert page.evaluate(MADE) == []
    assert page.evaluate("window.hit") is None
    assert page.evaluate("({}).polluted") is None


@pytest.mark.parametrize("kind", TEXTS)
def test_names_prints_and_labels_are_text(page: Page, browser: Browser, tmp_path: Path, kind: str) -> None:
    server = Server(page)
    server.answer = hostile(TEXTS[kind])
    open_start(page, "/?lang=en")
    paste(page, PROGRAM)
    said = page.locator(".cell-output").first
    expect(said).to_be_visible()
    assert said.text_content() or kind == "zero-width"
    for name in ("tensors", "mixed", "elements"):
        page.click(f".level-switch [data-level={name}]")
        page.wait_for_timeout(300)
        is_clean(page)
    page.locator("#canvas .node").first.hover()
    drawing = tmp_path / "a.svg"
    saved(page, "Export SVG").save_as(drawing)
    page.click("[data-room=projector]")
    expect(page.locator(".projection")).to_be_visible()
    is_clean(page)
    root = ElementTree.parse(drawing).getroot()
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert tags.isdisjoint({"script", "foreignObject", "iframe", "img"})
    assert not [name for node in root.iter() for name in node.attrib if name.lower().startswith("on")]
    opened = browser.new_page()
    opened.goto(drawing.as_uri())
    assert opened.evaluate("window.hit") is None
    assert opened.locator("parsererror").count() == 0
    opened.close()


@pytest.mark.parametrize("kind", ["markup", "bidi", "control", "long"])
def test_an_error_s_words_are_text(page: Page, kind: str) -> None:
    server = Server(page)
    answer = failed_trace()
    error = answer["error"] | {"message": TEXTS[kind], "type": TEXTS[kind][:40]}
    error["hint"] = {"code": "x", "en": TEXTS[kind], "zh": TEXTS[kind]}
    answer["error"] = error
    answer["cells"][1]["error"] = error
    answer["backward"][0]["error"] = error | {"op": None}
    server.answer = answer
    open_start(page, "/?lang=en")
    paste(page, PROGRAM)
    expect(page.locator("#fault")).to_be_visible()
    expect(page.locator(".error-original").first).to_be_visible()
    is_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def packed(moment: str) -> str:
    """A fragment as the page writes them."""
    squeezed = zlib.compress(moment.encode())[2:-4]
    return "#1." + base64.urlsafe_b64encode(squeezed).decode().rstrip("=")


MOMENTS: Final = {
    "code": json.dumps({"cells": [f"print('{MARKUP}')", "__proto__ = 1"], "step": 0}),
    "prototype": '{"cells": ["x = 1"], "__proto__": {"polluted": 1}, "wrt": {"__proto__": 1}, "constructor": {"a": 1}}',
    "numbers": '{"cells": ["x = 1"], "step": 1e308, "run": {"1": 99999999999}, "modules": {"0": {"a": 1}}}',
    "fields": json.dumps({"cells": ["x = 1"], "theme": MARKUP, "lang": MARKUP, "level": MARKUP, "place": "embed"}),
}


@pytest.mark.parametrize("kind", MOMENTS)
@pytest.mark.parametrize("room", ["/", "/embed"])
def test_a_stranger_s_link_is_shown_and_not_obeyed(page: Page, kind: str, room: str) -> None:
    open_start(page, f"{room}?lang=en{packed(MOMENTS[kind])}")
    expect(page.locator(".guest")).to_be_visible()
    is_clean(page)
    assert page.locator("html").get_attribute("data-theme") in ("auto", "light", "dark")
    page.click(".guest button")
    expect(page.locator(".guest")).to_be_hidden()
    page.wait_for_timeout(500)
    is_clean(page)


def test_a_plain_fragment_and_the_search_box_are_text(page: Page) -> None:
    open_start(page, "/?lang=en#program=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&wrt=__proto__.1")
    expect(page.locator("#failure")).to_contain_text("<img src=x onerror=alert(1)>")
    page.fill(".gallery input[type=search]", MARKUP)
    page.wait_for_timeout(300)
    is_clean(page)


PROGRAMS: Final = {
    "prints": f"print({MARKUP!r})\nprint('\\u202e\\u0000\\u001b[31m\\ud800\\u200b')",
    "raises": f"raise ValueError({MARKUP!r} + '\\ud800')",
    "modules": (
        "import torch\nfrom torch import nn\n"
        "net = nn.ModuleDict({'<img src=x onerror=hit()>': nn.Linear(2, 2), '__proto__': nn.Linear(2, 1)})\n"
        "h = net['<img src=x onerror=hit()>'](torch.ones(1, 2)).relu()\nnet['__proto__'](h).sum().backward()"
    ),
    "names": (
        "import torch\n__proto__ = torch.ones(2, requires_grad=True)\nconstructor = __proto__ * 2\n"
        "toString = constructor.sum()\ntoString.backward()\n" + "n" * 5000 + " = 1"
    ),
}


@pytest.mark.parametrize("kind", PROGRAMS)
def test_real_programs_that_try_it(page: Page, tmp_path: Path, kind: str) -> None:
    open_start(page, "/?lang=en")
    paste(page, [PROGRAMS[kind]])
    page.wait_for_timeout(800)
    is_clean(page)
    if page.locator("#canvas .world > *").count():
        saved(page, "Export SVG").save_as(tmp_path / "a.svg")
        ElementTree.parse(tmp_path / "a.svg")
