"""Python's own protocols on tensors: truth, length, iteration, numbers, text."""

from __future__ import annotations

from typing import Any

from app.engine import printing
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.ops.indexing.index import getitem, setitem
from app.engine.ops.shapes.join import unbound
from app.engine.run import current
from app.engine.tensor import Tensor


def length(x: Tensor) -> int:
    """len(x)."""
    if not x.shape:
        raise TorchError("TypeError", "len() of a 0-d tensor")
    return x.shape[0]


def iterate(x: Tensor) -> list[Tensor]:
    """The slices that `for row in x` goes through."""
    if not x.shape:
        raise TorchError("TypeError", "iteration over a 0-d tensor")
    return list(unbound(x)) if x.shape[0] else []


def truth(x: Tensor) -> bool:
    """bool(x) of one element."""
    if x.numel > 1:
        raise TorchError(
            "RuntimeError", "Boolean value of Tensor with more than one value is ambiguous", code="bool-ambiguous"
        )
    if x.numel == 0:
        raise TorchError("RuntimeError", "Boolean value of Tensor with no values is ambiguous", code="bool-ambiguous")
    return bool(x.array.item())


def contains(x: Tensor, value: Any) -> bool:
    """value in x."""
    current().meter.work(x.numel)
    if isinstance(value, Tensor):
        broadcast((x.shape, value.shape))
        return bool((x.array == value.array).any())
    if isinstance(value, (bool, int, float)):
        return bool((x.array == value).any())
    raise TorchError(
        "RuntimeError",
        f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(value).__name__}.",
    )


def _single(x: Tensor) -> Any:
    if x.numel != 1:
        raise TorchError(
            "ValueError", "only one element tensors can be converted to Python scalars",
            code="item-many", count=x.numel,
        )  # fmt: skip
    run = current()
    run.tape.read_out(x.value, "float()", run.here)
    return x.array.item()


def to_float(x: Tensor) -> float:
    """float(x)."""
    return float(_single(x))


def to_int(x: Tensor) -> int:
    """int(x), with Python's words for inf and nan."""
    try:
        return int(_single(x))
    except (ValueError, OverflowError) as refusal:
        raise TorchError(type(refusal).__name__, str(refusal)) from None


def index(x: Tensor) -> int:
    """x where Python wants an integer."""
    if x.dtype.category == 2 or x.numel != 1:
        raise TorchError("TypeError", "only integer tensors of a single element can be converted to an index")
    return int(x.array.item())


def tensor_repr(x: Tensor) -> str:
    """repr(x), to the letter."""
    run = current()
    run.meter.work(printing.work(x.array.shape, run.print_options))
    value = x.value
    return printing.tensor_text(
        value.array, dtype=x.dtype.name, requires_grad=value.requires_grad,
        grad_fn=value.node.grad_fn if value.node is not None else None,
        options=run.print_options, parameter=x.is_parameter, default_dtype=run.default_dtype.name,
    )  # fmt: skip


def format_tensor(x: Tensor, spec: str) -> str:
    """format(x, spec): a number for one without dimensions."""
    try:
        return printing.formatted(x.array, spec, tensor_repr(x), "Parameter" if x.is_parameter else "Tensor")
    except (TypeError, ValueError) as refusal:
        raise TorchError(type(refusal).__name__, str(refusal)) from None


__all__ = [
    "contains", "format_tensor", "getitem", "index", "iterate", "length", "setitem", "tensor_repr", "to_float",
    "to_int", "truth",
]  # fmt: skip
