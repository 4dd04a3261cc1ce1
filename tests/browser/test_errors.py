"""Errors of real programs: the place in the code and in the diagram, what it means, and repairs that work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.workbench import NO_PRELOAD, current, open_start, paste

HEAD = "import torch\nx = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\n"
MATRICES = (
    "import torch\na = torch.tensor([[1.,2.],[3.,4.]], requires_grad=True)\n"
    "b = torch.tensor([[1.,2.,3.],[4.,5.,6.]], requires_grad=True)\nc = a.mm(b)"
)
SQUARES = HEAD + "y = x * x\nout = y.sum()"
GRAVE = {"serious", "critical"}


def run(page: Page, *cells: str, lang: str = "zh") -> None:
    """Pastes cells into a fresh page and waits for their picture."""
    open_start(page, f"/?lang={lang}")
    paste(page, list(cells))


def code(page: Page, cell: int = 0) -> str:
    """The text of a cell's editor, without what a run put at line ends."""
    lines = page.locator(".cell").nth(cell).locator(".cm-line")
    return str(
        lines.evaluate_all(
            "lines => lines.map(line => { const copy = line.cloneNode(true);"
            "copy.querySelectorAll('.line-value, .line-reason').forEach(n => n.remove()); return copy.textContent })"
            ".join('\\n')"
        )
    )


def fix(page: Page, number: int) -> None:
    """Presses a repair and waits until its run is shown."""
    page.locator(".fault [data-fix]").nth(number).click()
    expect(page.locator(".cell[data-state=error]")).to_have_count(0)


def test_seeds_that_nobody_gave(page: Page) -> None:
    run(page, MATRICES, "c.backward()")
    card = page.locator("#fault")
    expect(card.locator("h2")).to_have_text("c 有 6 个数，每个该算几份？")
    expect(page.locator(".seed-missing")).to_have_count(6)
    assert card.locator(".fault-code").all_inner_texts() == [
        "c.backward(torch.ones_like(c))",
        "c.mean().backward()",
        "c.backward(torch.tensor([[0., 0., 0.], [0., 0., 0.]]))",
    ]
    expect(page.locator(".line-reason")).to_have_text("c 有 6 个数")
    expect(page.locator(".error-original")).to_have_text("grad can be implicitly created only for scalar outputs")
    preview = card.locator(".fault-preview code")
    expect(preview.first).to_have_text("a.grad = [[6, 15], [6, 15]]")
    assert preview.all_inner_texts()[1:] == ["b.grad = [[4, 4, 4], [6, 6, 6]]"]


def test_a_repair_edits_the_cell_runs_and_goes_to_the_place(page: Page) -> None:
    run(page, MATRICES, "c.backward()")
    fix(page, 0)
    assert code(page, 1) == "c.backward(torch.ones_like(c))"
    expect(page.locator("#fault")).to_be_hidden()
    assert current(page) == "a.grad, b.grad +="
    expect(page.locator("#canvas")).to_be_focused()
    page.locator(".code-undo button").click()
    assert code(page, 1) == "c.backward()"
    page.locator(".cell").nth(1).locator(".cm-content").click()
    page.keyboard.press("Control+Shift+z")
    assert code(page, 1) == "c.backward(torch.ones_like(c))"
    page.keyboard.press("Control+z")
    assert code(page, 1) == "c.backward()"


def test_an_own_gradient_is_written_out_and_its_editor_opens(page: Page) -> None:
    run(page, MATRICES, "c.backward()")
    fix(page, 2)
    assert code(page, 1) == "c.backward(torch.tensor([[0., 0., 0.], [0., 0., 0.]]))"
    expect(page.locator(".canvas [role=slider]")).to_have_count(6)


def test_a_freed_graph_is_kept_by_the_first_call(page: Page) -> None:
    run(page, SQUARES, "out.backward()", "out.backward()")
    expect(page.locator("#fault h2")).to_have_text("“x*x” 的边权没了")
    expect(page.locator(".op-error .op-saved")).to_contain_text("已释放")
    expect(page.locator("#fault [data-fix]").first).to_have_text("改第 2 块")
    fix(page, 0)
    assert code(page, 1) == "out.backward(retain_graph=True)"
    assert code(page, 2) == "out.backward()"
    assert page.locator(".step").last.get_attribute("aria-current") == "step"


def test_a_freed_graph_is_written_again_by_forward(page: Page) -> None:
    run(page, SQUARES, "out.backward()", "out.backward()")
    fix(page, 1)
    assert code(page, 2) == "y = x * x\nout = y.sum()\nout.backward()"


def test_a_changed_value_lights_where_it_was_saved_and_where_it_was_changed(page: Page) -> None:
    run(page, HEAD + "y = x * 2\nz = y * y\ny.add_(1)\nz.sum().backward()")
    assert page.locator(".cm-line.line-related .line-reason").all_inner_texts() == ["在这里存下", "在这里改了"]
    expect(page.locator(".cm-line.line-error .line-reason")).to_have_text("存 0，现在 1")
    expect(page.locator(".op-error .op-saved")).to_have_text("存的是版本 0，现在是版本 1")
    fix(page, 0)
    assert "y = y.add(1)" in code(page)


