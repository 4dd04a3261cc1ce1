"""Putting together and taking apart."""

from __future__ import annotations

import numpy as np

from tests.engine.rows.row import Row, r, t

# fmt: off
ROWS = [
    Row("cat", lambda x, y: t.cat([x, y], 1), (r(2, 3), r(2, 1)), lambda x, y: np.hstack([x, y])),
    Row("cat", lambda x, y: t.cat([x, y, x]), (r(2, 3), r(0, 3)), lambda x, y: np.vstack([x, x])),
    Row("cat", lambda x, y: t.cat((x, y), -1), (r(3), r(0)), lambda x, y: x),
    Row("stack", lambda x, y: t.stack([x, y]), (r(2, 3), r(2, 3)), lambda x, y: np.array([x, y])),
    Row("stack", lambda x, y: t.stack([x, y], -1), (r(2), r(2)), lambda x, y: np.array([x, y]).T),
    Row("stack", lambda x, y: t.stack([x, y]), (r(), r(seed=2)), lambda x, y: np.array([x, y])),
    Row("split", lambda x: t.split(x, 2), (r(5, 2),), lambda x: (x[:2], x[2:4], x[4:])),
    Row("split", lambda x: t.split(x, [1, 2], 1), (r(2, 3),), lambda x: (x[:, :1], x[:, 1:])),
    Row("split", lambda x: t.chunk(x, 2, 1), (r(2, 3),), lambda x: (x[:, :2], x[:, 2:])),
    Row("unbind", t.unbind, (r(2, 3),), lambda x: (x[0], x[1])),
    Row("unbind", lambda x: t.unbind(x, 1), (r(2, 3),), lambda x: tuple(x.T)),
]
# fmt: on
