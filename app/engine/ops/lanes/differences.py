"""Along one dim, made of simpler operations: diff, gradient, trapezoid, cumulative_trapezoid, quantile."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.dtypes import bool_
from app.engine.errors import TorchError
from app.engine.operation import Number
from app.engine.ops.convert import converted
from app.engine.ops.dims import wrapped
from app.engine.ops.elementwise.binary import add, mul, sub
from app.engine.ops.elementwise.compare import logical_xor
from app.engine.ops.elementwise.scaled import scaled, shared
from app.engine.ops.lanes.block import cumsum
from app.engine.ops.reductions.reduce import sum as summed
from app.engine.ops.shapes.join import concatenated
from app.engine.ops.shapes.rearrange import narrow
from app.engine.ops.shapes.shape_calls import view
from app.engine.registry import offer
from app.engine.run import current
from app.engine.tensor import Tensor


def part(x: Tensor, dim: int, start: int, stop: int) -> Tensor:
    """x[start:stop] along dim; negative bounds count from the end."""
    size = x.shape[dim]
    low, high = (b + size if b < 0 else b for b in (start, stop))
    result: Tensor = narrow.apply((x,), {"dim": dim, "start": max(low, 0), "length": max(high - max(low, 0), 0)})
    return result


def plus(a: Any, b: Any) -> Any:
    return add.apply((a, b), {"alpha": 1})


def minus(a: Any, b: Any) -> Any:
    return sub.apply((a, b), {"alpha": 1})


def times(a: Tensor, b: Any) -> Any:
    return mul.apply((a, b), {}) if isinstance(b, Tensor) else scaled.apply((_real(a),), {"factor": float(b)})


def over(a: Tensor, b: float) -> Any:
    return shared.apply((_real(a),), {"divisor": float(b)})


def _real(x: Tensor) -> Tensor:
    return x if x.dtype.is_floating_point else converted(x, current().default_dtype)


def _steps(x: Tensor, dim: int) -> Any:
    """Each element less the one before it."""
    if not x.shape[dim]:
        return x
    later, earlier = part(x, dim, 1, x.shape[dim]), part(x, dim, 0, x.shape[dim] - 1)
    return logical_xor.apply((later, earlier), {}) if x.dtype is bool_ else minus(later, earlier)


def _diff(input: Tensor, n: int = 1, dim: int = -1, prepend: Tensor | None = None, append: Tensor | None = None) -> Any:
    if not input.shape:
        raise TorchError("RuntimeError", "diff expects input to be at least one-dimensional")
    if n < 0:
        raise TorchError("RuntimeError", f"order must be non-negative but got {n}")
    at = wrapped(dim, len(input.shape))
    joined = [t for t in (prepend, input, append) if t is not None]
    made = input if len(joined) == 1 or not n else concatenated(joined, at)
    for _ in range(min(n, made.shape[at])):
        made = _steps(made, at)
    return made


def _dim(y: Tensor, dim: int) -> int:
    if not y.shape:
        raise TorchError("IndexError", f"Dimension specified as {dim} but tensor has no dimensions")
    return wrapped(dim, len(y.shape))


def _trapezoid(y: Tensor, x: Tensor | None = None, *, dx: Number = 1, dim: int = -1) -> Any:
    """Σ (y_i + y_{i+1})/2 · step."""
    at = _dim(y, dim)
    if x is None:
        ends = plus(part(y, at, 0, y.shape[at] - 1), part(y, at, 1, y.shape[at]))
        total = summed.apply((ends,), {"dims": (at,), "keepdim": False, "given": True})
        return times(total, float(dx) / 2)
    areas = times(_widths(y, x, at), plus(part(y, at, 0, -1), part(y, at, 1, y.shape[at])))
    return over(summed.apply((areas,), {"dims": (at,), "keepdim": False, "given": True}), 2.0)


def _widths(y: Tensor, x: Tensor, dim: int) -> Any:
    """The steps of x, lined up with y's dim where x is a vector."""
    if not x.shape:
        raise TorchError("IndexError", "Dimension specified as -1 but tensor has no dimensions")
    if len(x.shape) == 1 and len(y.shape) > 1:
        gaps = _steps(x, 0)
        return view(gaps, tuple(gaps.shape[0] if d == dim else 1 for d in range(len(y.shape))))
    return _steps(x, dim - len(y.shape) + len(x.shape))


def _cumulative(y: Tensor, x: Tensor | None = None, *, dx: Number = 1, dim: int = -1) -> Any:
    at = _dim(y, dim)
    ends = plus(part(y, at, 1, y.shape[at]), part(y, at, 0, -1))
    if x is None:
        return cumsum.apply((times(ends, float(dx) / 2),), {"dim": at})
    return over(cumsum.apply((times(_widths(y, x, at), ends),), {"dim": at}), 2.0)


