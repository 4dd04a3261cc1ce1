"""The track: what is on it, folding, clicking, dragging, swiping, and the speed."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.walking import BEATS, SOFTMAX, TWICE, at_beat, now, open_program, press
from tests.browser.workbench import open_start, paste

LOOP: Final = """import torch
x = torch.tensor([0., 1., 2.])
w = torch.tensor(0., requires_grad=True)
for step in range(20):
    loss = ((w * x - 1) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad = None
"""


def test_a_segment_of_the_current_step_is_its_beat(page: Page) -> None:
    open_program(page, SOFTMAX)
    page.locator(".step", has_text="softmax").last.click()
    at_beat(page, 3)
    now(page).locator("[data-beat='1']").click()
    at_beat(page, 1)
    expect(page.locator(".canvas-badge")).to_contain_text(BEATS[1])
    now(page).locator(".step-label").click()
    at_beat(page, 3)


def test_steps_light_their_operation(page: Page) -> None:
    open_program(page, TWICE)
    page.locator(".step", has_text="mean").first.hover()
    expect(page.locator("#canvas .op.linked .op-label")).to_have_text("mean")


def test_heads_fold_and_unfold_groups(page: Page) -> None:
    open_program(page, TWICE)
    groups = page.locator(".group")
    expect(groups).to_have_count(3)
    head = groups.nth(1).locator(".group-head")
    expect(head).to_have_attribute("aria-expanded", "true")
    head.click()
    expect(head).to_have_attribute("aria-expanded", "false")
    expect(groups.nth(1).locator(".step")).to_have_count(1)
    expect(now(page)).to_have_text("x.grad +=")
    press(page, "[", "[")
    expect(head, "walking in opens it").to_have_attribute("aria-expanded", "true")
    head.click()
    expect(now(page), "a folded group holds the current step").to_have_class(re.compile("step-fold"))
    now(page).click()
    expect(groups.nth(1).locator(".step")).to_have_count(5)


def test_twenty_calls_of_a_loop_stay_readable(page: Page) -> None:
    open_start(page)
    paste(page, [LOOP])
    expect(page.locator(".group-head", has_text="次反向")).to_have_count(20)
    expect(page.locator(".group-head[aria-expanded=true]")).to_have_count(1)
    folded = page.locator(".group[data-folded]", has_text="第 3 次反向").locator(".step")
    expect(folded).to_contain_text("loss.backward()")
    press(page, "[", "[", "[")
    opened = page.locator(".group-head[aria-expanded=true]", has_text="次反向")
    expect(opened).to_contain_text("第 19 次反向")
    box, frame = opened.bounding_box(), page.locator(".track").bounding_box()
    assert box
    assert frame
    assert frame["x"] <= box["x"] <= frame["x"] + frame["width"]


def test_equal_steps_of_a_long_call_fold_to_one(page: Page) -> None:
    open_start(page)
    chain = "".join(f"x{i + 1} = x{i}.sin()\n" for i in range(20))
    paste(page, [f"import torch\nx0 = torch.ones(2, requires_grad=True)\n{chain}x20.sum().backward()\n"])
    fold = page.locator(".step-fold").last
    expect(fold).to_have_text("sin×20")
    fold.click()
    expect(page.locator(".group").last.locator(".step", has_text="sin")).to_have_count(20)
    expect(now(page), "opening moves nothing").to_have_text("x0.grad +=")


def drag(page: Page, start: Locator, end: Locator, share: float) -> None:
    """Presses on one step and drags to a share of another."""
    begin, goal = start.bounding_box(), end.bounding_box()
    assert begin
    assert goal
    page.mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + 8)
    page.mouse.down()
    page.mouse.move(goal["x"] + goal["width"] / 2 + 9, goal["y"] + 8, steps=4)
    page.mouse.move(goal["x"] + goal["width"] * share, goal["y"] + 8, steps=4)
    page.mouse.up()


def test_dragging_along_the_track_moves_through_the_steps(page: Page) -> None:
    open_program(page, TWICE)
    steps = page.locator(".step")
    drag(page, steps.last, steps.nth(2), 0.5)
    expect(steps.nth(2)).to_have_attribute("aria-current", "step")
    walked = page.locator(".step[data-kind=backward]").first
    drag(page, steps.nth(2), walked, 0.4)
    expect(walked).to_have_attribute("aria-current", "step")
    at_beat(page, 1)


def swipe(page: Page, by: int) -> None:
    """A finger on the track, moved by so many px."""
    page.locator(".track").evaluate(
        """(track, by) => {
          track.setPointerCapture = () => {};
          const box = track.getBoundingClientRect();
          const x = box.x + box.width / 2;
          const send = (type, dx) => track.dispatchEvent(new PointerEvent(type, {
            pointerId: 7, pointerType: "touch", isPrimary: true, bubbles: true, button: 0,
            clientX: x + dx, clientY: box.y + 40,
          }));
          send("pointerdown", 0);
          for (const share of [0.25, 0.5, 0.75, 1]) send("pointermove", by * share);
          send("pointerup", by);
        }""",
        by,
    )


def test_a_finger_swipes_through_operations(page: Page) -> None:
    open_program(page, TWICE)
    swipe(page, 90)
    expect(page.locator(".step").nth(-3)).to_have_attribute("aria-current", "step")
    at_beat(page, 3)
    swipe(page, -50)
    expect(page.locator(".step").nth(-2)).to_have_attribute("aria-current", "step")


def test_the_speed_is_a_button_and_two_keys(page: Page) -> None:
    open_program(page, SOFTMAX)
    speed = page.locator(".transport .speed")
    expect(speed).to_have_attribute("aria-label", "播放速度 1 倍 (+ −)")
    press(page, "+")
    expect(speed).to_have_text("2×")
    press(page, "-", "-")
    expect(speed).to_have_text("0.5×")
    speed.click()
    expect(speed).to_have_text("1×")


@pytest.mark.parametrize("size", [(390, 844), (1180, 820), (844, 390)])
def test_fingers_have_room_on_the_buttons(
    browser: Browser, base_url: str, browser_context_args: dict[str, Any], size: tuple[int, int]
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    touch = {"viewport": viewport, "has_touch": True, "is_mobile": True, "base_url": base_url}
    context = browser.new_context(**{**browser_context_args, **touch})
    page = context.new_page()
    open_program(page, SOFTMAX)
    for button in page.locator(".transport button:visible").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 48
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
    page.get_by_role("button", name="后退一步", exact=True).tap()
    at_beat(page, 3)
    context.close()
