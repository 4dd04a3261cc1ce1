"""where, clamp, masks and scatter."""

from __future__ import annotations

import numpy as np

from tests.engine.rows.row import Row, a, b, m, n, r, t

YES_NO = b(True, False, True)

# fmt: off
ROWS = [
    Row("where", t.where, (YES_NO, r(2, 3), r(3)), lambda c, x, y: x * c + y * (1 - c)),
    Row("where", t.where, (b([True], [False]), r(3), r()), lambda c, x, y: x * c + y * (1 - c)),
    Row("where", lambda c, x: t.where(c, x, 0.5), (YES_NO, r(3)), lambda c, x: x * c + 0.5 * (1 - c)),
    Row("clamp", lambda x: t.clamp(x, -0.4, 0.6), (r(2, 3),), lambda x: np.maximum(np.minimum(x, 0.6), -0.4)),
    Row("clamp", lambda x: m.clamp(x, min=0.4), (r(2, 3),), lambda x: np.maximum(x, 0.4)),
    Row("clamp", lambda x: m.clamp(x, max=0.4), (r(2, 3),), lambda x: np.minimum(x, 0.4)),
    Row("clamp_min", lambda x: t.clamp_min(x, 0.4), (r(2, 3),), lambda x: np.maximum(x, 0.4)),
    Row("clamp_max", lambda x: t.clamp_max(x, 0.4), (r(2, 3),), lambda x: np.minimum(x, 0.4)),
    Row("clamp_tensor", lambda x, low, high: t.clamp(x, low, high), (r(2, 3), a(-0.5, 0, 0.1), a(0.2, 0.6, 3)), lambda x, low, high: np.clip(x, low, high)),
    Row("clamp", lambda x: m.clamp(x, 1, 0), (r(2, 3),), lambda x: x * 0),
    Row("clamp", lambda x: m.clamp(x, 1, 2), (a(0, 1, 1.5, 2, 3),), lambda x: a(1, 1, 1.5, 2, 2), smooth=False),
    Row("masked_fill", lambda x, c: m.masked_fill(x, c, 7), (r(2, 3), YES_NO), lambda x, c: x * (1 - c) + 7 * c),
    Row("masked_fill", m.masked_fill, (r(2, 3), YES_NO, r()), lambda x, c, v: x * (1 - c) + v * c),
    Row("masked_select", t.masked_select, (r(2, 3), YES_NO), lambda x, c: np.array([x[0, 0], x[0, 2], x[1, 0], x[1, 2]])),
    Row("masked_select", t.masked_select, (r(3), b([True], [False])), lambda x, c: x),
    Row("scatter", lambda x, i, s: t.scatter(x, 1, i, s), (r(2, 3), np.array([[0, 2], [1, 0]]), r(2, 2)), lambda x, i, s: np.array([[s[0, 0], x[0, 1], s[0, 1]], [s[1, 1], s[1, 0], x[1, 2]]])),
    Row("scatter", lambda x, i: t.scatter(x, 0, i, 5.0), (r(3), n(2)), lambda x, i: np.array([x[0], x[1], 5.0])),
]
# fmt: on