def _gradient(input: Tensor, spacing: Any = None, dim: tuple[int, ...] | None = None, edge_order: int = 1) -> Any:
    """Central differences inside, one-sided ones at both ends, along each dim."""
    rank = len(input.shape)
    dims = tuple(range(rank)) if dim is None else tuple(wrapped(d, rank) for d in dim)
    if edge_order not in (1, 2):
        raise TorchError("RuntimeError", "torch.gradient only supports edge_order=1 and edge_order=2.")
    given = (
        [1.0] * len(dims)
        if spacing is None
        else [spacing] * len(dims)
        if isinstance(spacing, (int, float))
        else list(spacing)
    )
    for d in dims:
        if input.shape[d] < edge_order + 1:
            raise TorchError("RuntimeError", "torch.gradient expected each dimension size to be at least edge_order+1")
    return tuple(_along(input, s, d, edge_order) for s, d in zip(given, dims, strict=True))


def _along(x: Tensor, spacing: Any, dim: int, order: int) -> Any:
    size = x.shape[dim]
    if isinstance(spacing, Tensor):
        return _uneven(x, spacing, dim, order)
    inner = over(minus(part(x, dim, 2, size), part(x, dim, 0, size - 2)), 2.0 * spacing)
    first, last = (_edge(x, dim, spacing, order, sign) for sign in (1, -1))
    return concatenated([first, inner, last], dim)


def _edge(x: Tensor, dim: int, spacing: float, order: int, sign: int) -> Any:
    """The difference at one end: of two elements, or of three."""
    at = [
        part(x, dim, k, k + 1) if sign > 0 else part(x, dim, x.shape[dim] - 1 - k, x.shape[dim] - k)
        for k in range(order + 1)
    ]
    if order == 1:
        return over(minus(at[1], at[0]) if sign > 0 else minus(at[0], at[1]), float(spacing))
    bent = minus(minus(times(at[1], 4.0), at[2]), times(at[0], 3.0))
    return over(bent, 2.0 * spacing * sign)


def _uneven(x: Tensor, coordinates: Tensor, dim: int, order: int) -> Any:
    """Three points at uneven distances: the parabola's slope; at the ends by two points or three."""
    size = x.shape[dim]
    gaps = np.diff(coordinates.array.astype(x.array.dtype))
    shape = tuple(-1 if d == dim else 1 for d in range(len(x.shape)))
    near, far = gaps[:-1].reshape(shape), gaps[1:].reshape(shape)
    weights = (-far / (near * (near + far)), (far - near) / (near * far), near / (far * (near + far)))
    inner = _weighted(x, dim, [(0, size - 2), (1, size - 1), (2, size)], weights)
    if order == 1:
        first = over(minus(part(x, dim, 1, 2), part(x, dim, 0, 1)), float(gaps[0]))
        last = over(minus(part(x, dim, size - 1, size), part(x, dim, size - 2, size - 1)), float(gaps[-1]))
    else:
        a, b = float(gaps[0]), float(gaps[1])
        c, d = float(gaps[-2]), float(gaps[-1])
        first = _weighted(
            x, dim, [(0, 1), (1, 2), (2, 3)], (-(2 * a + b) / (a * (a + b)), (a + b) / (a * b), -a / (b * (a + b)))
        )
        last = _weighted(
            x, dim, [(size - 3, size - 2), (size - 2, size - 1), (size - 1, size)],
            (d / (c * (c + d)), -(c + d) / (c * d), (c + 2 * d) / (d * (c + d))),
        )  # fmt: skip
    return concatenated([first, inner, last], dim)


def _weighted(x: Tensor, dim: int, parts: list[tuple[int, int]], weights: tuple[Any, ...]) -> Any:
    made = [times(part(x, dim, *p), _number(w)) for p, w in zip(parts, weights, strict=True)]
    return plus(plus(made[0], made[1]), made[2])


def _number(weight: Any) -> Any:
    return Tensor.of(np.ascontiguousarray(weight)) if isinstance(weight, np.ndarray) else float(weight)


# fmt: off
GRADIENT = "*, number? spacing=None, ints? dim=None, int edge_order=1"
offer("diff",                      ("Tensor input, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None", _diff), operation="sub")
offer("torch.trapezoid torch.trapz", ("Tensor y, *, number dx=1, int dim=-1", _trapezoid), ("Tensor y, Tensor x, *, int dim=-1", _trapezoid), operation="sum")
offer("torch.cumulative_trapezoid", ("Tensor y, *, number dx=1, int dim=-1", _cumulative), ("Tensor y, Tensor x, *, int dim=-1", _cumulative), operation="cumsum")
offer("torch.gradient",            (f"Tensor input, {GRADIENT}", _gradient), ("Tensor input, *, any spacing, ints? dim=None, int edge_order=1", _gradient), operation="cat")
# fmt: on
