"""Conversions between element types, and copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.device import Device, required
from app.engine.dtypes import DType
from app.engine.operation import Operation
from app.engine.ops.stating import tex_of
from app.engine.registry import expose, offer
from app.engine.relation.elementwise import Elementwise
from app.engine.tensor import Tensor

# fmt: off
to         = Operation("to",         lambda x, *, dtype: x.astype(dtype, order="K"), [Elementwise()], tex=tex_of("@1"), grad_fn="ToCopyBackward0")
clone      = Operation("clone",      lambda x: x.copy(order="K"),                    [Elementwise()], tex=tex_of("@1"))
contiguous = Operation("contiguous", lambda x: np.array(x, order="C"),               [Elementwise()], tex=tex_of("@1"), grad_fn="CloneBackward0")
# fmt: on


def converted(x: Tensor, dtype: DType) -> Tensor:
    """x itself when it has the type already."""
    result: Tensor = x if x.dtype is dtype else to.apply((x,), {"dtype": dtype.numpy})
    return result


def made_contiguous(input: Tensor) -> Any:
    """The tensor itself where its elements lie in row-major order, else a copy that does."""
    return input if input.array.flags.c_contiguous else contiguous.apply((input,), {})


def _to(
    input: Tensor, target: Any = None, dtype: DType | None = None, non_blocking: bool = False, copy: bool = False,
    device: Any = None, memory_format: Any = None,
) -> Any:  # fmt: skip
    """`.to(dtype)`, `.to(other)`, `.to(device)`, `.to(device, dtype)`: there is one device."""
    if isinstance(target, (Device, str, int)):
        required(target)
    named = target.dtype if isinstance(target, Tensor) else target if isinstance(target, DType) else dtype
    result = input if named is None else converted(input, named)
    return clone.apply((input,), {}) if copy and result is input else result


def _as(dtype: DType) -> Any:
    return lambda input, memory_format=None: converted(input, dtype)


# fmt: off
TO = "Tensor input, any target=None, dtype? dtype=None, bool non_blocking=False, bool copy=False, *, device? device=None, any memory_format=None"
CAST = "Tensor input, *, any memory_format=None"
TO_TYPE = "Tensor input, dtype target, bool non_blocking=False, bool copy=False, *, any memory_format=None"
TO_LIKE = "Tensor input, Tensor target, bool non_blocking=False, bool copy=False, *, any memory_format=None"
offer("Tensor.to",         (TO_TYPE, _to), (TO_LIKE, _to), (TO, _to))
offer("Tensor.type_as",    ("Tensor input, Tensor other", lambda input, other: converted(input, other.dtype)), operation="to")
offer("clone",             ("Tensor input, *, any memory_format=None", lambda input, memory_format: clone.apply((input,), {})))
offer("Tensor.contiguous", ("Tensor input, *, any memory_format=None", lambda input, memory_format: made_contiguous(input)))
offer("Tensor.double",     (CAST, _as(dtypes.float64)), operation="to")
offer("Tensor.half",       ("Tensor input", _as(dtypes.float16)), operation="to")
offer("Tensor.float",      (CAST, _as(dtypes.float32)), operation="to")
offer("Tensor.long",       (CAST, _as(dtypes.int64)),   operation="to")
offer("Tensor.int",        (CAST, _as(dtypes.int32)),   operation="to")
offer("Tensor.short",      (CAST, _as(dtypes.int16)),   operation="to")
offer("Tensor.char",       (CAST, _as(dtypes.int8)),    operation="to")
offer("Tensor.byte",       (CAST, _as(dtypes.uint8)),   operation="to")
offer("Tensor.bool",       (CAST, _as(dtypes.bool_)),   operation="to")
expose("Tensor.cpu",       ("Tensor input", lambda input: input))
# fmt: on
