"""Reductions: whole, one dim, several dims, kept, of nothing, with zeros and ties."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Call, Row, a, m, p, r, raw, t

FORMS: tuple[dict[str, Any], ...] = (
    {}, {"dim": 1}, {"dim": -1, "keepdim": True}, {"dim": (0, 2)}, {"dim": (0, 2), "keepdim": True},
)  # fmt: skip


def axes(form: dict[str, Any]) -> dict[str, Any]:
    """The same in numpy's words."""
    return {"axis": form.get("dim"), "keepdims": form.get("keepdim", False)}


def rows(name: str, expect: Call, fill: Call = r, forms: tuple[dict[str, Any], ...] = FORMS, **more: Any) -> list[Row]:
    """The reduction in every form, on three dims; whole, on a vector and a scalar."""
    made = [Row(name, _call(name, form, more), (fill(2, 3, 2),), _numpy(expect, form)) for form in forms]
    line: dict[str, Any] = forms[0] and {"dim": 0}
    return [*made, Row(name, _call(name, line, more), (fill(4),), _numpy(expect, line))]


def _call(name: str, form: dict[str, Any], more: dict[str, Any]) -> Call:
    return lambda x: getattr(m, name)(x, **form, **more)


def _numpy(expect: Call, form: dict[str, Any]) -> Call:
    return lambda x: expect(x, **axes(form))


def variance(x: Array, correction: float = 1, **form: Any) -> Array:
    n = math.prod(np.shape(x)) / math.prod(np.shape(np.sum(x, **form)))
    made: Array = np.mean((x - np.mean(x, axis=form["axis"], keepdims=True)) ** 2, **form) * n / (n - correction)
    return made


def lengths(power: float) -> Call:
    return lambda x, **form: np.sum(np.abs(x) ** power, **form) ** (1 / power)


ONE: tuple[dict[str, Any], ...] = ({}, {"dim": 1}, {"dim": -1, "keepdim": True})
DIMS: tuple[dict[str, Any], ...] = ({"dim": (0, 2)}, {"dim": 1}, {"dim": -1, "keepdim": True})
ALL = {"dims": (0, 1)}

