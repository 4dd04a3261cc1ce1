"""Calling the reductions: PyTorch's signatures, what integers become, and its errors."""

from __future__ import annotations

import math
from typing import Any

from app.engine import dtypes
from app.engine.arguments import Mismatch
from app.engine.arguments import converted as converted_argument
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.convert import converted
from app.engine.ops.dims import reduced, wrapped
from app.engine.ops.elementwise.binary import maximum, minimum
from app.engine.ops.reductions.reduce import (
    amax,
    amin,
    logsumexp,
    max_dim,
    max_whole,
    mean,
    min_dim,
    min_whole,
    norm,
    prod,
    std,
    sum,
    var,
)  # fmt: skip
from app.engine.registry import offer
from app.engine.returns import named
from app.engine.run import current
from app.engine.tensor import Tensor

NO_INDEX = (
    "Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument."
)


def over(operation: Operation, x: Tensor, dim: tuple[int, ...] | None, keepdim: bool, **more: Any) -> Any:
    """Apply over some dims or all of them."""
    dims = reduced(dim, len(x.shape))
    return operation.apply((x,), {"dims": dims, "keepdim": keepdim, "given": dim is not None, **more})


def _converted(x: Tensor, dtype: DType | None, integers_to: DType | None) -> Tensor:
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
            raise TorchError("RuntimeError", "std and var only support floating point and complex dtypes")
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
        at = wrapped(dim, len(input.shape))
        if input.shape and input.shape[at] == 0:
            raise TorchError("IndexError", f"{operation.name}(): Expected reduction dim {at} to have non-zero size.")
        params = {"dims": (at,) if input.shape else (), "keepdim": keepdim}
        return named(operation.name, ("values", "indices"), operation.apply((input,), params))

    return run


def _extremes(operation: Operation) -> Any:
    def run(input: Tensor, dim: tuple[int, ...] = (), keepdim: bool = False) -> Any:
        if not dim:
            _needs_elements(operation.name, input)
        for at in reduced(dim, len(input.shape)):
            if input.shape[at] == 0:
                raise TorchError(
                    "IndexError", f"{operation.name}(): Expected reduction dim {at} to have non-zero size."
                )
        return over(operation, input, dim, keepdim)

    return run


def normed(
    input: Tensor,
    p: float | str | None = 2,
    dim: tuple[int, ...] | None = None,
    keepdim: bool = False,
    dtype: DType | None = None,
) -> Any:
    power = order_of(p)
    if not input.dtype.is_floating_point:
        raise TorchError(
            "RuntimeError",
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got " + input.dtype.title,
        )
    _check_norm(input, power, dim)
    return over(norm, _converted(input, dtype, None), dim, keepdim, p=power)


def order_of(p: Any) -> float:
    """The order of a norm: a number, or a tensor that holds one; "fro" is that of 2."""
    if p is None or (isinstance(p, str) and p == "fro"):
        return 2.0
    if isinstance(p, str):
        raise TorchError("RuntimeError", f"linalg.matrix_norm: Order {p} not supported.")
    try:
        return float(converted_argument("number", False, p))
    except Mismatch as refusal:
        message = f"linalg_vector_norm(): argument 'ord' (position 2) must be {refusal}"
        raise TorchError("TypeError", message, code="arguments") from None


def _check_norm(input: Tensor, p: float, dim: tuple[int, ...] | None) -> None:
    """Negative and infinite norms of nothing have no value."""
    if input.numel or (p >= 0 and p != math.inf):
        return
    start = f"linalg.vector_norm cannot compute the {p:g} norm on "
    end = "operation does not have an identity"
    if dim is None:
        raise TorchError("RuntimeError", f"{start}an empty tensor because the {end}")
    for at in reduced(dim, len(input.shape)):
        if input.shape[at] == 0:
            raise TorchError("RuntimeError", f"{start}the dimension {at}because this dimension is empty and the {end}")


def _log_of_sum(input: Tensor, dim: tuple[int, ...], keepdim: bool = False) -> Any:
    return over(logsumexp, _converted(input, None, current().default_dtype), dim, keepdim)


def _of_two(operation: Operation) -> Any:
    return lambda input, other: operation.apply((input, other), {})


# fmt: off
DTYPE    = "*, dtype? dtype=None"
WHOLE    = f"Tensor input, {DTYPE}"
DIMS     = f"Tensor input, ints? dim, bool keepdim=False, {DTYPE}"
ONE_DIM  = "Tensor input, int dim, bool keepdim=False"
SPREAD   = (
    "Tensor input, ints? dim, bool unbiased=True, bool keepdim=False",
    "Tensor input, ints? dim=None, *, number? correction=None, bool keepdim=False",
    "Tensor input, bool unbiased=True",
)
offer("sum",  (WHOLE, _summed(sum)), (DIMS, _summed(sum)))
offer("mean", (WHOLE, _averaged), (DIMS, _averaged))
offer("prod", (WHOLE, _prod), (f"{ONE_DIM}, {DTYPE}", _prod))
offer("var",  *((text, _spread(var)) for text in SPREAD))
offer("std",  *((text, _spread(std)) for text in SPREAD))
offer("max",  ("Tensor input", _whole_extreme(max_whole)), ("Tensor input, Tensor other", _of_two(maximum)), (ONE_DIM, _extreme_along(max_dim)))
offer("min",  ("Tensor input", _whole_extreme(min_whole)), ("Tensor input, Tensor other", _of_two(minimum)), (ONE_DIM, _extreme_along(min_dim)))
offer("amax", ("Tensor input, ints dim=(), bool keepdim=False", _extremes(amax)))
offer("amin", ("Tensor input, ints dim=(), bool keepdim=False", _extremes(amin)))
offer("logsumexp torch.special.logsumexp", ("Tensor input, ints dim, bool keepdim=False", _log_of_sum))
# fmt: on
