"""Conversions between element types, and copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.dtypes import DType
from app.engine.operation import Operation
from app.engine.ops.stating import tex_of
from app.engine.registry import expose
from app.engine.relation.elementwise import Elementwise
from app.engine.tensor import Tensor

to = Operation(
    "to", lambda x, *, dtype: x.astype(dtype, order="K"), [Elementwise()], grad_fn="ToCopyBackward0", tex=tex_of("@1")
)
clone = Operation("clone", lambda x: x.copy(order="K"), [Elementwise()], tex=tex_of("@1"))
contiguous = Operation(
    "contiguous", lambda x: np.array(x, order="C"), [Elementwise()], grad_fn="CloneBackward0", tex=tex_of("@1")
)


def converted(x: Tensor, dtype: DType) -> Tensor:
    """x itself when it has the type already."""
    result: Tensor = x if x.dtype is dtype else to.apply((x,), {"dtype": dtype.numpy})
    return result


def is_contiguous(x: Tensor) -> bool:
    return bool(x.array.flags.c_contiguous)


def _contiguous(input: Tensor) -> Any:
    return input if is_contiguous(input) else contiguous.apply((input,), {})


def _to(input: Tensor, *targets: Any, dtype: DType | None = None, **_: Any) -> Tensor:
    """`.to(dtype)`, `.to(other)`, `.to(device)`: there is one device."""
    target = dtype
    for given in targets:
        target = given if isinstance(given, DType) else given.dtype if isinstance(given, Tensor) else target
    return input if target is None else converted(input, target)


def _to_bound(
    input: Tensor,
    target: Any = None,
    dtype: DType | None = None,
    non_blocking: bool = False,
    copy: bool = False,
    device: Any = None,
) -> Any:
    result = _to(input, target, dtype=dtype)
    return clone.apply((input,), {}) if copy and result is input else result


expose(
    "Tensor.to",
    (
        "Tensor input, any target=None, dtype? dtype=None, bool non_blocking=False, bool copy=False, *, any device=None",
        _to_bound,
    ),
    operation="to",
)
expose("torch.clone Tensor.clone", ("Tensor input", lambda input: clone.apply((input,), {})), operation="clone")
expose("Tensor.contiguous", ("Tensor input", _contiguous), operation="contiguous")
expose("Tensor.cpu", ("Tensor input", lambda input: input))
for _name, _dtype in (
    ("double", dtypes.float64), ("float", dtypes.float32), ("long", dtypes.int64), ("int", dtypes.int32),
    ("short", dtypes.int16), ("char", dtypes.int8), ("byte", dtypes.uint8), ("bool", dtypes.bool_),
):  # fmt: skip
    expose(f"Tensor.{_name}", ("Tensor input", lambda input, dtype=_dtype: converted(input, dtype)), operation="to")
expose(
    "Tensor.type_as", ("Tensor input, Tensor other", lambda input, other: converted(input, other.dtype)), operation="to"
)