def test_a_gradient_of_the_wrong_shape_lies_over_the_right_one(page: Page) -> None:
    run(page, MATRICES + "\nG = torch.ones(3, 2)\nc.backward(G)", lang="en")
    figure = page.locator(".fault-grid")
    expect(figure.locator(".fault-cell-both")).to_have_count(4)
    expect(figure.locator(".fault-cell-missing")).to_have_count(2)
    expect(figure.locator(".fault-cell-extra")).to_have_count(2)
    fix(page, 0)
    assert code(page).endswith("c.backward(torch.tensor([[1., 1., 0.], [1., 1., 0.]]))")


def test_a_failed_product_shows_the_sizes_that_clash_and_keeps_the_picture(page: Page) -> None:
    run(page, HEAD.replace("[1.0, 2.0, 3.0]", "[[1.0, 2.0]]") + "y = x * 2\nz = y @ y")
    assert page.locator(".fault-shapes mark").all_inner_texts() == ["2", "1"]
    expect(page.locator("#canvas .node")).not_to_have_count(0)
    expect(page.locator("#canvas .fault-ring")).to_have_count(1)
    fix(page, 0)
    assert code(page).endswith("z = y @ y.T")


def test_a_cut_path_is_drawn_grey_up_to_its_root(page: Page) -> None:
    run(page, "import torch\nw = torch.tensor([1.0, 2.0])\nv = w * 2\nv.sum().backward()")
    expect(page.locator("#canvas .node-grey")).not_to_have_count(0)
    expect(page.locator("#fault h2")).to_contain_text("往回没有路")
    fix(page, 0)
    assert "w = torch.tensor([1.0, 2.0], requires_grad=True)" in code(page)


def test_a_leaf_that_was_to_change_is_drawn_although_nothing_was_computed(page: Page) -> None:
    run(page, HEAD + "x.add_(1)")
    expect(page.locator("#canvas .node")).to_have_count(3)
    expect(page.locator("#canvas .fault-ring")).to_have_count(1)
    fix(page, 0)
    assert code(page).endswith("with torch.no_grad():\n    x.add_(1)")


def test_remarks_can_be_repaired_too(page: Page) -> None:
    run(page, "import torch\nx = torch.tensor([1, 2], requires_grad=True)\ny = x * 2\ny.sum().backward()\ny.grad")
    notices = page.locator(".cell-notice")
    expect(notices).to_have_count(2)
    notices.filter(has_text="整数").get_by_role("button").click()
    expect(notices).to_have_count(1)
    assert "torch.tensor([1., 2.], requires_grad=True)" in code(page)
    notices.get_by_role("button").click()
    expect(notices).to_have_count(0)
    assert "y = x * 2\ny.retain_grad()" in code(page)


def test_the_card_closes_and_comes_back_from_its_cell(page: Page) -> None:
    run(page, SQUARES + "\nprint(outt)")
    card = page.locator("#fault")
    expect(card.locator("h2")).to_have_text("还没有 outt")
    card.locator(".fault-close").click()
    expect(card).to_be_hidden()
    page.locator(".error-why").click()
    expect(card.locator("h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_error_of_a_call_is_explained_where_it_happened(page: Page) -> None:
    run(page, SQUARES, "y.backward()", "y.backward(torch.ones(3))")
    card = page.locator("#fault")
    expect(card).to_be_hidden()
    page.locator(".step[data-kind=error]").click()
    expect(card).to_be_visible()
    page.keyboard.press("End")
    expect(card).to_be_hidden()
    page.locator(".error-why").click()
    expect(page.locator(".step[data-kind=error]")).to_have_attribute("aria-current", "step")
    expect(card).to_be_visible()


def test_repairs_wait_while_the_code_is_another(page: Page) -> None:
    run(page, SQUARES, "y.backward()")
    page.locator(".cm-content").first.click()
    page.keyboard.type("#")
    expect(page.locator("#fault [data-fix]").first).to_be_disabled()
    page.keyboard.press("Control+z")
    expect(page.locator("#fault [data-fix]").first).to_be_enabled()


def test_every_hint_has_a_title_and_a_reason() -> None:
    folder = Path(__file__).resolve().parents[2] / "static" / "locales"
    for lang in ("zh", "en"):
        catalogue = json.loads((folder / f"{lang}.json").read_text("utf-8"))
        faults = catalogue["page"]["fault"]
        assert [code for code in catalogue["hint"] if not {"title", "reason"} <= faults.get(code, {}).keys()] == []


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe(page: Page, width: int, lang: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    run(page, MATRICES + "\nc.backward(torch.ones(2, 2))", lang=lang)
    expect(page.locator(".fault-preview code").first).to_be_visible()
    found = Axe().run(page, options=NO_PRELOAD).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found if rule["impact"] in GRAVE] == []
