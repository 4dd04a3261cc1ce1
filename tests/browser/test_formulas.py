"""The documents' formulas stand on the page, in symbols: 000 (4)–(7), 003 (3.3)–(7.6), 004 (13)–(18).

A formula is a program and what its Jacobian table says in symbols: rows are outputs, columns inputs, a dot is no edge
(the documents write 0 there). Labels are written without braces and spaces.
"""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.workbench import open_start

VECTOR: Final = "import torch\nx = torch.tensor([0.5, 2., 1.], requires_grad=True)\n"
TABLES: Final = {
    "003 (3.3) sin": (
        VECTOR + "o = torch.sin(x)\no.backward(torch.ones(3))",
        ["\\cosx1 . .", ". \\cosx2 .", ". . \\cosx3"],
    ),
    "003 (5.2) sum": (VECTOR + "o = x.sum()\no.backward()", ["1 1 1"]),
    "003 (5.4) prod": (VECTOR + "o = x.prod()\no.backward()", ["x2·x3 x1·x3 x1·x2"]),
    "003 (5.6) mean": (VECTOR + "o = x.mean()\no.backward()", ["\\frac13 \\frac13 \\frac13"]),
    "003 (6.2) softmax": (
        VECTOR + "o = torch.softmax(x, dim=0)\no.backward(torch.tensor([1., -2., 0.5]))",
        [
            "o1(1-o1) o1(0-o2) o1(0-o3)",
            "o2(0-o1) o2(1-o2) o2(0-o3)",
            "o3(0-o1) o3(0-o2) o3(1-o3)",
        ],
    ),
    "003 (6.4) cumsum": (
        VECTOR + "o = x.cumsum(0)\no.backward(torch.ones(3))",
        ["1 . .", "1 1 .", "1 1 1"],
    ),
    "003 (6.6) cumprod": (
        VECTOR + "o = x.cumprod(0)\no.backward(torch.ones(3))",
        ["1 . .", "x2 x1 .", "x2·x3 x1·x3 x1·x2"],
    ),
    "003 (7.2) dot": (
        "import torch\nx = torch.tensor([1., 2.], requires_grad=True)\nw = torch.tensor([3., 4.])\n"
        "o = torch.dot(x, w)\no.backward()",
        ["w1 w2"],
    ),
    "003 (7.2) dot, for w": (
        "import torch\nx = torch.tensor([1., 2.])\nw = torch.tensor([3., 4.], requires_grad=True)\n"
        "o = torch.dot(x, w)\no.backward()",
        ["x1 x2"],
    ),
    "003 (7.6) W x": (
        "import torch\nw = torch.tensor([[1., 2., 3.], [4., 5., 6.]])\n"
        "x = torch.tensor([1., -1., 2.], requires_grad=True)\no = w @ x\no.backward(torch.ones(2))",
        ["w11 w12 w13", "w21 w22 w23"],
    ),
    "000 (4)–(7) A X": (
        "import torch\nx = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)\n"
        "a = torch.tensor([[2., 3.], [4., 5.], [6., 7.]])\nf = a @ x\n"
        "f.backward(torch.tensor([[0., 0.], [0., 1.], [0., 0.]]))",
        [
            "a11 . a12 .",
            ". a11 . a12",
            "a21 . a22 .",
            ". a21 . a22",
            "a31 . a32 .",
            ". a31 . a32",
        ],
    ),
    "004 (13)–(18) a b": (
        "import torch\na = torch.tensor([[1., 2.], [3., 4.]])\n"
        "b = torch.tensor([[1., 2., 3.], [4., 5., 6.]], requires_grad=True)\nc = a.mm(b)\n"
        "c.backward(torch.ones_like(c))",
        [
            "a11 . . a12 . .",
            ". a11 . . a12 .",
            ". . a11 . . a12",
            "a21 . . a22 . .",
            ". a21 . . a22 .",
            ". . a21 . . a22",
        ],
    ),
}
"""By formula: the program, and the rows of its table."""

READ_TABLE: Final = """() => [...document.querySelectorAll('.jacobian tbody tr')].map((row) =>
  [...row.querySelectorAll('td:not(.jacobian-gap)')].map((cell) => {
    const tex = cell.querySelector('annotation');
    return tex ? tex.textContent : cell.textContent;
  }).filter((text) => text !== ''))"""


