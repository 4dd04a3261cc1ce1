"""Every program of the documents, pasted into the page and stepped through: leaf scores shown are the trace's."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, cast

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.workbench import open_start
from tests.documents import SHARED

PROGRAMS: Final = SHARED / "documents" / "programs.jsonl"


def programs() -> list[dict[str, Any]]:
    """The documents' programs; none where the folder is absent."""
    if not PROGRAMS.is_file():
        return []
    return [json.loads(line) for line in PROGRAMS.read_text("utf-8").splitlines()]


@pytest.mark.skipif(not PROGRAMS.is_file(), reason="the documents are not here")
@pytest.mark.parametrize("program", programs(), ids=lambda program: program["id"])
def test_leaf_scores_are_the_trace_s(page: Page, program: dict[str, Any]) -> None:
    open_start(page)
    page.fill("#paste", "\n# %%\n".join(program["cells"]))
    with page.expect_response("**/api/trace") as answered:
        page.click(".paste [type=submit]")
    trace = answered.value.json()
    sent = json.loads(answered.value.request.post_data or "{}")
    assert sent["cells"] == [cell.rstrip("\n") for cell in program["cells"]]
    last = page.locator(".step:not([data-kind=forward])").last
    expect(last).to_have_attribute("aria-current", "step")
    walk_all(page)
    call = max(
        (call for call in trace["backward"] if call["scores"]),
        key=lambda call: (call["after_op"], call["id"]),
    )
    steps_of_call = page.locator(f".group:has-text('第 {trace['backward'].index(call) + 1} 次反向') .step")
    steps_of_call.last.click()
    assert compare_leaves(page, trace, call) > 0


def walk_all(page: Page) -> None:
    """Every step of the timeline once, by keyboard."""
    page.locator("#canvas").focus()
    page.keyboard.press("Home")
    while True:
        here = page.locator(".step[aria-current=step]").get_attribute("data-step")
        page.keyboard.press("Shift+ArrowRight")
        if page.locator(".step[aria-current=step]").get_attribute("data-step") == here:
            return


def compare_leaves(page: Page, trace: dict[str, Any], call: dict[str, Any]) -> int:
    """Holds every leaf score that is shown to the trace's; returns how many there were."""
    compared = 0
    leaves = {tensor["id"] for tensor in trace["tensors"] if tensor["is_leaf"]}
    for score in call["scores"]:
        if score["tensor"] in leaves and score["values"] is not None:
            shown = shown_scores(page, score["tensor"])
            for place, text in shown.items():
                assert same(text, score["values"][place]), (score, place, text)
            compared += len(shown)
    return compared


def shown_scores(page: Page, tensor: int) -> dict[int, str]:
    """The texts of a tensor's scores by flat index: on its nodes, or under its formula where it is a folded card."""
    nodes = page.locator(f"#canvas .node[data-tensor='{tensor}']:has(.node-score)")
    shown = nodes.evaluate_all(
        "nodes => nodes.map(node => [+node.dataset.element, node.querySelector('.node-score').textContent])"
    )
    if not shown:
        tiles = page.locator(f"#canvas .card[data-tensor='{tensor}'] [data-tile]")
        shown = [(int(tile), result_of(page, tensor, tile)) for tile in tile_numbers(tiles)]
    return dict(shown)


def tile_numbers(tiles: Locator) -> list[str]:
    """The flat indices of a card's tiles."""
    return cast("list[str]", tiles.evaluate_all("tiles => tiles.map(tile => tile.dataset.tile)"))


def result_of(page: Page, tensor: int, tile: str) -> str:
    """The sum that stands under the formula once a tile is chosen."""
    page.locator(f"#canvas .card[data-tensor='{tensor}'] [data-tile='{tile}']").first.dispatch_event("click")
    return page.locator("#inspector .sum-result").last.text_content() or ""


def same(text: str, value: object) -> bool:
    """Whether a text is the value as the page writes it: exact when short, else rounded to the decimals shown."""
    shown = re.sub(r"[◂\s]", "", text).replace("−", "-")
    exact = float(str(value).replace("Infinity", "inf"))
    number = float(shown)
    if not math.isfinite(exact):
        return str(number) == str(exact)
    mantissa, _, exponent = shown.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    rounded = exponent or decimals >= 3
    return abs(number - exact) <= (0.5 * 10.0**-decimals * (1 + 1e-6) if rounded else 1e-9 * max(1, abs(exact)))
