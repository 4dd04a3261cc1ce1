"""The built-in programs: complete in both languages, runnable, failing only where that is what they show."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from app import locales
from app.trace import trace
from app.web.programs import FOLDER, built_in

PROGRAMS = built_in()
FAILING = {
    "non-scalar-root": ["non-scalar-root", None, None],
    "second-backward": ["second-backward", None],
    "changed-in-place": ["inplace-saved", None],
    "chain-cut": ["no-grad-fn", None],
}
TOLD = {
    "prod-with-zero": {"product-at-zero"}, "max-with-ties": {"ties-share"}, "variance": {"var-correction"},
    "cumprod-with-zero": {"product-at-zero"}, "chain-cut": {"chain-cut-by-number"},
    "leaf-lost": {"leaf-lost", "nonleaf-grad"}, "forgotten-zero-grad": {"grad-grown"},
    "unused-leaf": {"leaf-unused-beside"}, "data-edit": {"saved-edited"},
    "own-function": {"own-differs"}, "hook": {"hook-changed"}, "retain-grad": {"nonleaf-grad"},
}  # fmt: skip
"""What a program is told: the notices that it is there to show."""
KINDS = {"sin": "one-to-one", "broadcast-add": "one-to-many", "sum-and-mean": "many-to-one", "softmax": "many-to-many"}


@pytest.fixture(scope="module", params=list(PROGRAMS))
def ran(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """A program's slug and trace."""
    return request.param, trace(PROGRAMS[request.param].cells)


def test_there_are_enough() -> None:
    assert len(PROGRAMS) >= 18
    assert len(PROGRAMS) == len(list(FOLDER.glob("*.py")))


def test_errors_are_the_intended_ones(ran: tuple[str, dict[str, Any]]) -> None:
    slug, answer = ran
    hints = [cell["error"] and cell["error"]["hint"]["code"] for cell in answer["cells"]]
    assert hints == FAILING.get(slug, [None] * len(hints))


def test_every_program_goes_backward_and_shows_it(ran: tuple[str, dict[str, Any]]) -> None:
    slug, answer = ran
    assert any(call["accumulated"] or call["call"] == "grad" for call in answer["backward"])
    assert any(cell["stdout"] or cell["result"] for cell in answer["cells"])
    told = {notice["code"] for cell in answer["cells"] for notice in cell["notices"]}
    assert told == TOLD.get(slug, set())


def test_small_enough_for_the_screen(ran: tuple[str, dict[str, Any]]) -> None:
    _, answer = ran
    assert all(len(t["values"]) <= 12 for t in answer["tensors"])
    assert max(len(line) for cell in PROGRAMS[ran[0]].cells for line in cell.split("\n")) <= 90


@pytest.mark.parametrize("slug", PROGRAMS)
def test_words(slug: str) -> None:
    program = PROGRAMS[slug]
    for language in locales.LANGUAGES:
        assert program.title[language]
        assert program.about[language]
        assert len(program.title[language] or "") <= 40
        assert len(program.about[language] or "") <= 130
    assert locales.sentence("en", f"program.group.{program.group}")


def test_no_words_without_a_program() -> None:
    for language in locales.LANGUAGES:
        words = locales.catalogue(language)["program"]
        assert set(words) - {"group"} == set(PROGRAMS)
        assert set(words["group"]) == {program.group for program in PROGRAMS.values()}


def test_groups_stay_together() -> None:
    groups = [program.group for program in PROGRAMS.values()]
    assert sum(a != b for a, b in itertools.pairwise(groups)) == len(set(groups)) - 1


def test_one_starter_of_each_kind_shows_that_kind() -> None:
    assert {slug: p.kind for slug, p in PROGRAMS.items() if p.kind} == KINDS
    for slug, kind in KINDS.items():
        shown = {r["kind"] for op in trace(PROGRAMS[slug].cells)["ops"] for r in op["relations"] if r["carries"]}
        assert kind in shown


FACTS = {
    "gradient-argument": [[1, 6, 2, 0]],
    "accumulation": [[0, 3, 2, 15]],
    "prod-with-zero": [[0, 6, 0], [0, 0, 0]],
    "max-with-ties": [[0, 1, 0, 1, 0, 0]],
    "cumsum": [[4, 3, 2, 1]],
    "cumprod-with-zero": [[1, 8, 0]],
    "softmax-rows": [[0, 0, 0, 0, 0, 0]],
    "second-derivative": [[6, 12]],
}


@pytest.mark.parametrize(("slug", "wanted"), FACTS.items())
def test_the_facts_that_they_show(slug: str, wanted: list[list[float]]) -> None:
    tensors = trace(PROGRAMS[slug].cells)["tensors"]
    drawers = [[round(n, 6) for n in t["grad"]] for t in tensors if t["grad"] is not None]
    assert drawers == wanted


def test_detach_is_shown_as_a_cut() -> None:
    answer = trace(PROGRAMS["detach"].cells)
    cut = next(op for op in answer["ops"] if op["name"] == "detach")
    assert (cut["grad_fn"], cut["relations"][0]["carries"]) == (None, False)


def test_code_is_plain() -> None:
    for program in PROGRAMS.values():
        assert program.cells[0].startswith("import torch\n")
        assert not re.search(r"[^\x00-\x7f]", "\n".join(program.cells))
