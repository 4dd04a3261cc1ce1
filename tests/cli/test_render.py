"""`backpass render` where there is nothing to draw with. Its pictures are looked at in tests/browser/test_render.py."""

from __future__ import annotations

import json
import sys

import pytest

from app.cli import link, steps
from app.service import jobs
from tests.cli.running import Typed

PROGRAM = b"import torch\nx = torch.ones(2, requires_grad=True)\n(x * x).sum().backward()"


def test_without_playwright_one_sentence_and_3(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    done = typed("render", "-", "--quiet", stdin=PROGRAM)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"backpass render: pictures need the extra 'render': pip install 'backpass[render]'\n"


def test_without_chromium_one_sentence_and_3(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    done = typed("render", "-", stdin=PROGRAM)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"backpass render: CHROMIUM=/nowhere/chromium: no such program\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "pdf"],
        ["--width", "10"],
        ["--height", "x"],
        ["--step", "-1"],
        ["--step", "1", "--op", "1"],
        ["--lang", "fr"],
    ],
)
def test_wrong_options_are_usage(typed: Typed, arguments: list[str]) -> None:
    done = typed("render", "-", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"usage: backpass render" in done.stderr


def test_the_steps_are_in_the_page_s_order() -> None:
    told = json.loads(jobs.run("trace", {"cells": [PROGRAM.decode()]}).body)
    assert steps.steps(told) == [0, 1, None, 1, 0, None]
    assert steps.step_of(0, told) == 4
    assert steps.step_of(7, told) is None


def test_a_link_is_as_the_page_writes_it() -> None:
    fragment = link.fragment({"cells": ["a = '∂'"]})
    assert fragment.startswith("#1.")
    assert fragment.isascii()
    assert not set("+/=") & set(fragment)