# fmt: off
ROWS = [
    *rows("sum", lambda x, **form: -np.sum(-x, **form)),
    Row("sum", t.sum, (r(0),), lambda x: np.zeros(())),
    Row("sum", lambda x: t.sum(x, 1), (r(2, 0),), lambda x: np.zeros(2)),
    Row("sum", t.sum, (r(),), lambda x: x),
    *rows("mean", lambda x, **form: np.mean(x, **form)),
    Row("mean", t.mean, (r(),), lambda x: x),
    *rows("prod", lambda x, **form: np.exp(np.sum(np.log(x), **form)), p, ONE),
    Row("prod", t.prod, (a(2, 0, 4),), lambda x: np.zeros(())),
    Row("prod", t.prod, (a([2, 0], [0, 4]),), lambda x: np.zeros(())),
    Row("prod", lambda x: t.prod(x, 1), (a([2, 0, 3], [1, 2, 3], [0, 4, 0]),), lambda x: a(0, 6, 0)),
    Row("prod", t.prod, (r(),), lambda x: x),
    Row("prod", t.prod, (r(0),), lambda x: np.ones(())),
    *rows("max", lambda x, **form: -np.min(-x, **form), forms=({},)),
    *rows("min", lambda x, **form: -np.max(-x, **form), forms=({},)),
    Row("max", t.max, (a(3, 1, 3),), lambda x: np.array(3.0), smooth=False),
    Row("min", t.min, (a(3, 1, 1),), lambda x: np.array(1.0), smooth=False),
    *rows("amax", lambda x, **form: -np.min(-x, **form), forms=DIMS),
    *rows("amin", lambda x, **form: -np.max(-x, **form), forms=DIMS),
    Row("amax", t.amax, (a(3, 1, 3),), lambda x: np.array(3.0), smooth=False),
    Row("amin", lambda x: t.amin(x, 1), (a([3, 1, 1], [2, 2, 2]),), lambda x: a(1, 2), smooth=False),
    Row("max_dim", lambda x: t.max(x, 1), (r(2, 3, 2),), lambda x: (np.max(x, 1), np.argmax(x, 1))),
    Row("max_dim", lambda x: t.max(x, -1, keepdim=True), (r(2, 3),), lambda x: (np.max(x, 1, keepdims=True), np.argmax(x, 1)[:, None])),
    Row("max_dim", lambda x: t.max(x, 0), (a(3, 1, 3),), lambda x: (np.array(3.0), np.array(0)), smooth=False),
    Row("max_dim", lambda x: t.max(x, 0), (r(),), lambda x: (x, np.array(0))),
    Row("min_dim", lambda x: t.min(x, 0), (r(2, 3, 2),), lambda x: (np.min(x, 0), np.argmin(x, 0))),
    Row("min_dim", lambda x: t.min(x, 1), (a([3, 1, 1],),), lambda x: (a(1), np.array([1])), smooth=False),
    *rows("var", variance),
    *rows("var", lambda x, **form: np.var(x, **form), correction=0, forms=FORMS[:3]),
    *rows("std", lambda x, **form: variance(x, **form) ** 0.5),
    Row("var", lambda x: t.var(x, unbiased=False), (r(5),), np.var),
    Row("std", lambda x: m.std(x, 1, False), (r(2, 5),), lambda x: np.std(x, 1)),
    Row("std", t.std, (a(2, 2, 2),), lambda x: np.zeros(()), smooth=False),
    *rows("norm", lengths(2)),
    *rows("norm", lengths(3), p=3),
    *rows("norm", lengths(1), p=1, forms=FORMS[:3]),
    *rows("norm", lambda x, **form: np.max(np.abs(x), **form), p=float("inf"), forms=FORMS[:3]),
    *rows("norm", lambda x, **form: np.min(np.abs(x), **form), p=float("-inf"), forms=FORMS[:3]),
    *rows("norm", lambda x, **form: np.sum(x != 0, **form) * 1.0, p=0, forms=FORMS[:3]),
    Row("norm", t.norm, (a(0, 0),), lambda x: np.zeros(()), smooth=False),
    *rows("logsumexp", lambda x, **form: np.log(np.sum(np.exp(x), **form)), forms=DIMS),
    Row("logsumexp", lambda x: t.logsumexp(x, 0), (a(1000, 1001),), lambda x: np.array(1001 + np.log1p(np.exp(-1)))),
    Row("argmax", t.argmax, (a([1, 5], [5, 2]),), lambda x: np.array(1)),
    Row("argmax", lambda x: t.argmax(x, 1), (r(2, 3),), lambda x: np.argmax(x, 1)),
    Row("argmin", t.argmin, (a(3, 1, 1),), lambda x: np.array(1)),
    Row("argmin", lambda x: m.argmin(x, 0, keepdim=True), (r(2, 3),), lambda x: np.argmin(x, 0)[None]),
    Row("any", t.any, (a(0, 2, 0),), lambda x: np.array(True)),
    Row("any", lambda x: t.any(x, 1), (a([0, 0], [0, 1]),), lambda x: np.array([False, True])),
    Row("all", t.all, (a(1, 2, 0),), lambda x: np.array(False)),
    Row("all", lambda x: m.all(x, 0), (a([1, 0], [3, 1]),), lambda x: np.array([True, False])),
    Row("tied", raw("tied", **ALL), (a([1, 3], [3, 0]), a([3.0])), lambda x, y: a([0, 0.5], [0.5, 0]), smooth=False),
    Row("chosen", raw("chosen", dim=1), (r(2, 3), np.array([[0], [2]])), lambda x, y: a([1, 0, 0], [0, 0, 1]) == 1),
]
# fmt: on
