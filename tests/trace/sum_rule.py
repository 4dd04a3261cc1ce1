"""The sum rule of the API, computed from an answer alone: a tensor's score is the sum of its shares.

A share is Σ over the edges of one relation of weight × score of the output element. Everything is added up here
in double precision from what the answer says; no code of the engine takes part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Json = dict[str, Any]
Ask = Callable[[int, int, int], Json]
"""Gives the edges of all outputs of (operation, input, output) when the trace did not have room for them."""
TOLERANCE = {"float32": 1e-5, "float64": 1e-12}


class Sums:
    """Σ terms of one tensor's elements, and how far off the score may be: the tolerance of the coarsest type that a
    term went through, times Σ |terms|."""

    def __init__(self, size: int, dtype: str) -> None:
        self.total = np.zeros(size)
        self.allowed = np.zeros(size)
        self.dtype = dtype

    def add(self, at: np.ndarray, terms: np.ndarray, dtype: str) -> None:
        np.add.at(self.total, at, terms)
        np.add.at(self.allowed, at, np.abs(terms) * max(TOLERANCE[dtype], TOLERANCE[self.dtype]))


def floats(numbers: list[Any]) -> np.ndarray:
    """Numbers of the API as doubles; `float` reads "NaN" and "Infinity"."""
    return np.array([float(n) for n in numbers])


def faults(trace: Json, ask: Ask) -> list[str]:
    """Every element of every backward call whose score is not the sum of its shares."""
    return [fault for call in trace["backward"] for fault in _call_faults(trace, call, ask)]


def _call_faults(trace: Json, call: Json, ask: Ask) -> Iterator[str]:
    scores = {s["tensor"]: floats(s["values"]) for s in call["scores"]}
    try:
        sums = _sums(trace, call, scores, ask)
    except NotLinearError:
        return
    _put_hooked(call, scores, sums)
    for number, score in scores.items():
        with np.errstate(invalid="ignore"):
            close = np.abs(score - sums[number].total) <= sums[number].allowed
        same = (score == sums[number].total) | (np.isnan(score) & np.isnan(sums[number].total))
        for i in np.nonzero(~(close | same))[0]:
            yield f"call {call['id']}, tensor {number}[{i}]: score {score[i]}, sum {sums[number].total[i]}"
    yield from _booking_faults(trace, call, scores)


def _put_hooked(call: Json, scores: dict[int, np.ndarray], sums: dict[int, Sums]) -> None:
    """A hook of a tensor puts its gradient in the place of the sum; what it was given is checked to be the sum."""
    for hook in call["hooks"]:
        number = hook["tensor"]
        if number is not None and number in sums:
            before, found = floats(hook["before"]), sums[number]
            close = np.abs(before - found.total) <= found.allowed + 1e-6 * np.abs(before)
            assert (close | ~np.isfinite(before)).all(), f"tensor {number}: the hook got {before}, sum {found.total}"
            found.total = floats(hook["after"])


def _sums(trace: Json, call: Json, scores: dict[int, np.ndarray], ask: Ask) -> dict[int, Sums]:
    kinds = {tensor["id"]: tensor["dtype"] for tensor in trace["tensors"]}
    sums = {number: Sums(score.size, kinds[number]) for number, score in scores.items()}
    for root in call["roots"]:
        if root["tensor"] in scores:
            gradient = floats(root["gradient"])
            sums[root["tensor"]].add(np.arange(gradient.size), gradient, kinds[root["tensor"]])
    for entry in call["scores"]:
        for later in entry.get("through", []):
            sums[entry["tensor"]].add(np.arange(scores[later].size), scores[later], kinds[later])
    for number in call["order"]:
        op = trace["ops"][number]
        if op.get("linear") is False or any("unknown" in relation for relation in op["relations"]):
            raise NotLinearError(op["name"])
        given = _given(call, op, scores)
        for relation in op["relations"]:
            _add_shares(op, relation, given, scores, sums, kinds, ask)
        _put_shares(call, op, sums, kinds)
    return sums


class NotLinearError(Exception):
    """A learner's backward whose answer is no weighted sum of the scores: no rule holds for it."""


def _given(call: Json, op: Json, scores: dict[int, np.ndarray]) -> dict[int, np.ndarray]:
    """The scores that the operation's backward got: after the hooks that were registered to run before it."""
    changed = {
        op["outputs"][h["output"]]: floats(h["after"]) for h in call["hooks"] if h["op"] == op["id"] and "output" in h
    }
    return {**scores, **changed}


def _put_shares(call: Json, op: Json, sums: dict[int, Sums], kinds: dict[int, str]) -> None:
    """A hook that runs after an operation's backward puts another share in the place of what came out."""
    for hook in call["hooks"]:
        if hook["op"] == op["id"] and "input" in hook:
            into = op["inputs"][hook["input"]]
            change = floats(hook["after"]) - floats(hook["before"])
            sums[into].add(np.arange(change.size), change, kinds[into])


def _add_shares(
    op: Json, relation: Json, given: dict[int, np.ndarray], scores: dict[int, np.ndarray], sums: dict[int, Sums],
    kinds: dict[int, str], ask: Ask,
) -> None:  # fmt: skip
    into, out = op["inputs"][relation["input"]], op["outputs"][relation["output"]]
    if not relation["carries"] or into not in scores or out not in scores:
        return
    found = relation if relation["complete"] else ask(op["id"], relation["input"], relation["output"])
    edges = found["edges"]
    weight = floats(edges["weight"])
    with np.errstate(invalid="ignore"):
        terms = weight * given[out][edges["output"]]
    if relation["selects"]:
        terms[weight == 0] = 0
    sums[into].add(np.asarray(edges["input"], int), terms, kinds[out])


def _booking_faults(trace: Json, call: Json, scores: dict[int, np.ndarray]) -> Iterator[str]:
    """What a call booked in a leaf's drawer is that leaf's score."""
    for entry in call["accumulated"]:
        before = 0 if entry["before"] is None else floats(entry["before"])
        after = floats(entry["after"])
        tolerance = 4 * TOLERANCE[trace["tensors"][entry["tensor"]]["dtype"]]
        score = scores[entry["tensor"]]
        scale = np.maximum(np.abs(after), np.abs(score))
        with np.errstate(invalid="ignore"):
            wrong = np.abs(after - before - score) > tolerance * scale
        if wrong.any():
            yield f"call {call['id']}, tensor {entry['tensor']}: .grad grew by {after - before}, score {score}"
