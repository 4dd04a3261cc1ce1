"""Why this number: the paths of a score on the page, as numbers, as links into the diagram, as LaTeX."""

from __future__ import annotations

import math

from playwright.sync_api import Page, expect

from tests.browser.test_tables import open_program
from tests.browser.workbench import open_start


def ask(page: Page, tensor: int, element: int) -> None:
    """Selects an element and asks where its score comes from."""
    page.locator(f"#canvas .node[data-tensor='{tensor}'][data-element='{element}']").dispatch_event("click")
    if page.locator("[data-ask=why][aria-expanded=false]").count():
        page.locator("[data-ask=why]").click()
    expect(page.locator(".path").first).to_be_visible()


def number(text: str) -> float:
    """A number as the page writes it."""
    return float(text.replace("−", "-"))


def test_paths_multiply_to_their_products_and_add_up_to_the_score(page: Page) -> None:
    trace = open_program(page, "two-layers")
    scores = {score["tensor"]: score["values"] for score in trace["backward"][0]["scores"]}
    for element in range(6):
        ask(page, 1, element)
        rows = page.locator(".path[data-path]")
        products = []
        for row in rows.all():
            factors = [number(text) for text in row.locator(".path-way .number").all_inner_texts()]
            product = number(row.locator(".path-product .number").inner_text())
            assert math.isclose(math.prod(factors), product, abs_tol=1e-3)
            products.append(product)
        total = number(page.locator(".path-total .number").inner_text())
        assert math.isclose(total, scores[1][element], abs_tol=1e-4)
        assert math.isclose(sum(products), total, abs_tol=1e-3)
        assert [abs(p) for p in products] == sorted((abs(p) for p in products), reverse=True)


def test_pointing_at_a_path_lights_its_edges(page: Page) -> None:
    open_program(page, "accumulation")
    ask(page, 0, 3)
    expect(page.locator(".path[data-path]")).to_have_count(2)
    for row in page.locator(".path[data-path]").all():
        row.locator(".path-product").hover()
        expect(page.locator("#canvas .edge.linked")).to_have_count(row.locator(".weight-number").count())
    expect(page.locator(".path .weight-number.linked")).not_to_have_count(0)


def test_the_derivation_can_be_copied(page: Page) -> None:
    open_program(page, "accumulation")
    ask(page, 0, 3)
    latex = page.locator(".inspector-why [data-copy]").get_attribute("data-copy") or ""
    assert latex.startswith(r"\begin{aligned} \frac{\partial \mathrm{out}}{\partial x_{22}} &= ")
    assert latex.endswith(r"\\ &= 3 \end{aligned}")
    assert r"0.25 \times" in latex


def test_many_paths_are_counted_and_their_rest_is_summed(page: Page) -> None:
    open_start(page, "/?lang=en")
    lines = ["import torch", "x = torch.tensor([1., 2., 3.], requires_grad=True)", "y = x"]
    lines += ["y = y.softmax(0)"] * 4 + ["y[0].backward()"]
    page.fill("#paste", "\n".join(lines))
    page.click(".paste [type=submit]")
    ask(page, 0, 0)
    expect(page.locator(".path[data-path]")).to_have_count(12)
    expect(page.locator(".path-rest")).to_contain_text("15 more paths")
    expect(page.locator(".inspector-why .inspector-aside")).to_contain_text("27")


def test_before_the_score_has_come_there_is_nothing_to_ask(page: Page) -> None:
    open_program(page, "accumulation")
    page.locator("#canvas .node[data-tensor='0'][data-element='3']").click()
    expect(page.locator("[data-ask=why]")).to_have_count(1)
    page.keyboard.press("Home")
    expect(page.locator("[data-ask=why]")).to_have_count(0)
