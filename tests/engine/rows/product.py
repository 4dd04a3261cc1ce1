"""Products of vectors and matrices, with batches that broadcast."""

from __future__ import annotations

import numpy as np

from app.engine.registry import TORCH
from tests.engine.rows.row import Row, op, r, raw, t

MATMUL = (
    ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 2)), ((4, 2, 3), (3, 2)), ((4, 2, 3), (3,)),
    ((3,), (4, 3, 2)), ((2, 3), (4, 3, 2)), ((4, 1, 2, 3), (5, 3, 2)), ((2, 2, 3), (2, 3, 1)), ((2, 0), (0, 3)),
    ((0, 3), (3, 2)), ((1, 2, 3), (4, 3, 1)),
)  # fmt: skip

# fmt: off
ROWS = [
    *(Row("matmul", op("@"), (r(*x), r(*y, seed=2)), lambda x, y: np.einsum(_letters(x.ndim, y.ndim), x, y)) for x, y in MATMUL),
    Row("dot", t.dot, (r(3), r(3, seed=2)), lambda x, y: np.sum(x * y)),
    Row("dot", t.dot, (r(0), r(0)), lambda x, y: np.zeros(())),
    Row("mv", t.mv, (r(2, 3), r(3)), lambda x, y: np.sum(x * y, 1)),
    Row("mm", t.mm, (r(2, 3), r(3, 4)), lambda x, y: np.sum(x[:, :, None] * y, 1)),
    Row("mm", lambda x: t.mm(x, x), (r(3, 3),), lambda x: np.sum(x[:, :, None] * x, 1)),
    Row("bmm", t.bmm, (r(2, 2, 3), r(2, 3, 2)), lambda x, y: np.einsum("bik,bkj->bij", x, y)),
    Row("addmm", lambda c, x, y: TORCH["addmm"](c, x, y), (r(4), r(2, 3), r(3, 4)), lambda c, x, y: c + np.sum(x[:, :, None] * y, 1)),
    Row("addmm", lambda c, x, y: TORCH["addmm"](c, x, y), (r(2, 1), r(2, 3), r(3, 4)), lambda c, x, y: c + np.sum(x[:, :, None] * y, 1)),
    Row("addmm", lambda x, w, c: TORCH["nn.functional.linear"](x, w, c), (r(2, 3), r(4, 3), r(4)), lambda x, w, c: np.sum(x[:, None] * w, 2) + c),
    Row("outer", t.outer, (r(3), r(2)), lambda x, y: x[:, None] * y),
    Row("contract", raw("contract", spec=(("i", "k"), ("k",), ("i",)), shape=(2,)), (r(2, 3), r(3)), lambda x, y: np.sum(x * y, 1)),
    Row("contract", raw("contract", spec=(("i", None), ("k", "i"), ("k",)), shape=(2,)), (r(3, 1), r(2, 3)), lambda x, y: np.sum(y * x[:, 0], 1)),
]
# fmt: on


def _letters(left: int, right: int) -> str:
    """einsum's spelling of matmul for these ranks."""
    rows, columns = "i" * (left > 1), "j" * (right > 1)
    return f"...{rows}k,...k{columns}->...{rows}{columns}" if right > 1 else f"...{rows}k,k->...{rows}"
