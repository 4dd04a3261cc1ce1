"""The `.grad` drawer in the inspector: bookings linked to their calls, what is left over, None and 0, retain_grad."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_tables import open_program
from tests.browser.workbench import open_start

PART = "#inspector .inspector-drawer"


def run(page: Page, *lines: str) -> None:
    """Runs a program from the start page."""
    open_start(page, "/?lang=en")
    page.fill("#paste", "\n".join(["import torch", "x = torch.tensor([1., 2.], requires_grad=True)", *lines]))
    page.click(".paste [type=submit]")
    expect(page.locator(f"{PART} .ledger")).to_be_attached()


def columns(page: Page) -> list[list[str]]:
    """Before and after, row by row."""
    texts: list[list[str]] = page.locator(f"{PART} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].slice(2).map(cell => cell.textContent))"
    )
    return texts


def test_every_booking_is_the_trace_s_and_points_to_its_call(page: Page) -> None:
    trace = open_program(page, "accumulation")
    [entry] = trace["backward"][1]["accumulated"]
    assert [[float(text) for text in row] for row in columns(page)] == [
        list(pair) for pair in zip(entry["before"], entry["after"], strict=True)
    ]
    page.locator(f"{PART} .ledger-call").first.hover()
    expect(page.locator("#timeline .group-head.linked")).to_contain_text("Backward 1")
    page.locator(f"{PART} tbody tr").nth(2).hover()
    expect(page.locator("#canvas .node.linked[data-tensor='0']")).to_have_attribute("data-element", "2")


def test_what_the_last_call_left_is_told_and_why_calls_add_up(page: Page) -> None:
    open_program(page, "accumulation")
    part = page.locator(PART)
    expect(part).to_contain_text("Still booked from before: [[0, 2], [0, 12]].")
    expect(part).to_contain_text("2 calls = one backward on (z*G).sum() + out.")
    box, frame = part.locator("p").last.bounding_box(), part.bounding_box()
    assert box
    assert frame
    assert box["y"] + box["height"] <= frame["y"] + frame["height"], "the last line is cut"


def test_none_is_not_zero(page: Page) -> None:
    twice = ["y = x * x", "y.sum().backward()", "x.grad = None", "(x * 3).sum().backward()"]
    run(page, *twice)
    assert columns(page) == [["None", "3"], ["None", "3"]]
    expect(page.locator(PART)).not_to_contain_text("Still booked")
    run(page, *twice[:2], "x.grad.zero_()", twice[3])
    assert columns(page) == [["0", "3"], ["0", "3"]]
    expect(page.locator(PART)).not_to_contain_text("Still booked")


def test_an_intermediate_with_retain_grad_has_a_drawer(page: Page) -> None:
    trace = open_program(page, "retain-grad")
    page.locator(f"{PART} [data-leaf]", has_text="y.grad").click()
    [kept] = trace["backward"][0]["retained"]
    assert columns(page) == [["None", f"{value:g}"] for value in kept["after"]]
    expect(page.locator(PART)).to_contain_text("retain_grad")
