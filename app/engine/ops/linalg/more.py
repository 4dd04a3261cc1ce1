"""torch.linalg.cross, matrix_power, vander and diagonal."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.ops.linalg import check
from app.engine.ops.linalg.calls import inverted
from app.engine.ops.products.contract import multiplied
from app.engine.ops.shapes.rearrange import diagonal
from app.engine.ops.stating import tex_of
from app.engine.ops.windows.sizes import runtime
from app.engine.registry import METHODS, TORCH, offer
from app.engine.relation.whole import Whole
from app.engine.tensor import Tensor


def _cross(a: Array, b: Array, **_: Any) -> Array:
    return np.asarray(np.cross(a, b))


def _by_a(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, batch: int) -> Any:
    return xp.linalg_cross(inputs[1], g, batch=batch, blocks=(1, 1))


def _by_b(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, batch: int) -> Any:
    return xp.linalg_cross(g, inputs[0], batch=batch, blocks=(1, 1))


cross = Operation(
    "linalg_cross", _cross, [Whole(rule=_by_a, saves=frozenset({("input", 1)})), Whole(rule=_by_b, saves=frozenset({("input", 0)}))],
    grad_fn="LinalgCrossBackward0", tex=tex_of(r"@1 \times @2"),
    example=(
        "a = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nb = torch.tensor([0.5, 1.0, -1.0], requires_grad=True)\n"
        "o = torch.linalg.cross(a, b)\n"
    ),
)  # fmt: skip
cross.name = "cross"


def _crossed(input: Tensor, other: Tensor, dim: int = -1) -> Any:
    if len(input.shape) != len(other.shape):
        raise runtime("linalg.cross: inputs must have the same number of dimensions.")
    at = wrapped(dim, len(input.shape))
    if input.shape[at] != 3 or other.shape[at] != 3:
        raise runtime(
            f"linalg.cross: inputs dimension {dim} must have length 3. Got {input.shape[at]} and {other.shape[at]}"
        )
    last = len(input.shape) - 1
    a, b = (x if at == last else TORCH["movedim"](x, at, last) for x in (input, other))
    made = cross.apply((a, b), {"batch": last, "blocks": (1, 1)})
    return made if at == last else TORCH["movedim"](made, last, at)


def _crossed_somewhere(input: Tensor, other: Tensor, dim: int | None = None) -> Any:
    """Without a dim, the first of size 3."""
    if dim is None:
        found = [d for d, n in enumerate(input.shape) if n == 3]
        if not found:
            raise runtime("no dimension of size 3 in input")
        dim = found[0]
    return _crossed(input, other, dim)


def powered(A: Tensor, n: int) -> Any:
    """A multiplied with itself, by squaring."""
    function = "linalg.matrix_power"
    check.square(function, A)
    if n == 0:
        eye = TORCH["eye"](A.shape[-1], dtype=A.dtype)
        return METHODS["copy_"](METHODS["clone"](A), eye)
    base = inverted(A) if n < 0 else A
    count = abs(n)
    if count == 1:
        return base if n < 0 else METHODS["clone"](base)
    if count == 2:
        return multiplied(base, base)
    if count == 3:
        return multiplied(multiplied(base, base), base)
    made, square = None, None
    while count > 0:
        square = base if square is None else multiplied(square, square)
        if count % 2:
            made = square if made is None else multiplied(made, square)
        count //= 2
    return made


def _powers(x: Tensor, count: int) -> Any:
    column = TORCH["unsqueeze"](x, -1)
    ones = TORCH["ones_like"](column)
    if count <= 1:
        return TORCH["narrow"](ones, -1, 0, max(count, 0))
    repeated = METHODS["expand"](column, *x.shape, count - 1)
    return TORCH["cat"]([ones, TORCH["cumprod"](repeated, -1)], -1)


def _linear_vander(x: Tensor, N: int | None = None) -> Any:
    x = x if x.shape else TORCH["unsqueeze"](x, 0)
    return _powers(x, x.shape[-1] if N is None else N)


def _linear_diagonal(A: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Any:
    rank = len(A.shape)
    return diagonal.apply((A,), {"offset": offset, "dim1": wrapped(dim1, rank), "dim2": wrapped(dim2, rank)})


offer("torch.linalg.cross", ("Tensor input, Tensor other, *, int dim=-1", _crossed), operation="linalg_cross")
offer("cross", ("Tensor input, Tensor other, int? dim=None", _crossed_somewhere), operation="linalg_cross")
offer(
    "matrix_power torch.linalg.matrix_power",
    ("Tensor input, int n", lambda input, n: powered(input, n)),
    operation="mm",
)
offer(
    "torch.linalg.diagonal", ("Tensor A, *, int offset=0, int dim1=-2, int dim2=-1", _linear_diagonal),
    operation="diagonal",
)  # fmt: skip
offer("torch.linalg.vander", ("Tensor x, *, int? N=None", _linear_vander), operation="cat")
