"""GET /api/ops: every name, with formulas that KaTeX reads and an example that shows the operation."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app import locales
from app.engine.registry import ENTRIES, METHODS, TORCH
from app.interpreter import public_names
from app.trace import catalogue, trace
from app.trace.examples import has_derivative
from app.trace.pictures import FEW, program_picture
from tests.front.test_modules import find_node
from tests.trace.programs import everything, traced
from tests.trace.sum_rule import faults

ROOT = Path(__file__).resolve().parents[2]
KATEX = ROOT / "node_modules" / "katex" / "dist" / "katex.mjs"
ENTRIES_BY_NAME = {entry["name"]: entry for entry in catalogue()}
SHOWN = {name: entry["example"] for name, entry in ENTRIES_BY_NAME.items() if entry["example"]}


def formulas() -> list[str]:
    """All LaTeX of the catalogue, of its examples and of the programs."""
    found = {entry[key] for entry in catalogue() for key in ("forward", "local") if entry[key]}
    answers = [traced(name) for name in everything()] + [trace([example]) for example in SHOWN.values()]
    for answer in answers:
        for op in answer["ops"]:
            for r in op["relations"]:
                found |= {r["local"], *(symbol["tex"] for symbol in r["symbols"])}
    return sorted(found)


def balanced(tex: str) -> bool:
    """Braces close in order; environments end as they began."""
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    begun, ended = (re.findall(rf"\\{word}{{(\w+)}}", tex) for word in ("begin", "end"))
    return depth == 0 and begun == ended


def test_every_exposed_name_is_listed_once() -> None:
    names = [entry["name"] for entry in catalogue()]
    assert names == sorted(set(names))
    spelled = {spelling for entry in catalogue() for spelling in entry["spellings"]}
    functions = {name for name, value in TORCH.items() if callable(value) and not isinstance(value, type)}
    assert {f"Tensor.{name}" for name in METHODS} <= spelled
    assert {name for name in functions if "." not in name and f"torch.{name}" not in spelled} == set()
    assert {entry.name for entry in ENTRIES} <= set(names)
    library = {f"{module}.{name}" for module, held in public_names().items() for name in held}
    assert library <= spelled
    assert not [name for name in spelled if re.search(r"^(?!Tensor).*\._[^_]", name)]


def test_every_differentiable_operation_has_an_example() -> None:
    differentiable = {entry.name for entry in ENTRIES if has_derivative(entry.operation)}
    assert {e["name"] for e in catalogue() if not e["example"]} & differentiable == set()


@pytest.mark.parametrize("name", SHOWN)
def test_example(name: str) -> None:
    answer = trace([SHOWN[name]])
    assert answer["error"] is None, answer["error"]
    made = [t for t in answer["tensors"] if t["name"] == "o"]
    assert made
    assert faults(answer, _no_more) == []
    entry = ENTRIES_BY_NAME[name]
    assert entry["forward"]
    assert entry["forward"].startswith("o = ")
    assert entry["structure"]
    relations = [r for op in answer["ops"] for r in op["relations"]]
    assert (entry["local"], entry["kind"]) in {(r["local"], r["kind"]) for r in relations}
    assert name.startswith("detach") or answer["backward"][0]["accumulated"]


def _no_more(op: int, input: int, output: int) -> dict[str, Any]:
    raise AssertionError(f"operation {op} is too large for an example")


def test_the_four_kinds() -> None:
    kinds = {"sin": "one-to-one", "expand": "one-to-many", "sum": "many-to-one", "softmax": "many-to-many"}
    assert {name: ENTRIES_BY_NAME[name]["kind"] for name in kinds} == kinds
    assert ENTRIES_BY_NAME["zeros"]["kind"] is None


def test_every_card_of_the_gallery_has_words_in_both_languages() -> None:
    """Search finds an operation by them. One that writes in place stands under the one that does not."""
    drawn = {name for name, entry in ENTRIES_BY_NAME.items() if entry["kind"] and entry["example"] and entry["picture"]}
    cards = {name for name in drawn if not (name.endswith("_") and name[:-1] in ENTRIES_BY_NAME)}
    keys = {f"page.start.operation.{name}" for name in cards}
    for language in locales.LANGUAGES:
        words = {f"page.start.operation.{name}" for name in locales.catalogue(language)["page"]["start"]["operation"]}
        assert (keys - words, words - keys) == (set(), set()), f"(missing, left over) in {language}.json"


def test_formulas_are_balanced() -> None:
    assert [tex for tex in formulas() if not balanced(tex)] == []
    assert not balanced(r"\frac{1}{x_i")
    assert not balanced(r"\begin{cases} 1")


@pytest.mark.skipif(not KATEX.is_file(), reason="KaTeX is not unpacked here")
def test_katex_reads_every_formula() -> None:
    assert unread([r"\frac{1}{2}", r"\frac{1"]) == [r"\frac{1"]
    assert unread(formulas()) == []


def unread(texts: list[str]) -> list[str]:
    """The formulas that KaTeX, strict, refuses."""
    script = f"""
      import katex from {json.dumps(KATEX.as_uri())};
      const refused = {json.dumps(texts)}.filter((tex) => {{
        try {{ katex.renderToString(tex, {{ strict: "error", throwOnError: true }}); return false; }}
        catch {{ return true; }}
      }});
      console.log(JSON.stringify(refused));
    """
    done = subprocess.run(
        [find_node(), "--input-type=module"], input=script, capture_output=True, text=True, check=True
    )
    refused: list[str] = json.loads(done.stdout)
    return refused


@pytest.mark.parametrize("name", SHOWN)
def test_picture_adds_up(name: str) -> None:
    """Every edge that an element has is drawn: its terms give the score that is shown."""
    picture = ENTRIES_BY_NAME[name]["picture"]
    assert picture["kind"] == ENTRIES_BY_NAME[name]["kind"]
    edges, start, end = picture["edges"], picture["input"], picture["output"]
    assert 0 < len(edges["weight"]) <= picture["edge_count"]
    assert set(edges["input"]) <= set(start["elements"])
    assert set(edges["output"]) <= set(end["elements"])
    assert max(len(start["elements"]), len(end["elements"])) <= FEW
    if not picture["carries"]:
        assert start["scores"] is None
        return
    upstream = dict(zip(end["elements"], end["scores"], strict=True))
    sums = dict.fromkeys(start["elements"], 0.0)
    for i, o, weight in zip(edges["input"], edges["output"], edges["weight"], strict=True):
        sums[i] += weight * upstream[o]
    assert list(sums.values()) == pytest.approx(start["scores"], abs=1e-6)


def test_picture_of_a_program_is_of_the_kind_it_shows() -> None:
    cells = ["import torch\nx = torch.ones(2, 3, requires_grad=True)\n", "y = (x * 2).sum(1)\ny.sum().backward()"]
    drawn = program_picture(cells, "many-to-one")
    assert drawn
    assert (drawn["input"]["name"], drawn["input"]["shape"], drawn["output"]["name"]) == (None, [2, 3], "y")
    assert drawn["edges"] == {"input": [0, 1, 2, 3, 4, 5], "output": [0, 0, 0, 1, 1, 1], "weight": [1] * 6}
    assert drawn["input"]["scores"] == [1] * 6
    assert program_picture(cells, "many-to-many") is None


def test_a_unit_too_large_has_no_picture() -> None:
    cells = ["import torch\nx = torch.ones(9, requires_grad=True)\nx.sum().backward()"]
    assert program_picture(cells, "many-to-one") is None
