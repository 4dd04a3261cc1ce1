"""Copies and conversions."""

from __future__ import annotations

import numpy as np

from tests.engine.rows.row import Row, m, r, raw, t

ROWS = [
    Row("clone", t.clone, (r(2, 3),), lambda x: x),
    Row("contiguous", lambda x: m.contiguous(m.t(x)), (r(2, 3),), lambda x: x.T),
    Row("to", lambda x: m.to(x, t.int64), (r(2, 3),), lambda x: np.trunc(x).astype(np.int64)),
    Row(
        "to",
        lambda x: m.double(m.float(x)),
        (r(2, 3),),
        lambda x: x.astype(np.float32).astype(np.float64),
        smooth=False,
    ),
    Row("to", raw("to", dtype=np.dtype(np.float64)), (r(2, 3),), lambda x: x),
    Row("detach", m.detach, (r(2, 3),), lambda x: x),
]
