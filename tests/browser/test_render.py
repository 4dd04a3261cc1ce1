"""`backpass render`: the picture is the page's own, of the moment that was asked for."""

from __future__ import annotations

import re
import struct
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, Route, expect

from app.cli import browser, link
from tests.browser.workbench import open_start
from tests.cli.running import backpass

PROGRAM = """import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x * 3
z = y.sum()
z.backward()
"""
WIDE = """import torch
x = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)
w = torch.tensor([[1., -1.], [0.5, 2.]], requires_grad=True)
torch.softmax(x @ w, dim=1)[:, 0].sum().backward()
"""  # wide enough for a graph of tensors, which a worker of the browser lays out
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A program of two operations: steps 0 and 1 forward, then seed, sum, mul, and the booking."""
    path = tmp_path / "net.py"
    path.write_text(PROGRAM, "utf-8")
    return path


def texts(svg: bytes) -> list[str]:
    """Every text of a drawing, in order."""
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def opened(page: Page, fragment: str) -> None:
    """The page at a moment of the program."""
    open_start(page, f"/?lang=en{fragment}")
    page.click(".guest button")
    page.wait_for_selector(".step")


def test_the_svg_is_what_the_page_shows(page: Page, file: Path) -> None:
    done = backpass("render", file, "--step", "3")
    assert (done.returncode, done.stderr) == (0, b"")
    opened(page, link.fragment({"cells": [PROGRAM], "step": 3, "lang": "en", "theme": "light"}))
    expect(page.locator(".step").nth(3)).to_have_attribute("aria-current", "step")
    shown = page.locator("#canvas svg.diagram text").evaluate_all("nodes => nodes.map(node => node.textContent)")
    assert texts(done.stdout) == shown


def test_the_picture_of_an_operation_in_chinese_and_dark(page: Page, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "mul.svg"
    done = backpass("render", file, "--op", "0", "--lang", "zh", "--theme", "dark", "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    opened(page, link.fragment({"cells": [PROGRAM], "step": 4, "lang": "zh", "theme": "dark"}))
    expect(page.locator(".step").nth(4)).to_have_attribute("data-link", "o:0")
    drawing = out.read_bytes()
    shown = page.locator("#canvas svg.diagram text").evaluate_all("nodes => nodes.map(node => node.textContent)")
    assert texts(drawing) == shown
    assert page.locator("#canvas").evaluate("node => getComputedStyle(node).backgroundColor") in drawing.decode()


def test_a_png_by_its_name_has_room_as_asked_and_twice_the_pixels(page: Page, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    done = backpass("render", file, "--width", "500", "--height", "300", "-o", out)
    assert (done.returncode, done.stderr) == (0, b"")
    data = out.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert 500 < width <= 1000
    assert 100 < height <= 600


def test_a_failed_program_is_drawn_as_far_as_it_got(page: Page) -> None:
    done = backpass("render", "-", stdin=PROGRAM.replace("z.backward", "y.backward").encode())
    assert done.returncode == 1
    assert "y" in " ".join(texts(done.stdout))
    assert done.stderr.startswith(b"<stdin>:5: RuntimeError: grad can be implicitly created only")


def test_a_step_that_there_is_not_names_the_steps_that_there_are(page: Page, file: Path) -> None:
    done = backpass("render", file, "--step", "6")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"backpass render: --step 6: the steps of this program are 0 to 5\n"


def test_python_and_the_page_pack_a_link_to_the_same_moment(page: Page) -> None:
    opened(page, link.fragment({"cells": ["import torch\n", PROGRAM], "step": 1, "lang": "en"}))
    expect(page.locator(".cell")).to_have_count(2)
    expect(page.locator(".step").nth(1)).to_have_attribute("aria-current", "step")
    assert re.search(r"#1\.[\w-]+$", page.url)


def test_a_drawing_that_is_still_laid_out_is_waited_for(page: Page) -> None:
    def slow(route: Route) -> None:
        time.sleep(1.5)
        route.continue_()

    page.route("**/elk-worker*", slow)
    opened(page, link.fragment({"cells": [WIDE], "lang": "en"}))
    browser.come_to_rest(page)
    assert page.locator("#canvas .empty-diagram").count() == 0
