"""Which memory a write may touch: PyTorch refuses a target that lies on itself, or partly on what is read."""

from __future__ import annotations

import math
from collections.abc import Iterable

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.value import Memory, Value

INTERNAL = (
    "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
    "Please clone() the tensor before performing the operation."
)
PARTIAL = (
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory "
    "location. Please clone() the tensor before performing the operation."
)


def refuse_internal(target: Value) -> None:
    """No two elements of the target may share a place in memory."""
    array = target.array
    if array.size and any(s == 0 and n > 1 for s, n in zip(array.strides, array.shape, strict=True)):
        raise TorchError("RuntimeError", INTERNAL, code="inplace-overlap")


def refuse_partial(memory: Memory | None, target: Value, sources: Iterable[Value]) -> None:
    """A source in the same memory must be exactly the target, or lie elsewhere.

    As in PyTorch, only tensors that fill one block are looked at: for others the answer would be too dear.
    """
    for source in sources:
        if source.memory is not memory or source.array.size == 0 or target.array.size == 0:
            continue
        if not (_fills_a_block(source.array) and _fills_a_block(target.array)):
            continue
        apart = source.offset + source.array.size <= target.offset or target.offset + target.array.size <= source.offset
        if not apart and not _same(source, target):
            raise TorchError("RuntimeError", PARTIAL, code="inplace-overlap")


def _same(a: Value, b: Value) -> bool:
    return bool(a.offset == b.offset and a.array.size == b.array.size and a.array.strides == b.array.strides)


def _fills_a_block(array: Array) -> bool:
    reach: int = sum((n - 1) * abs(s) for n, s in zip(array.shape, array.strides, strict=True)) // array.itemsize
    return reach + 1 == math.prod(array.shape)
