"""Reductions: forward over `dims`, derivative by input element, LaTeX.

Rules see the outputs with the reduced dims kept. `n` counts the elements that meet in one output.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import dtypes, formula
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.dims import reduced, wrapped
from app.engine.registry import expose
from app.engine.relation.reduction import Reduction
from app.engine.relation.structure import Rule
from app.engine.run import current
from app.engine.tensor import Tensor

Dims = tuple[int, ...]


def reduction(
    name: str, forward: Callable[..., Any], rule: Rule | None, tex: str, *,
    grad_fn: str | tuple[str, str] | None = None, selects: bool = False,
) -> Operation:  # fmt: skip
    """An operation over `dims`, `keepdim`. Two grad_fn names: of the whole tensor, and with dims given."""
    named: Any = grad_fn
    if isinstance(grad_fn, tuple):
        whole, partial = grad_fn
        named = lambda call: partial if call.params["given"] else whole  # noqa: E731
    return Operation(
        name, forward, [Reduction(rule=rule, selects=selects)], grad_fn=named, cost=_cost, complete=_complete,
        tex=lambda x, **_: formula.wrapped(tex, x),
    )  # fmt: skip


def _complete(arrays: tuple[np.ndarray, ...], params: dict[str, Any]) -> dict[str, Any]:
    return {"keepdim": False, "given": True, "n": count(arrays[0].shape, params["dims"]), **params}


def _cost(x: np.ndarray, *_: np.ndarray, **__: Any) -> tuple[int, int]:
    return x.size, 0


def count(shape: tuple[int, ...], dims: Dims) -> int:
    """How many elements meet in one output."""
    return math.prod(shape[d] for d in dims)


def _mean(x: np.ndarray, *, dims: Dims, keepdim: bool = False, **_: Any) -> np.ndarray:
    total = np.add.reduce(x, axis=dims, keepdims=keepdim)
    return np.asarray(total / x.dtype.type(count(x.shape, dims)), x.dtype)


def _centred(x: np.ndarray, dims: Dims) -> np.ndarray:
    return x - _mean(x, dims=dims, keepdim=True)


def _var(x: np.ndarray, *, dims: Dims, keepdim: bool = False, correction: float = 1, **_: Any) -> np.ndarray:
    """Two passes in double: E[x²] − E[x]² would cancel."""
    wide = x.astype(np.float64)
    squares = np.add.reduce(np.square(_centred(wide, dims)), axis=dims, keepdims=keepdim)
    left = max(count(x.shape, dims) - correction, 0)
    return np.asarray(np.divide(squares, left), x.dtype)


def _extreme(pick: np.ufunc) -> Callable[..., Any]:
    def forward(x: np.ndarray, *, dims: Dims, keepdim: bool = False, **_: Any) -> Any:
        return pick.reduce(x, axis=dims, keepdims=keepdim)

    return forward


def _extreme_with_index(argument: Callable[..., Any]) -> Callable[..., Any]:
    """The extreme along one dim and where it first stands; nan counts as extreme."""

    def forward(x: np.ndarray, *, dims: Dims, keepdim: bool = False, **_: Any) -> tuple[Any, Any]:
        if not x.ndim:
            return x, np.zeros((), np.int64)
        index = np.expand_dims(argument(x, axis=dims[0]), dims[0])
        values = np.take_along_axis(x, index, dims[0])
        return (values, index) if keepdim else (values.squeeze(dims[0]), index.squeeze(dims[0]))

    return forward


def _norm(x: np.ndarray, *, dims: Dims, keepdim: bool = False, p: float = 2, **_: Any) -> np.ndarray:
    size = np.abs(x)
    if p == math.inf:
        return np.asarray(np.maximum.reduce(size, axis=dims, keepdims=keepdim))
    if p == -math.inf:
        return np.asarray(np.minimum.reduce(size, axis=dims, keepdims=keepdim))
    if p == 0:
        return np.asarray(np.add.reduce(x != 0, axis=dims, keepdims=keepdim), x.dtype)
    if p == 1:
        return np.asarray(np.add.reduce(size, axis=dims, keepdims=keepdim), x.dtype)
    powers = np.square(x) if p == 2 else np.power(size, x.dtype.type(p))
    total = np.add.reduce(powers, axis=dims, keepdims=keepdim)
    return np.asarray(np.sqrt(total) if p == 2 else np.power(total, x.dtype.type(1 / p)), x.dtype)


def _norm_rule(xp: Any, x: Any, y: Any, dims: Dims, p: float) -> Any:
    """sign(x)·|x|ᵖ⁻¹ / yᵖ⁻¹, and 0 where the norm is 0; the infinity norm shares among ties."""
    if p in (math.inf, -math.inf):
        return xp.sign(x) * xp.tied(xp.abs(x), y, dims=dims)
    if p == 0:
        return x * 0
    if p == 1:
        return xp.sign(x)
    if p == 2:
        return xp.kept(x / y, xp.ne(y, 0))
    return xp.kept(
        xp.sign(x) * xp.pow_number(xp.abs(x), exponent=p - 1) / xp.pow_number(y, exponent=p - 1), xp.ne(y, 0)
    )


def _logsumexp(x: np.ndarray, *, dims: Dims, keepdim: bool = False, **_: Any) -> np.ndarray:
    """Shifted by the largest element; an infinite one is not subtracted from itself."""
    top = np.maximum.reduce(x, axis=dims, keepdims=True, initial=-np.inf)
    top = np.where(np.isinf(top), x.dtype.type(0), top).astype(x.dtype)
    total = np.log(np.add.reduce(np.exp(x - top), axis=dims, keepdims=True)) + top
    return np.asarray(total if keepdim else total.reshape(np.add.reduce(x, axis=dims).shape), x.dtype)


def _std_rule(xp: Any, x: Any, y: Any, n: int, correction: float, dims: Dims) -> Any:
    slope = (x - xp.mean(x, dims=dims, keepdim=True)) / ((n - correction) * y)
    return xp.kept(slope, xp.ne(y, 0))


tied = Operation(
    "tied", lambda x, y, *, dims: _shares(x, y, dims), [], cost=_cost,
    tex=lambda x, y, **_: formula.wrapped(r"\tfrac{[@1 = @2]}{\#}", x, y),
)  # fmt: skip
chosen = Operation(
    "chosen", lambda x, index, *, dim: _one_hot(x, index, dim), [], cost=_cost,
    tex=lambda x, index, **_: formula.wrapped(r"[i = @1]", index),
)  # fmt: skip


def _shares(x: np.ndarray, y: np.ndarray, dims: Dims) -> np.ndarray:
    """1/m on each of the m elements that equal y (or are nan where y is), 0 elsewhere."""
    same = np.where(np.isnan(y), np.isnan(x), x == y)
    return (same / np.add.reduce(same, axis=dims, keepdims=True)).astype(x.dtype)


def _one_hot(x: np.ndarray, index: np.ndarray, dim: int) -> np.ndarray:
    if not x.ndim:
        return np.ones((), bool)
    places = np.arange(x.shape[dim]).reshape((-1,) + (1,) * (x.ndim - dim - 1))
    return np.asarray(places == index)


#                    forward    ∂o/∂xᵢ
sum = reduction(
    "sum",
    lambda x, *, dims, keepdim=False, **_: np.add.reduce(x, axis=dims, keepdims=keepdim),
    None,
    r"\sum_i @1",
    grad_fn=("SumBackward0", "SumBackward1"),
)
mean = reduction(
    "mean", _mean, lambda xp, x, y, *, n: xp.ratio(1, n), r"\bar{@1}", grad_fn=("MeanBackward0", "MeanBackward1")
)
prod = reduction(
    "prod",
    lambda x, *, dims, keepdim=False, **_: np.multiply.reduce(x, axis=dims, keepdims=keepdim),
    lambda xp, x, y, *, dims: xp.others(x, dims=dims),
    r"\prod_i @1",
    grad_fn=("ProdBackward0", "ProdBackward1"),
)
amax = reduction(
    "amax", _extreme(np.maximum), lambda xp, x, y, *, dims: xp.tied(x, y, dims=dims), r"\max_i @1", selects=True
)
amin = reduction(
    "amin", _extreme(np.minimum), lambda xp, x, y, *, dims: xp.tied(x, y, dims=dims), r"\min_i @1", selects=True
)
max_whole = reduction(
    "max",
    amax.forward,
    lambda xp, x, y, *, dims: xp.tied(x, y, dims=dims),
    r"\max_i @1",
    grad_fn="MaxBackward1",
    selects=True,
)
min_whole = reduction(
    "min",
    amin.forward,
    lambda xp, x, y, *, dims: xp.tied(x, y, dims=dims),
    r"\min_i @1",
    grad_fn="MinBackward1",
    selects=True,
)
max_dim = reduction(
    "max_dim",
    _extreme_with_index(np.argmax),
    lambda xp, x, y, *, dims: xp.chosen(x, y[1], dim=dims[0]),
    r"\max_i @1",
    grad_fn="MaxBackward0",
    selects=True,
)
min_dim = reduction(
    "min_dim",
    _extreme_with_index(np.argmin),
    lambda xp, x, y, *, dims: xp.chosen(x, y[1], dim=dims[0]),
    r"\min_i @1",
    grad_fn="MinBackward0",
    selects=True,
)
var = reduction(
    "var",
    _var,
    lambda xp, x, y, *, n, correction, dims: xp.ratio(2, n - correction) * (x - xp.mean(x, dims=dims, keepdim=True)),
    r"\operatorname{Var}(@1)",
)
std = reduction(
    "std",
    lambda x, **params: np.sqrt(_var(x, **params)),
    lambda xp, x, y, *, n, correction, dims: _std_rule(xp, x, y, n, correction, dims),
    r"\operatorname{Std}(@1)",
)
norm = reduction(
    "norm",
    _norm,
    lambda xp, x, y, *, dims, p: _norm_rule(xp, x, y, dims, p),
    r"\lVert @1 \rVert",
    grad_fn="LinalgVectorNormBackward0",
)
logsumexp = reduction("logsumexp", _logsumexp, lambda xp, x, y: xp.exp(x - y), r"\ln \sum_i e^{@1}")
for _operation in (max_dim, min_dim):
    _operation.name = _operation.name.removesuffix("_dim")

NO_INDEX = (
    "Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument."
)


def over(operation: Operation, x: Tensor, dim: tuple[int, ...] | None, keepdim: bool, **more: Any) -> Any:
    """Apply over some dims or all of them."""
    dims = reduced(dim, len(x.shape))
    return operation.apply((x,), {"dims": dims, "keepdim": keepdim, "given": dim is not None, **more})


def _converted(x: Tensor, dtype: DType | None, integers_to: DType | None) -> Tensor:
    from app.engine.ops.convert import converted

    target = dtype or (integers_to if not x.dtype.is_floating_point else None)
    return x if target is None or target is x.dtype else converted(x, target)


def _summed(operation: Operation) -> Any:
    def run(
        input: Tensor, dim: tuple[int, ...] | None = None, keepdim: bool = False, dtype: DType | None = None
    ) -> Any:
        return over(operation, _converted(input, dtype, dtypes.int64), dim, keepdim)

    return run


def _prod(input: Tensor, dim: int | None = None, keepdim: bool = False, dtype: DType | None = None) -> Any:
    return _summed(prod)(input, None if dim is None else (dim,), keepdim, dtype)


def _averaged(
    input: Tensor, dim: tuple[int, ...] | None = None, keepdim: bool = False, dtype: DType | None = None
) -> Any:
    if not (dtype or input.dtype).is_floating_point:
        raise TorchError(
            "RuntimeError",
            "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. "
            f"Got: {(dtype or input.dtype).title}",
            code="mean-of-integers",
        )
    return over(mean, _converted(input, dtype, None), dim, keepdim)


def _spread(operation: Operation) -> Any:
    """var and std: `unbiased` is the older word for correction 1 or 0."""

    def run(
        input: Tensor,
        dim: tuple[int, ...] | None = None,
        unbiased: bool = True,
        keepdim: bool = False,
        correction: float | None = None,
    ) -> Any:
        if not input.dtype.is_floating_point:
            raise TorchError("RuntimeError", f"{operation.name} only support floating point and complex dtypes")
        wanted = correction if correction is not None else int(unbiased)
        return over(operation, input, dim, keepdim, correction=wanted)

    return run


def _needs_elements(name: str, input: Tensor) -> None:
    if input.numel == 0:
        raise TorchError("RuntimeError", f"{name}(): {NO_INDEX}")


def _whole_extreme(operation: Operation) -> Any:
    def run(input: Tensor) -> Any:
        _needs_elements(operation.name, input)
        return over(operation, input, None, False)

    return run


def _extreme_along(operation: Operation) -> Any:
    def run(input: Tensor, dim: int, keepdim: bool = False) -> Any:
        from app.engine.returns import named

        at = wrapped(dim, len(input.shape))
        if input.shape and input.shape[at] == 0:
            raise TorchError("IndexError", f"{operation.name}(): Expected reduction dim {at} to have non-zero size.")
        params = {"dims": (at,) if input.shape else (), "keepdim": keepdim}
        return named(operation.name, ("values", "indices"), operation.apply((input,), params))

    return run


def _pairwise(name: str) -> Any:
    def run(input: Tensor, other: Tensor) -> Any:
        from app.engine.namespaces import OPERATIONS

        return OPERATIONS[name].apply((input, other), {})

    return run


def _extremes(operation: Operation) -> Any:
    def run(input: Tensor, dim: tuple[int, ...] = (), keepdim: bool = False) -> Any:
        if not dim:
            _needs_elements(operation.name, input)
        return over(operation, input, dim, keepdim)

    return run


def _normed(
    input: Tensor,
    p: float | str | None = 2,
    dim: tuple[int, ...] | None = None,
    keepdim: bool = False,
    dtype: DType | None = None,
) -> Any:
    power = 2.0 if p in (None, "fro") else p
    if isinstance(power, str):
        raise TorchError("RuntimeError", f"linalg.matrix_norm: Order {power} not supported.")
    if not input.dtype.is_floating_point:
        raise TorchError(
            "RuntimeError",
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got " + input.dtype.title,
        )
    return over(norm, _converted(input, dtype, None), dim, keepdim, p=float(power))


def _log_of_sum(input: Tensor, dim: tuple[int, ...], keepdim: bool = False) -> Any:
    return over(logsumexp, _converted(input, None, current().default_dtype), dim, keepdim)


DIMS = "Tensor input, ints? dim, bool keepdim=False, *, dtype? dtype=None"
WHOLE = "Tensor input, *, dtype? dtype=None"
for _name, _run in (("sum", _summed(sum)), ("mean", _averaged)):
    expose(f"torch.{_name} Tensor.{_name}", (WHOLE, _run), (DIMS, _run), operation=_name)
expose(
    "torch.prod Tensor.prod",
    (WHOLE, _prod),
    ("Tensor input, int dim, bool keepdim=False, *, dtype? dtype=None", _prod),
    operation="prod",
)
for _operation in (var, std):
    expose(
        f"torch.{_operation.name} Tensor.{_operation.name}",
        ("Tensor input, ints? dim, bool unbiased=True, bool keepdim=False", _spread(_operation)),
        ("Tensor input, ints? dim=None, *, number? correction=None, bool keepdim=False", _spread(_operation)),
        ("Tensor input, bool unbiased=True", _spread(_operation)),
        operation=_operation.name,
    )
for _name, _whole, _along, _pair in (("max", max_whole, max_dim, "maximum"), ("min", min_whole, min_dim, "minimum")):
    expose(
        f"torch.{_name} Tensor.{_name}",
        ("Tensor input", _whole_extreme(_whole)),
        ("Tensor input, int dim, bool keepdim=False", _extreme_along(_along)),
        ("Tensor input, Tensor other", _pairwise(_pair)),
        operation=_name,
    )
for _operation in (amax, amin):
    expose(
        f"torch.{_operation.name} Tensor.{_operation.name}",
        ("Tensor input, ints dim=(), bool keepdim=False", _extremes(_operation)),
        operation=_operation.name,
    )
expose(
    "torch.norm Tensor.norm torch.linalg.norm torch.linalg.vector_norm",
    ("Tensor input, any p=2, ints? dim=None, bool keepdim=False, dtype? dtype=None", _normed),
    operation="norm",
)
expose(
    "torch.logsumexp Tensor.logsumexp",
    ("Tensor input, ints dim, bool keepdim=False", _log_of_sum),
    operation="logsumexp",
)
