"""Products of vectors and matrices, with batches that broadcast."""

from __future__ import annotations

import numpy as np

from app.engine.registry import TORCH
from tests.engine.rows.row import Call, Row, op, r, raw, t

MATMUL = (
    ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 2)), ((4, 2, 3), (3, 2)), ((4, 2, 3), (3,)),
    ((3,), (4, 3, 2)), ((2, 3), (4, 3, 2)), ((4, 1, 2, 3), (5, 3, 2)), ((2, 2, 3), (2, 3, 1)), ((2, 0), (0, 3)),
    ((0, 3), (3, 2)), ((1, 2, 3), (4, 3, 1)),
)  # fmt: skip

EQUATIONS = (
    ("ij,jk->ik", ((2, 3), (3, 2))), ("bij,bkj->bik", ((2, 2, 3), (2, 1, 3))), ("ii->i", ((3, 3),)), ("ii->", ((3, 3),)),
    ("ij->ji", ((2, 3),)), ("ij->j", ((2, 3),)), ("i,j->ij", ((2,), (3,))), ("i,j->", ((2,), (3,))),
    ("ij,jk,kl->il", ((2, 3), (3, 2), (2, 2))), ("i,i,i->i", ((3,), (3,), (3,))), ("iij,j->i", ((2, 2, 3), (3,))),
    ("ij,ij->", ((2, 3), (2, 3))), ("ik,jk,lk->ijl", ((2, 2), (1, 2), (2, 2))),
)  # fmt: skip


def sums(equation: str) -> Call:
    """torch.einsum with this equation."""
    return lambda *operands: TORCH["einsum"](equation, *operands)


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
    Row("addmm", lambda c, x, y: t.addmm(c, x, y, beta=0.5, alpha=-2), (r(2, 3), r(2, 2), r(2, 3, seed=2)), lambda c, x, y: c / 2 - 2 * (x @ y)),
    Row("baddbmm", lambda c, x, y: t.baddbmm(c, x, y, alpha=2), (r(2, 2, 1), r(2, 2, 3), r(2, 3, 2)), lambda c, x, y: c + 2 * np.einsum("bik,bkj->bij", x, y)),
    Row("addbmm", t.addbmm, (r(2, 2), r(2, 2, 3), r(2, 3, 2)), lambda c, x, y: c + np.einsum("bik,bkj->ij", x, y)),
    Row("addmv", lambda c, x, y: t.addmv(c, x, y, beta=3), (r(2), r(2, 3), r(3)), lambda c, x, y: 3 * c + x @ y),
    Row("addr", lambda c, x, y: t.addr(c, x, y, beta=0), (r(2, 3), r(2), r(3)), lambda c, x, y: 0 * c + x[:, None] * y),
    *(Row("einsum", sums(text), tuple(r(*s, seed=n) for n, s in enumerate(shapes)), lambda *xs, text=text: np.einsum(text, *xs)) for text, shapes in EQUATIONS),
    Row("einsum", sums("...ij,jk->...ik"), (r(2, 2, 3), r(3, 1)), lambda x, y: x @ y),
    Row("einsum", sums("ij,jk"), (r(2, 1), r(3, 2)), lambda x, y: x @ y.sum(0)[None]),
    Row("tensordot", lambda x, y: t.tensordot(x, y, ([2, 0], [0, 1])), (r(2, 1, 3), r(3, 2, 2)), lambda x, y: np.tensordot(x, y, ([2, 0], [0, 1]))),
    Row("tensordot", lambda x, y: t.tensordot(x, y, 0), (r(2), r(3)), np.multiply.outer),
    Row("inner", t.inner, (r(2, 3), r(4, 3)), np.inner),
    Row("vdot", t.vdot, (r(3), r(3, seed=2)), np.vdot),
    Row("kron", t.kron, (r(2, 1), r(1, 3)), np.kron),
    Row("kron", t.kron, (r(2), r(2, 2)), np.kron),
    Row("multi_dot", lambda *xs: TORCH["linalg.multi_dot"](xs), (r(3), r(3, 2), r(2, 2)), lambda x, y, z: x @ y @ z),
    Row("trace", t.trace, (r(3, 3),), np.trace),
    Row("trace", t.trace, (r(2, 3),), np.trace),
    Row("contract", raw("contract", spec=(("i",), ("i", "i", "k")), shape=(2, 2, 3)), (r(2),), lambda x: np.multiply.outer(np.diag(x), np.ones(3))),
    Row("contract", raw("contract", spec=(("i", "k"), ("k",), ("i",)), shape=(2,)), (r(2, 3), r(3)), lambda x, y: np.sum(x * y, 1)),
    Row("contract", raw("contract", spec=(("i", None), ("k", "i"), ("k",)), shape=(2,)), (r(3, 1), r(2, 3)), lambda x, y: np.sum(y * x[:, 0], 1)),
]
# fmt: on


def _letters(left: int, right: int) -> str:
    """einsum's spelling of matmul for these ranks."""
    rows, columns = "i" * (left > 1), "j" * (right > 1)
    return f"...{rows}k,...k{columns}->...{rows}{columns}" if right > 1 else f"...{rows}k,k->...{rows}"
