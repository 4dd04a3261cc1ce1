"""Values: immutable arrays with the node that made them (static single assignment), and the memory behind them.

A value never changes. What PyTorch calls a tensor is a handle (`tensor.py`) whose current value moves on when
the program writes in place; the old value stays, with its version, so that the graph that used it stays true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.engine.arrays import Array

if TYPE_CHECKING:
    from weakref import ref

    from app.engine.errors import TorchError
    from app.engine.hooks import Hooks
    from app.engine.node import Node
    from app.engine.tensor import Tensor


class Memory:
    """PyTorch's storage: all numbers of a base tensor in memory order. A write replaces `flat` by a new array."""

    __slots__ = ("edits", "flat")

    def __init__(self, flat: Array) -> None:
        self.flat = flat
        self.edits = 0


class Counter:
    """PyTorch's version counter, shared by a base, its views and its `detach()`ed aliases."""

    __slots__ = ("version",)

    def __init__(self) -> None:
        self.version = 0


class Meta:
    """What autograd remembers of one tensor across its versions: the `.grad` drawer, and a leaf's hooks.

    `owner` gives the tensor, while the program holds it.
    """

    __slots__ = ("grad", "hooks", "owner", "retains")

    def __init__(self) -> None:
        self.grad: Tensor | None = None
        self.retains = False
        self.hooks: Hooks | None = None
        self.owner: ref[Tensor] | None = None


class Value:
    """One immutable array. `node` made it as output number `index`; both stay None and 0 for a leaf.

    `memory`, `offset` (in elements) and the array's strides say where the numbers lie; `edits` and `version`
    are the memory's and the counter's state when the value was made. `lost` says why its history may not be asked for;
    `inference`: it was made in inference mode and can never take part in a graph.
    """

    __slots__ = (
        "array", "counter", "edits", "index", "inference", "lost", "memory", "meta", "node", "offset", "requires_grad",
        "version",
    )  # fmt: skip

    def __init__(self, array: Array, node: Node | None = None, index: int = 0, requires_grad: bool = False):
        self.array = array
        self.node = node
        self.index = index
        self.requires_grad = requires_grad
        self.meta: Meta | None = None
        self.lost: TorchError | None = None
        self.inference = False
        self.memory: Memory | None = None
        self.counter: Counter | None = None
        self.offset = 0
        self.edits = 0
        self.version = 0

    @property
    def is_leaf(self) -> bool:
        return self.node is None or not self.requires_grad

    def current_array(self) -> Array:
        """The numbers that lie in this value's memory now.

        They differ from `array` only after an edit that autograd was not told of (`x.data.add_(1)`), which
        PyTorch's saved tensors see as well: they share the memory.
        """
        memory = self.memory
        if memory is None or memory.edits == self.edits:
            return self.array
        return strided(memory.flat, self.array.shape, self.array.strides, self.offset)


def strided(flat: Array, shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> Array:
    """A window of `flat`; `strides` in bytes as numpy counts, `offset` in elements."""
    if flat.size == 0:
        return np.empty(shape, flat.dtype)
    return np.ndarray(shape, flat.dtype, flat, offset * flat.itemsize, strides)


def dense(array: Array) -> Array:
    """The array itself when its elements fill one block of memory, else a copy in the same element order."""
    flags = array.flags
    if flags.c_contiguous or flags.f_contiguous:
        return array
    return array.copy(order="K")


def flat_of(array: Array) -> Array:
    """The elements of a dense array in memory order, without a copy."""
    return array.reshape(-1) if array.flags.c_contiguous else array.ravel(order="K")


def address(array: Array) -> int:
    """Where the first element lies, in bytes."""
    start: int = array.__array_interface__["data"][0]
    return start
