"""cov, corrcoef and vander, made of simpler operations."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.dtypes import int64
from app.engine.errors import TorchError
from app.engine.ops.convert import converted
from app.engine.ops.elementwise.binary import div, mul, sub
from app.engine.ops.elementwise.choose import clamp
from app.engine.ops.elementwise.unary import sqrt
from app.engine.ops.lanes.block import cumprod
from app.engine.ops.products.contract import multiplied
from app.engine.ops.reductions.reduce import mean
from app.engine.ops.reductions.reduce import sum as summed
from app.engine.ops.shapes.axis_calls import expanded
from app.engine.ops.shapes.join import concatenated
from app.engine.ops.shapes.rearrange import diagonal, flip, squeeze, t, unsqueeze
from app.engine.ops.shapes.shape_calls import view
from app.engine.registry import offer
from app.engine.run import current
from app.engine.tensor import Tensor


def _rows(input: Tensor) -> Any:
    """One variable per row, in floating point."""
    if len(input.shape) > 2:
        raise TorchError(
            "RuntimeError",
            f"cov(): expected input to have two or fewer dimensions but got an input with {len(input.shape)} dimensions",
        )
    real = input if input.dtype.is_floating_point else converted(input, current().default_dtype)
    return view(real, (1, -1)) if len(real.shape) < 2 else real


def _average(x: Tensor, weights: Tensor | None) -> Any:
    if weights is None:
        return mean.apply((x,), {"dims": (1,), "keepdim": True, "given": True})
    scaled = summed.apply((mul.apply((x, weights), {}),), {"dims": (1,), "keepdim": True, "given": True})
    return div.apply((scaled, _total(weights)), {})


def _total(weights: Tensor) -> Any:
    return summed.apply((weights,), {"dims": tuple(range(len(weights.shape))), "keepdim": False, "given": False})


def _covariance(
    input: Tensor, correction: int = 1, fweights: Tensor | None = None, aweights: Tensor | None = None
) -> Any:  # fmt: skip
    """(x − x̄)(x − x̄)ᵀ / (n − correction); frequencies and weights count observations."""
    x = _rows(input)
    weights = _weights(x, fweights, aweights)
    centred = sub.apply((x, _average(x, weights)), {"alpha": 1})
    right = centred if weights is None else mul.apply((centred, weights), {})
    product = multiplied(centred, t.apply((right,), {}))
    made = div.apply((product, _freedom(x, weights, aweights, correction)), {})
    gone = tuple(d for d, n in enumerate(made.shape) if n == 1)
    return squeeze.apply((made,), {"dims": gone, "form": 0})


def _weights(x: Tensor, fweights: Tensor | None, aweights: Tensor | None) -> Any:
    given = [w if w.dtype.is_floating_point else converted(w, x.dtype) for w in (fweights, aweights) if w is not None]
    for w in given:
        if w.numel != x.shape[1]:
            raise TorchError(
                "RuntimeError",
                f"cov(): expected fweights to have the same numel as there are observations in the input but got {w.numel} != {x.shape[1]}",
            )
    return None if not given else given[0] if len(given) == 1 else mul.apply(tuple(given), {})


def _freedom(x: Tensor, weights: Tensor | None, aweights: Tensor | None, correction: int) -> Any:
    """What is divided by; never below 0."""
    if weights is None:
        return Tensor.of(np.asarray(max(x.shape[1] - correction, 0), x.array.dtype))
    total: Any = _total(weights)
    if aweights is None or not correction:
        left = sub.apply((total, float(correction)), {"alpha": 1})
    else:
        squares = _total(mul.apply((weights, aweights), {}))
        left = sub.apply((total, mul.apply((div.apply((squares, total), {}), float(correction)), {})), {"alpha": 1})
    return left if float(left.array) > 0 else mul.apply((left, 0.0), {})


def _correlation(input: Tensor) -> Any:
    c = _covariance(input)
    if not c.shape:
        return div.apply((c, c), {})
    deviation = sqrt.apply((diagonal.apply((c,), {"offset": 0, "dim1": 0, "dim2": 1}),), {})
    down = div.apply((c, unsqueeze.apply((deviation,), {"dim": 1})), {})
    made = div.apply((down, unsqueeze.apply((deviation,), {"dim": 0})), {})
    return clamp.apply((made,), {"min": -1, "max": 1})


def _powers(x: Tensor, N: int | None = None, increasing: bool = False) -> Any:
    """1, x, x² … in the columns, or from the highest down."""
    if len(x.shape) != 1:
        raise TorchError("RuntimeError", "x must be a one-dimensional tensor.")
    count = x.shape[0] if N is None else N
    if count < 0:
        raise TorchError("RuntimeError", "N must be non-negative.")
    source = x if x.dtype.is_floating_point else converted(x, int64)
    ones = Tensor.of(np.ones((x.shape[0], min(count, 1)), source.array.dtype))
    made: Any = ones
    if count > 1:
        column = unsqueeze.apply((source,), {"dim": 1})
        powers = cumprod.apply((expanded(column, (x.shape[0], count - 1)),), {"dim": 1})
        made = concatenated([ones, powers], 1)
    return made if increasing else flip.apply((made,), {"dims": (1,)})


offer(
    "cov",
    ("Tensor input, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None", _covariance),
    operation="matmul",
)
offer("corrcoef", ("Tensor input", _correlation), operation="matmul")
offer("torch.vander", ("Tensor x, int? N=None, bool increasing=False", _powers), operation="cumprod")
