"""What a parameter of each type admits, and how PyTorch says that an argument does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.device import Device, required
from app.engine.dtypes import DType
from app.engine.ndarray import NDArray
from app.engine.random import Generator
from app.engine.tensor import Tensor


class Mismatch(Exception):
    """These arguments do not fit this signature; the message is PyTorch's for a function of one signature."""


class Unpackable(Exception):
    """A sequence that starts with an int and goes on with something else: no other overload is tried."""


def converted(type: str, optional: bool, value: Any) -> Any:
    """The value as a parameter of this type takes it; raises `Mismatch` with the words that follow "must be"."""
    return None if value is None and optional else _CONVERTERS[type](value)


def _tensor(value: Any) -> Tensor:
    if not isinstance(value, Tensor):
        raise Mismatch(f"Tensor, not {type_name(value)}")
    return value


def _operand(value: Any) -> Any:
    if isinstance(value, Tensor) or _is_number(value):
        return value
    raise Mismatch(f"Tensor, not {type_name(value)}")


def _number(value: Any) -> Any:
    if _is_number(value):
        return value
    if isinstance(value, Tensor) and not value.shape and not value.requires_grad:
        return value.array.item()
    raise Mismatch(f"Number, not {type_name(value)}")


def is_int(value: Any) -> bool:
    """Whether PyTorch takes the value for an int: not bool, but an integer tensor of one element."""
    if isinstance(value, Tensor):
        return value.dtype.category == 1 and value.numel == 1
    return isinstance(value, int) and not isinstance(value, bool)


def _int(value: Any) -> int:
    if is_int(value):
        return int(value.array.item()) if isinstance(value, Tensor) else value
    raise Mismatch(f"int, not {type_name(value)}")


def _ints(value: Any) -> tuple[int, ...]:
    return (_int(value),) if is_int(value) else _shape(value)


def _shape(value: Any) -> tuple[int, ...]:
    """The first element decides whether this is a sequence of ints at all."""
    if not isinstance(value, (tuple, list)):
        raise Mismatch(f"tuple of ints, not {type_name(value)}")
    for place, item in enumerate(value):
        if is_int(item):
            continue
        if not place:
            raise Mismatch(f"tuple of ints, but found element of type {type_name(item)} at pos 0")
        raise Unpackable(
            f"failed to unpack the object at pos {place + 1} with error "
            f'"type must be tuple of ints,but got {type_name(item)}"'
        )
    return tuple(_int(item) for item in value)


def _float(value: Any) -> float:
    number = _number(value)
    return float(number)


def _bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Mismatch(f"bool, not {type_name(value)}")


def _dtype(value: Any) -> DType:
    if isinstance(value, DType):
        return value
    raise Mismatch(f"torch.dtype, not {type_name(value)}")


def _tensors(value: Any) -> tuple[Tensor, ...]:
    if not isinstance(value, (tuple, list)):
        raise Mismatch(f"tuple of Tensors, not {type_name(value)}")
    for place, item in enumerate(value):
        if not isinstance(item, Tensor):
            raise Mismatch(f"tuple of Tensors, but found element of type {type_name(item)} at pos {place}")
    return tuple(value)


def _list(value: Any) -> Any:
    """A list whose elements the function itself looks at."""
    if not isinstance(value, (tuple, list)):
        raise Mismatch(f"tuple of Tensors, not {type_name(value)}")
    return value


def _str(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise Mismatch(f"str, not {type_name(value)}")


def _generator(value: Any) -> Generator:
    if isinstance(value, Generator):
        return value
    raise Mismatch(f"torch.Generator, not {type_name(value)}")


def _device(value: Any) -> Device:
    if isinstance(value, (Device, str)) or (isinstance(value, int) and not isinstance(value, bool)):
        return required(value)
    raise Mismatch(f"torch.device, not {type_name(value)}")


def _any(value: Any) -> Any:
    return value


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "Tensor": _tensor, "operand": _operand, "number": _number, "int": _int, "ints": _ints, "shape": _shape,
    "float": _float, "bool": _bool, "dtype": _dtype, "tensors": _tensors, "list": _list, "str": _str, "any": _any,
    "generator": _generator, "device": _device,
}  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, (bool, int, float))


def type_name(value: object) -> str:
    """The name of a value's type as PyTorch's messages give it."""
    if isinstance(value, Tensor):
        return "Parameter" if value.is_parameter else "Tensor"
    if isinstance(value, (DType, Device)):
        return "torch.dtype" if isinstance(value, DType) else "torch.device"
    if isinstance(value, (NDArray, np.generic)):
        return "numpy.ndarray" if isinstance(value, NDArray) else f"numpy.{type(value).__name__}"
    return type(value).__name__
