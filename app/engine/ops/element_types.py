"""Element types by name, what they promote to, and what they can hold."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.operation import standing
from app.engine.ops.convert import converted
from app.engine.registry import expose, offer
from app.engine.run import current
from app.engine.tensor import Tensor

TYPED = {f"{dtype.title}Tensor": dtype for dtype in dtypes.ALL}
"""The older names of tensors of one type: "FloatTensor"."""


class Limits:
    """torch.finfo or torch.iinfo of a type: its numbers by name."""

    __slots__ = ("name", "values")

    def __init__(self, name: str, values: dict[str, Any]) -> None:
        self.name = name
        self.values = values

    def __repr__(self) -> str:
        shown = ", ".join(f"{k}={v if isinstance(v, str) else f'{v:g}'}" for k, v in self.values.items() if k != "bits")
        return f"{self.name}({shown})"


def _finfo(type: DType | None = None) -> Limits:
    dtype = type or current().default_dtype
    if not dtype.is_floating_point:
        raise TorchError(
            "TypeError", f"torch.finfo() requires a floating point input type. Use torch.iinfo to handle '{dtype!r}'"
        )
    found = np.finfo(dtype.name)
    values = {
        "resolution": float(str(found.resolution)), "min": float(found.min), "max": float(found.max),
        "eps": float(found.eps), "smallest_normal": float(found.tiny), "tiny": float(found.tiny), "dtype": dtype.name,
        "bits": int(found.bits),
    }  # fmt: skip
    return Limits("finfo", values)


def _iinfo(type: DType) -> Limits:
    if type.category != 1:
        raise TorchError(
            "TypeError", f"torch.iinfo() requires an integer input type. Use torch.finfo to handle '{type!r}'"
        )
    found = np.iinfo(type.name)
    values = {"min": int(found.min), "max": int(found.max), "dtype": type.name, "bits": int(found.bits)}
    return Limits("iinfo", values)


def _result_type(tensor1: Any, tensor2: Any) -> DType:
    default = current().default_dtype
    return dtypes.result_type([standing(tensor1, default), standing(tensor2, default)], default)


def named_type(name: str) -> DType:
    """The element type that "torch.FloatTensor" names."""
    dtype = TYPED.get(name.removeprefix("torch."))
    if dtype is None:
        raise TorchError("ValueError", f"invalid type: '{name[:60]}'")
    return dtype


def _type(input: Tensor, dtype: Any = None, non_blocking: bool = False) -> Any:
    """`x.type()` says what x is; `x.type(t)` converts."""
    if dtype is None:
        return f"torch.{input.dtype.title}Tensor"
    if isinstance(dtype, str):
        dtype = named_type(dtype)
    if not isinstance(dtype, DType):
        raise TorchError("RuntimeError", "dtype must be a type, str, or dtype object")
    return converted(input, dtype)


def _default_tensor_type(t: Any) -> None:
    dtype = named_type(t) if isinstance(t, str) else t
    if not isinstance(dtype, DType):
        raise TorchError("TypeError", "invalid type object")
    if not dtype.is_floating_point:
        raise TorchError("TypeError", "only floating-point types are supported as the default type")
    current().default_dtype = dtype


offer("Tensor.type", ("Tensor input, any dtype=None, bool non_blocking=False", _type), operation="to")
expose("torch.finfo", ("dtype? type=None", _finfo))
expose("torch.iinfo", ("dtype type", _iinfo))
expose("torch.result_type", ("operand tensor1, operand tensor2", _result_type))
expose("torch.promote_types", ("dtype type1, dtype type2", lambda type1, type2: dtypes.promote(type1, type2)))
expose("torch.can_cast", ("dtype from, dtype to", lambda **given: dtypes.can_cast(given["from"], given["to"])))
expose("torch.set_default_tensor_type", ("def any t", _default_tensor_type))
