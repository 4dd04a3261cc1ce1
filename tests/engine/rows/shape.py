"""Rearrangements of one tensor: new shapes, other orders, cuts, stretches and copies side by side."""

from __future__ import annotations

import numpy as np

from tests.engine.rows.row import Row, m, n, r, raw, t

# fmt: off
ROWS = [
    Row("reshape_seen", lambda x: m.reshape(x, 3, 2), (r(2, 3),), lambda x: x.ravel().reshape(3, 2)),
    Row("reshape_seen", lambda x: m.reshape(x, -1), (r(2, 0),), lambda x: np.zeros(0)),
    Row("reshape_seen", lambda x: m.reshape(x, 1, 1), (r(),), lambda x: x.reshape(1, 1)),
    Row("reshape_seen", lambda x: t.flatten(x), (r(),), lambda x: x.reshape(1)),
    Row("view", lambda x: m.view(m.contiguous(x), (6,)), (r(2, 3),), lambda x: x.ravel()),
    Row("reshape_alias", lambda x: m.reshape(m.transpose(x, 0, 1), 3, 1, 2), (r(2, 3),), lambda x: x.T[:, None]),
    Row("reshape_alias", lambda x: m.reshape(m.expand(x, 2, 3), 2, 1, 3), (r(3),), lambda x: np.stack([x, x])[:, None]),
    Row("reshape_copy", lambda x: m.reshape(m.t(x), 6), (r(2, 3),), lambda x: x.T.ravel()),
    Row("reshape_copy", lambda x: t.flatten(m.transpose(x, 1, 2), 1), (r(2, 3, 2),), lambda x: np.moveaxis(x, 1, 2).reshape(2, 6)),
    Row("reshape", raw("reshape", shape=(3, 2)), (r(2, 3),), lambda x: x.reshape(3, 2)),
    Row("squeeze", t.squeeze, (r(1, 2, 1),), lambda x: x[0, :, 0]),
    Row("squeeze", lambda x: t.squeeze(x, 0), (r(1, 2, 1),), lambda x: x[0]),
    Row("squeeze", lambda x: m.squeeze(x, (0, 2)), (r(1, 2, 1),), lambda x: x[0, :, 0]),
    Row("squeeze", lambda x: m.squeeze(x, 1), (r(2, 3),), lambda x: x),
    Row("squeeze", t.squeeze, (r(),), lambda x: x),
    Row("unsqueeze", lambda x: t.unsqueeze(x, 1), (r(2, 3),), lambda x: x[:, None]),
    Row("unsqueeze", lambda x: t.unsqueeze(x, -1), (r(),), lambda x: x[None]),
    Row("transpose", lambda x: t.transpose(x, 0, 2), (r(2, 3, 2),), lambda x: np.moveaxis(x, (0, 2), (2, 0))),
    Row("transpose", lambda x: m.transpose(x, 0, -1), (r(),), lambda x: x),
    Row("t", t.t, (r(2, 3),), lambda x: np.array([[x[i, j] for i in range(2)] for j in range(3)])),
    Row("t", t.t, (r(3),), lambda x: x),
    Row("permute", lambda x: m.permute(x, 2, 0, 1), (r(2, 3, 2),), lambda x: np.moveaxis(x, 2, 0)),
    Row("permute", lambda x: t.movedim(x, 0, -1), (r(2, 3, 2),), lambda x: np.moveaxis(x, 0, -1)),
    Row("permute", lambda x: m.permute(x, ()), (r(),), lambda x: x),
    Row("expand", lambda x: m.expand(x, 2, 3), (r(3),), lambda x: np.stack([x, x])),
    Row("expand", lambda x: m.expand(x, -1, 4, 3), (r(2, 1, 3),), lambda x: np.repeat(x, 4, 1)),
    Row("expand", lambda x: t.broadcast_to(x, (2, 0)), (r(2, 1),), lambda x: np.zeros((2, 0))),
    Row("expand", lambda x: m.expand(x, 3), (r(),), lambda x: np.full(3, x)),
    Row("narrow", lambda x: t.narrow(x, 1, 1, 2), (r(2, 4),), lambda x: x[:, 1:3]),
    Row("narrow", lambda x: t.narrow(x, 0, 1, 0), (r(2, 4),), lambda x: x[1:1]),
    Row("select", lambda x: t.select(x, 1, -1), (r(2, 4),), lambda x: x[:, 3]),
    Row("diagonal", t.diagonal, (r(3, 4),), np.diag),
    Row("diagonal", lambda x: t.diagonal(x, 1, 0, 2), (r(2, 2, 3),), lambda x: np.stack([x[0, :, 1], x[1, :, 2]], 1)),
    Row("flip", lambda x: t.flip(x, (0, 1)), (r(2, 3),), lambda x: x[::-1, ::-1]),
    Row("roll", lambda x: t.roll(x, 1, 1), (r(2, 3),), lambda x: x[:, [2, 0, 1]]),
    Row("roll", lambda x: t.roll(x, 2), (r(2, 3),), lambda x: np.concatenate([x.ravel()[-2:], x.ravel()[:-2]]).reshape(2, 3)),
    Row("repeat", lambda x: m.repeat(x, 2, 3), (r(2, 2),), lambda x: np.block([[x, x, x], [x, x, x]])),
    Row("repeat", lambda x: m.repeat(x, 2, 1), (r(3),), lambda x: np.stack([x, x])),
    Row("repeat", lambda x: m.repeat(x, 0), (r(3),), lambda x: x[:0]),
    Row("repeat", lambda x: m.repeat(x, 2), (r(),), lambda x: np.stack([x, x])),
    Row("repeat_interleave", lambda x: t.repeat_interleave(x, 2), (r(2, 2),), lambda x: np.stack([x.ravel()] * 2, 1).ravel()),
    Row("repeat_interleave", lambda x: t.repeat_interleave(x, 3, dim=0), (r(2, 2),), lambda x: x[[0, 0, 0, 1, 1, 1]]),
    Row("repeat_each", lambda x, y: t.repeat_interleave(x, y, 0), (r(3, 2), n(1, 0, 2)), lambda x, y: x[[0, 2, 2]]),
    Row("tril", t.tril, (r(3, 3),), lambda x: x * (np.arange(3)[:, None] >= np.arange(3))),
    Row("tril", lambda x: t.tril(x, -1), (r(2, 2, 3),), lambda x: x * (np.arange(2)[:, None] > np.arange(3))),
    Row("triu", t.triu, (r(2, 3),), lambda x: x * (np.arange(2)[:, None] <= np.arange(3))),
    Row("triu", lambda x: m.triu(x, 1), (r(3, 3),), lambda x: x * (np.arange(3)[:, None] < np.arange(3))),
]
# fmt: on
