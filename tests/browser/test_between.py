"""The Jacobian between any two tensors: the answer, the chain that it is a product of, and answers that come late."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.test_tables import TABLE, choose, grid, open_program

STEP = ".between-step"


def numbers(page: Page, place: int) -> list[list[float]]:
    """A table on the way, places without an edge as 0."""
    texts: list[list[str]] = (
        page.locator(STEP)
        .nth(place)
        .locator("tr")
        .evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))")
    )
    return [[0.0 if text == "·" else float(text.replace("−", "-")) for text in row] for row in texts]


def product(left: list[list[float]], right: list[list[float]]) -> list[list[float]]:
    """The matrix product."""
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*right, strict=True)] for row in left
    ]


def test_a_chain_is_the_product_of_its_tables(page: Page) -> None:
    trace = open_program(page, "retain-grad")
    choose(page, "view", "between")
    expect(page.locator(STEP)).to_have_count(3)
    steps = [numbers(page, place) for place in range(3)]
    assert [[float(text) for text in grid(page)[0]]] == product(product(steps[0], steps[1]), steps[2])
    scores = {score["tensor"]: score["values"] for score in trace["backward"][0]["scores"]}
    assert [float(text) for text in page.locator(f"{TABLE} tfoot .number").all_inner_texts()] == scores[0]
    chain = page.locator(".between-chain [data-copy]").get_attribute("data-copy") or ""
    assert chain.count(r"\cdot") == 2


def test_several_ways_are_added_up(page: Page) -> None:
    open_program(page, "accumulation")
    choose(page, "view", "between")
    expect(page.locator(f"{TABLE} tbody button, {TABLE} tbody .jacobian-cell").first).to_be_visible()
    assert grid(page) == [["0", "1", "2", "3"]]
    expect(page.locator(".between-ends")).to_contain_text("2 ways")
    expect(page.locator(STEP)).to_have_count(0)
    choose(page, "to", "2")
    expect(page.locator(f"{TABLE} tbody tr")).to_have_count(4)
    expect(page.locator(STEP)).to_have_count(0)
    assert grid(page)[0] == ["1", "·", "·", "·"]


def test_terms_that_cancel_are_no_weights(page: Page) -> None:
    open_program(page, "softmax-rows")
    choose(page, "view", "between")
    expect(page.locator(".between .jacobian-cell").first).to_be_visible()
    assert grid(page)[0] == ["0"] * 6


def test_an_answer_that_comes_too_late_draws_nothing(page: Page) -> None:
    open_program(page, "accumulation")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if (route.request.post_data_json or {})["to"] == 6:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/edges", hold)
    choose(page, "view", "between")
    choose(page, "to", "4")
    expect(page.locator(STEP)).to_have_count(2)
    before: Any = grid(page)
    with page.expect_response("**/api/edges"):
        held[0].continue_()
    assert grid(page) == before


def test_a_budget_that_is_spent_is_said_in_the_reader_s_language(page: Page) -> None:
    open_program(page, "accumulation")
    error = {
        "type": "LimitError",
        "message": "edges: too many",
        "hint": {"code": "limit", "en": "Too large.", "zh": "太大了。"},
    }
    page.route("**/api/edges", lambda route: route.fulfill(json={"error": error}))
    choose(page, "view", "between")
    expect(page.locator(".between-trouble")).to_have_text("Too large.")


def test_an_edit_of_g_asks_nothing_again_and_moves_the_foot(page: Page) -> None:
    open_program(page, "gradient-argument")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/api/edges") else None)
    choose(page, "view", "between")
    expect(page.locator(f"{TABLE} tbody tr")).to_have_count(6)
    page.locator("#canvas [role=slider]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"{TABLE} tfoot .number").first).to_have_text("1.25")
    assert len(asked) == 1
