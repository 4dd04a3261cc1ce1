"""The frames of the notebook in examples/ open the page at the program and the step that the notebook says."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.workbench import open_start
from tests.examples.notebook import PATH, executed, frames


def test_its_frames_open_the_program_at_the_step(page: Page, base_url: str, tmp_path: Path) -> None:
    found = [re.search(r'src="([^"]+)"', one) for one in frames(executed(base_url, tmp_path))]
    first, second = (html.unescape(one[1]) for one in found if one)
    assert first.startswith(f"{base_url}/embed?lang=en#1.")
    page.set_viewport_size({"width": 800, "height": 500})
    open_start(page, second)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.click(".guest button")
    expect(page.locator("[data-step='2']")).to_have_attribute("aria-current", "step")
    program = next(
        cell for cell in json.loads(PATH.read_text("utf-8"))["cells"] if "softmax" in "".join(cell["source"])
    )
    line = next(text for text in program["source"] if "softmax" in text).strip()
    page.click("[data-tab=code]")
    expect(page.locator(".cm-content").first).to_contain_text(line)
