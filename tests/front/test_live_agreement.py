"""The page's own backward pass (gradient/live-trace.js) against the engine's, as the page writes the numbers."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.trace import trace
from app.web.programs import built_in
from tests.front.test_modules import find_node

SCRIPT = Path(__file__).resolve().parent / "live-agreement.mjs"
Json = dict[str, Any]


def live(pairs: list[Json]) -> list[Json]:
    """What the page makes of each base trace with other gradients, beside what the engine answers."""
    run = [find_node(), str(SCRIPT)]
    done = subprocess.run(run, input=json.dumps(pairs), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    answers: list[Json] = json.loads(done.stdout)
    return answers


def given(call: int, root: Json, values: list[float] | None = None) -> Json:
    return {"call": call, "tensor": root["tensor"], "values": values or root["gradient"]}


def _may(call: Json) -> bool:
    """A failed call, one under create_graph and one whose hooks are the program's own are asked for at the server."""
    return not call["error"] and not call["create_graph"] and not call["hooks"]


def roots(slug: str) -> list[tuple[Json, int, Json]]:
    """The program's trace with each root of a call that the page may compute itself."""
    base = trace(built_in()[slug].cells)
    calls = [(n, call) for n, call in enumerate(base["backward"]) if _may(call)]
    return [(base, n, root) for n, call in calls for root in call["roots"]]


@pytest.mark.parametrize("slug", built_in())
def test_the_same_gradient_gives_the_same_numbers(slug: str) -> None:
    pairs = [{"base": base, "gradients": [given(n, root)], "wanted": base} for base, n, root in roots(slug)]
    for answer in live(pairs):
        assert answer["live"] == answer["wanted"]
        assert answer["grads"] == answer["wantedGrads"]


def literal(base: Json, call: int, root: Json) -> Json | None:
    """The expression that made the root's gradient."""
    shape = base["tensors"][root["tensor"]]["shape"]
    for entry in reversed(base["tensors"]):
        made = entry["op"] is None and entry["shape"] == shape and entry["values"] == root["gradient"]
        if made and shape and not entry["requires_grad"] and "torch" in entry["label"]:
            span: Json = entry["span"]
            return span if entry["name"] or span["line"] >= base["backward"][call]["span"]["line"] else None
    return None


def with_gradient(cells: list[str], span: Json, values: Any) -> list[str]:
    """The program with other numbers in that expression."""
    lines = cells[span["cell"]].split("\n")
    first, last = lines[span["line"] - 1], lines[span["end_line"] - 1]
    text = f"{first[: span['column']]}torch.tensor({values.tolist()}){last[span['end_column'] :]}"
    lines[span["line"] - 1 : span["end_line"]] = [text]
    return [*cells[: span["cell"]], "\n".join(lines), *cells[span["cell"] + 1 :]]


WITH_GRADIENT = {slug: found for slug in built_in() if (found := [r for r in roots(slug) if literal(*r)])}


def test_enough_programs_have_a_gradient_of_their_own() -> None:
    assert len(WITH_GRADIENT) >= 10


def compared(slug: str, step: float) -> list[Json]:
    """Both answers for random gradients that are multiples of `step`."""
    chance = random.Random(slug)
    pairs = []
    for base, call, root in WITH_GRADIENT[slug]:
        span = literal(base, call, root)
        assert span
        for _ in range(5):
            values = [round(chance.randint(-12, 12) * step, 2) for _ in root["gradient"]]
            shaped = np.reshape(np.array(values), base["tensors"][root["tensor"]]["shape"])
            wanted = trace(with_gradient(built_in()[slug].cells, span, shaped))
            pairs.append({"base": base, "gradients": [given(call, root, values)], "wanted": wanted})
    return live(pairs)


@pytest.mark.parametrize("slug", WITH_GRADIENT)
def test_another_gradient_gives_what_the_engine_answers(slug: str) -> None:
    for answer in compared(slug, 0.25):
        assert answer["live"] == answer["wanted"]
        assert answer["grads"] == answer["wantedGrads"]


@pytest.mark.parametrize("slug", WITH_GRADIENT)
def test_a_gradient_that_is_rounded_gives_the_same_up_to_the_last_bit(slug: str) -> None:
    """Where a kernel adds in another order; the page knows that it may be so, and asks the server when it is let go."""
    for answer in compared(slug, 0.01):
        if answer["live"] != answer["wanted"]:
            assert answer["exact"] is False
            pairs = zip(flat(answer["live"]), flat(answer["wanted"]), strict=True)
            assert all(mine == pytest.approx(theirs, rel=1e-6, abs=1e-6) for mine, theirs in pairs)


def flat(told: list[Any]) -> list[float]:
    """The numbers of nested lists of texts, None left out."""
    numbers = [text for call in told for row in call if row is not None for text in row]
    return [float(text.replace("\u2212", "-")) for text in numbers]
