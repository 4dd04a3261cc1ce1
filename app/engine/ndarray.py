"""numpy's arrays as a program holds them: windows into a memory, which tensors may share.

A write by the program replaces the memory's numbers where a tensor may look on, as a write to a tensor does, and is
counted as an edit that autograd is not told of; a memory that no tensor has seen is written to where it lies.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.run import current
from app.engine.value import Memory, address, dense, flat_of, strided


class Account:
    """How many numbers lie in the arrays of a run that the program still holds."""

    __slots__ = ("live",)

    def __init__(self) -> None:
        self.live = 0


def account() -> Account:
    """The account of the run in progress."""
    kept = current().kept.setdefault("numpy.account", Account())
    assert isinstance(kept, Account)
    return kept


class OwnMemory(Memory):
    """Numbers that no tensor has seen yet. They are given back when the last array on them is gone."""

    __slots__ = ("account", "numbers", "seen")

    def __init__(self, flat: Array) -> None:
        super().__init__(flat)
        self.seen = False
        self.numbers = flat.size
        self.account = account()
        self.account.live += self.numbers

    def __del__(self) -> None:
        self.account.live -= self.numbers


class NDArray:
    """A `numpy.ndarray`: `strides` count bytes, `offset` elements into the memory."""

    __slots__ = ("memory", "offset", "shape", "strides", "writeable")

    def __init__(
        self, memory: Memory, shape: Shape, strides: tuple[int, ...], offset: int, writeable: bool = True
    ) -> None:
        self.memory = memory
        self.shape = shape
        self.strides = strides
        self.offset = offset
        self.writeable = writeable

    @classmethod
    def of(cls, array: Array) -> NDArray:
        """A new array that holds these numbers; they are copied unless nobody else can have them."""
        whole = dense(array)
        if not whole.flags.writeable or (whole is array and array.base is not None):
            whole = whole.copy(order="K")
        return cls(OwnMemory(flat_of(whole)), whole.shape, whole.strides, 0)

    @property
    def host(self) -> Array:
        """The numbers that lie in the memory now, not to be written to."""
        view = strided(self.memory.flat, self.shape, self.strides, self.offset)
        view.flags.writeable = False
        return view

    @property
    def size(self) -> int:
        return math.prod(self.shape)

    @property
    def dtype(self) -> np.dtype[np.generic]:
        return self.memory.flat.dtype

    def window(self, view: Array) -> NDArray | None:
        """`view` as a window into this array's memory; None when it lies elsewhere."""
        flat = self.memory.flat
        if view.dtype != flat.dtype or view.size == 0 or not np.may_share_memory(view, flat):
            return None
        offset = (address(view) - address(flat)) // flat.itemsize
        return NDArray(self.memory, view.shape, view.strides, offset, self.writeable)

    def write(self, change: Callable[[Array], object]) -> None:
        """Run `change` on the array's numbers, where tensors that share them will see the result."""
        if not self.writeable:
            raise ValueError("assignment destination is read-only")
        memory = self.memory
        shared = not isinstance(memory, OwnMemory) or memory.seen
        flat = memory.flat.copy() if shared else memory.flat
        change(strided(flat, self.shape, self.strides, self.offset))
        memory.flat = flat
        memory.edits += 1

    @property
    def written(self) -> int:
        """How many numbers a write touches beside its own."""
        memory = self.memory
        return 0 if isinstance(memory, OwnMemory) and not memory.seen else memory.flat.size