def plain(tex: str) -> str:
    """A formula without what only sets it: braces, spaces, the line below a letter."""
    bare = tex.replace("\\cdot", "·").replace("\\dfrac", "\\frac").replace("−", "-")
    return "".join(mark for mark in bare if mark not in "{} _") if tex != "·" else "."


def run(page: Page, program: str) -> None:
    """A program of one cell, at the end of its last call."""
    open_start(page, "/?lang=en")
    page.fill("#paste", program)
    page.click(".paste [type=submit]")
    page.wait_for_selector(".jacobian")


@pytest.mark.parametrize("formula", TABLES)
def test_jacobian_in_symbols(page: Page, formula: str) -> None:
    program, rows = TABLES[formula]
    run(page, program)
    page.locator("[data-notation=symbols]").click()
    found = [" ".join(plain(cell) for cell in row) for row in page.evaluate(READ_TABLE)]
    assert found == rows


def test_largest_element_alone_takes_part_with_weight_1(page: Page) -> None:
    """003 (5.7), (5.8): o = x₂, weights 0, 1, 0."""
    run(page, VECTOR + "o = x.max()\no.backward()")
    assert [plain(cell) for row in page.evaluate(READ_TABLE) for cell in row] == ["0", "1", "0"]
    page.locator("[data-notation=symbols]").click()
    cells = [plain(cell) for row in page.evaluate(READ_TABLE) for cell in row]
    assert cells == [f"\\frac[x{n}=o]\\#" for n in (1, 2, 3)]


def test_block_of_one_output_in_numbers(page: Page) -> None:
    """000 (6), (7): ∂f₁₁/∂X is a₁₁ and a₁₂ in its first column, which are 2 and 3."""
    program, _ = TABLES["000 (4)–(7) A X"]
    run(page, program)
    page.locator("#canvas .node-output").first.click()
    shares = page.locator(".share")
    expect(shares).to_have_count(2)
    for n, (symbol, weight) in enumerate([("a_{11}", "2"), ("a_{12}", "3")]):
        shares.nth(n).click()
        line = page.locator(".inspector-why .provenance")
        below = "11" if n == 0 else "21"
        expect(line.locator("annotation", has_text="dfrac")).to_have_text(
            rf"\dfrac{{\partial f_{{11}}}}{{\partial x_{{{below}}}}} = {symbol}"
        )
        expect(line.locator(".weight-number")).to_have_text(weight)


COMPUTED: Final = {
    "003 (5.1) sum": (VECTOR + "o = x.sum()\no.backward()", ["o=x1+x2+x3"]),
    "003 (5.3) prod": (VECTOR + "o = x.prod()\no.backward()", ["o=x1·x2·x3"]),
    "003 (5.5) mean": (VECTOR + "o = x.mean()\no.backward()", ["o=\\frac13(x1+x2+x3)"]),
    "003 (5.7) max": (VECTOR + "o = x.max()\no.backward()", ["o=\\max(x1,x2,x3)"]),
    "003 (6.1) softmax": (
        VECTOR + "o = torch.softmax(x, dim=0)\no.backward(torch.tensor([1., -2., 0.5]))",
        [f"o{n}=\\frac{{e^x{n}}}{{e^x1+e^x2+e^x3}}".replace("{", "").replace("}", "") for n in (1, 2, 3)],
    ),
    "003 (6.3) cumsum": (
        VECTOR + "o = x.cumsum(0)\no.backward(torch.ones(3))",
        ["o1=x1", "o2=x1+x2", "o3=x1+x2+x3"],
    ),
    "003 (6.5) cumprod": (
        VECTOR + "o = x.cumprod(0)\no.backward(torch.ones(3))",
        ["o1=x1", "o2=x1·x2", "o3=x1·x2·x3"],
    ),
    "003 (7.3)–(7.5) W x": (TABLES["003 (7.6) W x"][0], ["o1=w11·x1+w12·x2+w13·x3", "o2=w21·x1+w22·x2+w23·x3"]),
}
"""By formula: the program, and how each element of its output is said to be computed."""


@pytest.mark.parametrize("formula", COMPUTED)
def test_computation_in_symbols(page: Page, formula: str) -> None:
    program, lines = COMPUTED[formula]
    run(page, program)
    for n, line in enumerate(lines):
        page.locator("#canvas .node-output").nth(n).click()
        told = page.locator(".computation annotation")
        expect(told).to_have_count(1)
        assert plain(told.text_content() or "").startswith(line)
