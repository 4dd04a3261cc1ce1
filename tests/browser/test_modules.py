"""Modules: a layer is one operation until it is unfolded, frames around open ones, links and the way back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_levels import level, open_program, settled
from tests.browser.workbench import open_start, paste


def steps(page: Page) -> list[str]:
    """The names on the timeline's steps that are in sight of the last call."""
    return page.locator("#timeline .track [data-step]").all_inner_texts()


def test_a_network_opens_with_its_layers_as_chips_in_a_frame(page: Page) -> None:
    open_program(page, "small-network")
    expect(page.locator("#canvas .fold-label").first).to_have_text("net.0 · Linear")
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential"])
    assert "net.0" in steps(page)
    assert "addmm" not in steps(page)


def test_a_layer_unfolds_by_its_sign_and_folds_by_its_frame(page: Page) -> None:
    open_program(page, "small-network")
    page.click(".fold[data-op] .module-sign[aria-label*='net.0 ']")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential", "net.0 · Linear"])
    assert "addmm" in steps(page)
    page.go_back()
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential"])
    page.go_forward()
    settled(page)
    sign = page.locator(".frame .module-sign[aria-label*='net.0 ']")
    sign.focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential"])


def test_all_layers_fold_and_unfold_at_once_and_a_link_keeps_it(page: Page) -> None:
    open_program(page, "small-network")
    page.click("[data-modules=unfold]")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_text(["net · Sequential", "net.0 · Linear", "net.2 · Linear"])
    page.wait_for_url("**modules=**")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_count(3)
    page.click("[data-modules=fold]")
    settled(page)
    expect(page.locator("#canvas .frame-title")).to_have_count(1)


def test_a_layer_has_edges_scores_and_a_table_like_any_operation(page: Page) -> None:
    open_program(page, "small-network")
    level(page, "elements")
    expect(page.locator("#canvas .op-label", has_text="net.0")).to_have_count(1)
    expect(page.locator("#canvas .edge").first).to_be_attached()
    expect(page.locator("#inspector")).to_contain_text("Jacobian table")


DEEP = """import torch
from torch import nn
class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 300)
        self.b = nn.Linear(300, 400)
        self.c = nn.Linear(400, 2)
    def forward(self, x):
        return self.c(self.b(self.a(x)))
net = nn.Sequential(Part())
x = torch.tensor([[1., -2., 0.5]], requires_grad=True)
net(x).sum().backward()
"""


def test_a_layer_whose_inside_is_too_rich_asks_for_its_own_edges(page: Page) -> None:
    open_start(page, "/?lang=en")
    paste(page, [DEEP])
    page.click("[data-modules=fold]")
    settled(page)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.post_data or "") if sent.url.endswith("/edges") else None)
    level(page, "elements")
    page.locator("#canvas .node[aria-label^='x ']").first.dispatch_event("click")
    expect(page.locator("#inspector .sum .sum-local")).to_have_count(2)
    number = sum('"from"' in question for question in asked)
    assert number
    page.locator("#canvas .node[aria-label^='x ']").nth(1).dispatch_event("click")
    expect(page.locator("#inspector .sum .sum-local")).to_have_count(2)
    page.wait_for_timeout(500)
    assert sum('"from"' in question for question in asked) == number, "the answer holds for every element"


@pytest.mark.browser_context_args(reduced_motion="no-preference")
def test_a_layer_slides_open_and_those_who_ask_for_less_see_no_travel(page: Page) -> None:
    open_program(page, "small-network")
    assert travels(page), "what stays is seen to go to its new place"
    page.emulate_media(reduced_motion="reduce")
    assert not travels(page)


def travels(page: Page) -> bool:
    """Folds or unfolds the first layer; whether anything was moved on its way."""
    page.evaluate(
        """() => {
          window.moved = [];
          const real = Element.prototype.animate;
          Element.prototype.animate = function (frames, timing) {
            if (frames.some((frame) => "transform" in frame)) window.moved.push(this.className.baseVal);
            return real.call(this, frames, timing);
          };
        }"""
    )
    page.locator("#canvas .module-sign").nth(1).click()
    settled(page)
    page.wait_for_timeout(300)
    return bool(page.evaluate("window.moved.length"))
