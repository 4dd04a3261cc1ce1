"""Time: call > operation > beat, by keyboard and clock, what each beat shows and says, and what moves."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.walking import BEATS, SOFTMAX, TWICE, at_beat, now, open_program, press

SHARED: Final = "/?lang=zh#program=shared-value"


def test_a_program_opens_landed_and_the_arrows_walk_its_beats(page: Page) -> None:
    open_program(page, SOFTMAX)
    expect(now(page)).to_have_text("x.grad +=")
    press(page, "ArrowLeft")
    expect(now(page)).to_have_text("softmax(dim=0)")
    for beat in (3, 2, 1, 0):
        at_beat(page, beat)
        press(page, "ArrowLeft")
    expect(now(page)).to_have_attribute("data-kind", "seed")
    for key, beat in (("ArrowRight", 0), ("PageDown", 1), ("ArrowRight", 2), ("PageUp", 1)):
        press(page, key)
        at_beat(page, beat)
    press(page, "Shift+ArrowRight")
    at_beat(page, 3)
    press(page, "Shift+ArrowRight")
    expect(now(page)).to_have_text("x.grad +=")


def test_each_beat_is_drawn_in_full(page: Page) -> None:
    open_program(page, SOFTMAX)
    canvas = page.locator("#canvas")
    press(page, "Shift+ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    at_beat(page, 0)
    expect(canvas.locator(".pill, .edge-arrow")).to_have_count(0)
    expect(canvas.locator(".node-output.node-now")).to_have_count(3)
    expect(canvas.locator(".node-input .node-score")).to_have_text(["–"] * 3)
    press(page, "ArrowRight")
    expect(canvas.locator(".pill")).to_have_text(["0", "0", "1"])
    expect(canvas.locator(".edge-arrow")).to_have_count(6)
    press(page, "ArrowRight")
    expect(canvas.locator(".pill")).to_have_text(["0", "0", "−0.0599"])
    expect(canvas.locator(".op-saved")).to_contain_text("▣")
    press(page, "ArrowRight")
    expect(canvas.locator(".pill")).to_have_count(0)
    expect(canvas.locator(".sum-text")).to_have_text(["0", "0", "−0.0599"])
    expect(canvas.locator(".node-input .node-score").first).to_have_text("−0.0599")
    expect(canvas.locator(".node-input.node-now")).to_have_count(3)
    expect(canvas.locator(".op-saved")).to_contain_text("▢")


def test_each_beat_is_told_in_one_line(page: Page) -> None:
    open_program(page, SOFTMAX)
    live = page.locator(".timeline [aria-live]")
    press(page, "ArrowLeft")
    for beat in (3, 2, 1, 0):
        expect(live).to_have_text(f"第 1 次反向，第 2 步，共 3 步：softmax(dim=0)，{BEATS[beat]}")
        press(page, "ArrowLeft")


def test_an_element_used_several_times_counts_and_shows_no_part_of_its_sum(page: Page) -> None:
    open_program(page, SHARED)
    press(page, "Shift+ArrowLeft", "Shift+ArrowLeft")
    first = page.locator("#canvas .node-input[data-element='0']")
    counter = first.locator(".node-waiting")
    expect(counter).to_have_text(re.compile(r"^[12]/3$"))
    expect(first.locator(".node-score")).to_have_text("–")
    expect(first).to_have_attribute("aria-label", re.compile("等 3 份，已到 [12] 份"))
    press(page, "ArrowLeft")
    expect(counter).to_have_text("0/3")
    press(page, "End")
    expect(counter).to_have_count(0)
    expect(first.locator(".node-score")).not_to_have_text("–")


def test_play_goes_beat_by_beat_and_tells_whole_operations(page: Page) -> None:
    open_program(page, SOFTMAX)
    page.evaluate(
        """() => {
          window.seen = [];
          window.told = [];
          const live = document.querySelector(".timeline [aria-live]");
          new MutationObserver(() => {
            const beat = document.querySelector(".step[data-kind=backward] [data-beat][data-at=now]");
            if (beat) window.seen.push(beat.dataset.beat);
          }).observe(document.querySelector(".track"), {subtree: true, attributes: true});
          new MutationObserver(() => window.told.push(live.textContent)).observe(live, {childList: true});
        }"""
    )
    press(page, "+", "+", " ")
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible()
    expect(now(page)).to_have_text("x.grad +=")
    seen = page.evaluate("window.seen")
    assert [beat for i, beat in enumerate(seen) if i == 0 or seen[i - 1] != beat][:4] == ["0", "1", "2", "3"]
    told = page.evaluate("window.told")
    assert not [line for line in told if any(name in line for name in BEATS)]
    assert [line for line in told if "softmax(dim=0)" in line]


@pytest.fixture
def moving(browser: Browser, base_url: str, browser_context_args: dict[str, Any]) -> Any:
    """A page of a reader who has not asked for less motion."""
    context = browser.new_context(**{**browser_context_args, "reduced_motion": "no-preference", "base_url": base_url})
    yield context.new_page()
    context.close()


RUNNING: Final = "document.getAnimations().filter(({effect}) => effect.target.closest('.world')).length"
HOLD: Final = """document.getAnimations().forEach((a) => { if (a.effect.target.closest('.world')) a.pause(); })"""


def test_pills_travel_when_one_goes_on_and_at_no_other_time(moving: Page) -> None:
    page = moving
    open_program(page, SOFTMAX)
    assert page.evaluate(RUNNING) == 0, "nothing moves on load"
    press(page, "Shift+ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert page.evaluate(RUNNING) == 0, "nor backwards"
    press(page, "ArrowRight")
    page.evaluate(HOLD)
    assert page.evaluate(RUNNING) > 0
    pill = page.locator("#canvas .layer-pills .pill").last
    shift = "node => new DOMMatrix(getComputedStyle(node).transform).m41"
    assert pill.evaluate(shift) > 0, "it comes from the right"
    press(page, "ArrowRight")
    page.evaluate(HOLD)
    expect(page.locator("#canvas .layer-motion .pill")).to_have_count(3)
    press(page, "ArrowRight")
    page.locator("#canvas .node-output").first.click()
    assert page.evaluate(RUNNING) == 0, "a selection ends it"
    expect(page.locator("#canvas .layer-motion > *")).to_have_count(0)


def test_with_less_motion_nothing_travels(page: Page) -> None:
    open_program(page, SOFTMAX)
    press(page, "Shift+ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight")
    frames = page.evaluate(
        """document.getAnimations().filter(({effect}) => effect.target.closest('.world'))
          .flatMap(({effect}) => [effect.getTiming().duration, ...effect.getKeyframes().map((k) => k.transform)])"""
    )
    assert {value for value in frames if value is not None} <= {80}


def test_between_calls_scores_fade_and_the_ledger_stays(moving: Page) -> None:
    page = moving
    open_program(page, TWICE)
    press(page, "[", "ArrowLeft")
    expect(now(page)).to_have_text("x.grad +=")
    ledger = page.locator("#canvas .drawer-total").all_text_contents()
    press(page, "ArrowRight")
    page.evaluate(HOLD)
    assert page.locator("#canvas .layer-motion .ghost").count() > 0
    assert page.locator("#canvas .drawer-total").all_text_contents() == ledger


def test_the_score_that_has_landed_goes_into_the_drawer(moving: Page) -> None:
    page = moving
    open_program(page, TWICE)
    press(page, "ArrowLeft")
    slot = page.locator("#canvas .drawer-slot").nth(1)
    expect(slot).to_have_class(re.compile("drawer-slot-empty sign-pos"))
    press(page, "ArrowRight")
    page.evaluate(HOLD)
    expect(page.locator("#canvas .layer-motion .pill")).to_have_count(4)
    expect(slot).not_to_have_class(re.compile("empty"))


def test_one_by_one_every_run_of_the_loop_has_its_own_beats(page: Page) -> None:
    open_program(page, "/?lang=zh#program=softmax-rows")
    switch = page.get_by_role("button", name="逐次")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    press(page, "Shift+ArrowLeft")
    scores = page.locator("#canvas .node-input .node-score")
    everything = scores.all_text_contents()
    press(page, *["ArrowLeft"] * 4)
    badge = page.locator(".canvas-badge")
    expect(badge).to_contain_text("加到蓝点（第 1/2 次）")
    expect(scores).to_have_text([*everything[:3], "–", "–", "–"])
    press(page, "ArrowRight", "ArrowRight")
    expect(badge).to_contain_text("分数送上每条边（第 2/2 次）")
    expect(page.locator("#canvas .pill")).to_have_count(0)
    press(page, "ArrowRight", "ArrowRight")
    expect(scores).to_have_text(everything)
    expect(badge).not_to_contain_text("次）")
