"""Element types and PyTorch's promotion between them.

Source: the "Type promotion" section of PyTorch's tensor attributes documentation. Three priorities: tensors
with dimensions, then 0-d tensors, then Python numbers; a lower priority counts only where its category
(bool < integer < floating point) is higher than everything above it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError


class DType:
    """An element type; `name` is PyTorch's ("float32") and `category` 0 bool, 1 integer, 2 floating point.

    PyTorch's messages also call it by its `title` ("Float") or by what C calls it ("float").
    """

    __slots__ = ("c_name", "category", "name", "numpy", "rank", "title")

    def __init__(self, name: str, category: int, rank: int, title: str, c_name: str) -> None:
        self.c_name = c_name
        self.name = name
        self.category = category
        self.rank = rank
        self.title = title
        self.numpy: np.dtype[np.generic] = np.dtype(name)

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    @property
    def is_floating_point(self) -> bool:
        return self.category == 2


bool_ = DType("bool", 0, 0, "Bool", "bool")
uint8 = DType("uint8", 1, 1, "Byte", "unsigned char")
int8 = DType("int8", 1, 1, "Char", "signed char")
int16 = DType("int16", 1, 2, "Short", "short int")
int32 = DType("int32", 1, 3, "Int", "int")
int64 = DType("int64", 1, 4, "Long", "long int")
float16 = DType("float16", 2, 5, "Half", "c10::Half")
float32 = DType("float32", 2, 6, "Float", "float")
float64 = DType("float64", 2, 7, "Double", "double")

ALL = (bool_, uint8, int8, int16, int32, int64, float16, float32, float64)
_BY_NUMPY = {dtype.numpy: dtype for dtype in ALL}


def of(array: Array) -> DType:
    """The element type of a numpy array that the engine made."""
    return _BY_NUMPY[array.dtype]


def require(dtype: np.dtype[np.generic]) -> DType:
    """The element type for one of numpy's; TypeError in PyTorch's words for a type that tensors do not have."""
    known = _BY_NUMPY.get(dtype)
    if known is None:
        raise TorchError(
            "TypeError",
            f"can't convert np.ndarray of type numpy.{dtype.name}. The only supported types are: float64, float32, "
            "float16, complex64, complex128, int64, int32, int16, int8, uint64, uint32, uint16, uint8, and bool.",
        )
    return known


def promote(a: DType, b: DType) -> DType:
    """The smaller type that holds both, regardless of dimensions."""
    if {a, b} == {uint8, int8}:
        return int16
    return a if a.rank >= b.rank else b


def number_type(number: object, default: DType = float32) -> DType:
    """What a Python number counts as when it meets a tensor."""
    if isinstance(number, bool):
        return bool_
    return int64 if isinstance(number, int) else default


def result_type(operands: Iterable[tuple[DType, int]], default: DType = float32) -> DType:
    """PyTorch's result type; each operand is (dtype, priority): 0 has dimensions, 1 is 0-d, 2 a Python number."""
    best: list[DType | None] = [None, None, None]
    for dtype, priority in operands:
        known = best[priority]
        best[priority] = dtype if known is None else promote(known, dtype)
    result = None
    for dtype_or_none in best:
        if dtype_or_none is None:
            continue
        if result is None or dtype_or_none.category > result.category:
            result = dtype_or_none
    return default if result is None else result


def can_cast(source: DType, target: DType) -> bool:
    """Whether an in-place result may be stored: a category never goes down."""
    return source.category <= target.category
