"""Choosing element by element: where, clamp, masked_fill, masked_select."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.broadcasting import broadcast, together
from app.engine.dtypes import DType, bool_, can_cast, result_type
from app.engine.errors import TorchError
from app.engine.formula import Formula, wrapped
from app.engine.kinds import not_implemented
from app.engine.node import Call
from app.engine.operation import Number, Operation, standing, wrap
from app.engine.ops.convert import converted
from app.engine.ops.elementwise.bounded import at_least, at_most
from app.engine.ops.leaf import scalar
from app.engine.ops.stating import tex_of
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.rearrangement import Rearrangement
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write


def _clamped(x: Array, *, min: Number | None = None, max: Number | None = None) -> Any:
    """Below the lower bound first; where the bounds cross, the upper one wins."""
    y = x if min is None else np.maximum(x, x.dtype.type(min))
    return y if max is None else np.minimum(y, x.dtype.type(max))


def _held_tex(x: Formula, low: Number | None, high: Number | None) -> Formula:
    text = "@1" if low is None else rf"\max(@1, {_number_tex(low)})"
    return wrapped(text if high is None else rf"\min({text}, {_number_tex(high)})", x)


def _number_tex(value: Number) -> str:
    mantissa, _, exponent = f"{value:g}".replace("inf", r"\infty").partition("e")
    power = f"10^{{{int(exponent)}}}" if exponent else ""
    return power if power and mantissa == "1" else rf"{mantissa} \cdot {power}" if power else mantissa


def _inside(x: Any, low: Number | None, high: Number | None) -> Any:
    """1 between the bounds and on them."""
    if low is None:
        return x <= high
    return x >= low if high is None else (x >= low) & (x <= high)


def _selected(x: Array, mask: Array) -> Any:
    shape = np.broadcast_shapes(x.shape, mask.shape)
    return np.broadcast_to(x, shape)[np.broadcast_to(mask, shape)]


def _filled_name(call: Call) -> str:
    return "MaskedFillBackward0" if call.params["number"] else "MaskedFillBackward1"


UNBOUNDED = "torch.clamp: At least one of 'min' or 'max' must not be None"
_BY_WHERE = Rearrangement(operation="where", keeps=(0,))
_BY_MASK = Rearrangement(operation="masked_fill", keeps=(1,))
where = Operation(
    "where", lambda condition, a, b: np.where(condition, a, b), [None, _BY_WHERE, _BY_WHERE],
    tex=tex_of(r"[@1]\,?\,@2 : @3"), cost=together,
)  # fmt: skip
masked_fill = Operation(
    "masked_fill", lambda x, mask, value, *, number=True: np.where(mask, value, x), [_BY_MASK, None, _BY_MASK],
    cost=lambda x, mask, value, **_: together(x, mask, value), grad_fn=_filled_name,
)  # fmt: skip
masked_select = Operation("masked_select", _selected, [Rearrangement(operation="masked_select", keeps=(1,)), None])
clamp = Operation(
    "clamp", _clamped, [Elementwise(rule=lambda xp, x, y, *, min, max: _inside(x, min, max), selects=True)],
    grad_fn="ClampBackward1", tex=lambda x, min=None, max=None: _held_tex(x, min, max),
)  # fmt: skip


clamp_min = Operation("clamp_min", _clamped, clamp.structures, grad_fn="ClampMinBackward0", tex=clamp.tex)
clamp_max = Operation("clamp_max", _clamped, clamp.structures, grad_fn="ClampMaxBackward0", tex=clamp.tex)
clamp_tensor = Operation(
    "clamp_tensor", lambda x, low, high: np.minimum(np.maximum(x, low), high),
    [
        Elementwise(rule=lambda xp, x, low, high, y: (x >= low) & (x <= high), selects=True),
        Elementwise(rule=lambda xp, x, low, high, y: (x < low) & (low < high), selects=True),
        Elementwise(rule=lambda xp, x, low, high, y: (x > high) | (high < low), selects=True),
    ],
    grad_fn="ClampBackward0", tex=tex_of(r"\min(\max(@1, @2), @3)"), promotes="same",
)  # fmt: skip
clamp_tensor.name = "clamp"


def _clamp_between(input: Tensor, min: Tensor | None = None, max: Tensor | None = None) -> Any:
    """Bounds that are tensors receive the score where they hold; a bound that is not given is infinite."""
    if min is None and max is None:
        raise TorchError("RuntimeError", UNBOUNDED)
    low = -np.inf if min is None else min
    high = np.inf if max is None else max
    return clamp_tensor.apply((input, low, high), {})


def _clamp_between_(input: Tensor, min: Tensor | None = None, max: Tensor | None = None) -> Any:
    if min is None and max is None:
        raise TorchError("RuntimeError", UNBOUNDED)
    return write(input, clamp_tensor, (-np.inf if min is None else min, np.inf if max is None else max), {})


def _clamp(input: Tensor, min: Number | None = None, max: Number | None = None) -> Any:
    return clamp.apply((_wide(input, min, max),), {"min": min, "max": max})


def _clamp_(input: Tensor, min: Number | None = None, max: Number | None = None) -> Any:
    dtype = _type_with(input, min, max)
    if not can_cast(dtype, input.dtype):
        raise TorchError(
            "RuntimeError",
            f"result type {dtype.title} can't be cast to the desired output type {input.dtype.c_name}",
        )
    return write(input, clamp, (), {"min": min, "max": max})


def _wide(input: Tensor, *bounds: Number | None) -> Tensor:
    """The tensor in the type that it and its bounds have together."""
    dtype = _type_with(input, *bounds)
    if dtype is bool_:
        raise not_implemented("clamp_scalar_cpu", dtype)
    return converted(input, dtype)


def _type_with(input: Tensor, *bounds: Number | None) -> DType:
    default = current().default_dtype
    return result_type((standing(v, default) for v in (input, *bounds) if v is not None), default)


def _where(condition: Tensor, input: Any = None, other: Any = None) -> Any:
    if input is None and other is None:
        return tuple(wrap(np.asarray(places, np.int64)) for places in np.nonzero(np.atleast_1d(condition.array)))
    if condition.dtype.name not in ("bool", "uint8"):
        raise TorchError(
            "RuntimeError",
            f"where expected condition to be a boolean tensor, but got a tensor with dtype {condition.dtype.title}",
        )
    default = current().default_dtype
    dtype = result_type((standing(v, default) for v in (input, other)), default)
    branches = [converted(v, dtype) if isinstance(v, Tensor) else scalar(v, dtype) for v in (input, other)]
    return where.apply((condition, *branches), {})


def _filler(input: Tensor, value: Any) -> Tensor:
    return converted(value, input.dtype) if isinstance(value, Tensor) else scalar(value, input.dtype)


def _given(value: Any) -> dict[str, bool]:
    return {"number": not isinstance(value, Tensor)}


def _check_mask(mask: Tensor, value: Any) -> None:
    if mask.dtype is not bool_:
        raise TorchError(
            "RuntimeError", f"masked_fill_ only supports boolean masks, but got mask with dtype {mask.dtype.c_name}"
        )
    if isinstance(value, Tensor) and value.shape:
        raise TorchError(
            "RuntimeError",
            "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with "
            f"{len(value.shape)} dimension(s).",
        )


def _filled(input: Tensor, mask: Tensor, value: Any) -> Any:
    _check_mask(mask, value)
    broadcast((mask.shape, input.shape))
    return masked_fill.apply((input, mask, _filler(input, value)), _given(value))


def _filled_(input: Tensor, mask: Tensor, value: Any) -> Any:
    _check_mask(mask, value)
    return write(input, masked_fill, (mask, _filler(input, value)), _given(value))


def _select_by(input: Tensor, mask: Tensor) -> Any:
    if mask.dtype is not bool_:
        raise TorchError("RuntimeError", "masked_select: expected BoolTensor for mask")
    broadcast((mask.shape, input.shape))
    return masked_select.apply((input, mask), {})


# fmt: off
CLAMP = "Tensor input, number? min=None, number? max=None"
BETWEEN = "Tensor input, Tensor? min=None, Tensor? max=None"
FILL  = "Tensor input, Tensor mask, Tensor value"
FILL1 = "Tensor input, Tensor mask, number value"
offer("clamp clip",                  (BETWEEN, _clamp_between), (CLAMP, _clamp))
offer("Tensor.clamp_ Tensor.clip_",  (BETWEEN, _clamp_between_), (CLAMP, _clamp_))
offer("clamp_min",                   ("Tensor input, Tensor min", at_least), ("Tensor input, number min", lambda input, min: clamp_min.apply((_wide(input, min),), {"min": min, "max": None})))
offer("clamp_max",                   ("Tensor input, Tensor max", at_most), ("Tensor input, number max", lambda input, max: clamp_max.apply((_wide(input, max),), {"min": None, "max": max})))
offer("torch.where",                 ("Tensor condition", _where), ("Tensor condition, operand input, operand other", _where))
offer("Tensor.where",                ("Tensor input, Tensor condition, operand other", lambda input, condition, other: _where(condition, input, other)))
offer("masked_fill",                 (FILL, _filled), (FILL1, _filled))
offer("Tensor.masked_fill_",         (FILL, _filled_), (FILL1, _filled_))
offer("masked_select",               ("Tensor input, Tensor mask", _select_by))
# fmt: on
