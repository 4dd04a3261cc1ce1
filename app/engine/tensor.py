"""Tensors: handles on values. A view is a window into its base's memory, replayed when the base has moved on."""

from __future__ import annotations

import math
from collections.abc import Callable
from weakref import ref

from app.engine import dtypes, printing
from app.engine.arrays import Array, Shape
from app.engine.run import current
from app.engine.value import Counter, Memory, Meta, Value, address, dense, flat_of, strided


class Size(tuple[int, ...]):
    """A shape, as PyTorch prints it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return printing.size_text(self)


class Chain:
    """A base tensor with its differentiable views: they share the value that in-place writes move on.

    A `detach()`ed alias has a chain of its own on the same memory.
    """

    __slots__ = ("edits", "value")

    def __init__(self, value: Value) -> None:
        self.value = value
        memory = value.memory
        self.edits = memory.edits if memory is not None else 0

    def current(self) -> Value:
        """The base's value; made anew when an alias outside this chain has changed the numbers."""
        value = self.value
        memory = value.memory
        if memory is None or memory.edits == self.edits:
            return value
        fresh = Value(value.current_array(), value.node, value.index, value.requires_grad)
        fresh.meta = value.meta
        settle(fresh, memory, value.counter, value.offset)
        self.move(fresh)
        current().tape.succeeded(value, fresh)
        return fresh

    def move(self, value: Value) -> None:
        """Make `value` the base's current one."""
        self.value = value
        if value.memory is not None:
            self.edits = value.memory.edits


def settle(value: Value, memory: Memory, counter: Counter | None, offset: int) -> None:
    """Say where a value's numbers lie, as of now."""
    value.memory = memory
    value.counter = counter
    value.offset = offset
    value.edits = memory.edits
    value.version = counter.version if counter is not None else 0


class Window:
    """Where a view lies in its base's memory; `replay` makes its value again from the base's current one.

    `unrecorded`: it was made under no_grad of a base that requires grad.
    """

    __slots__ = ("base", "offset", "one_of_many", "replay", "shape", "strides", "unrecorded", "value")

    def __init__(
        self,
        base: Value,
        value: Value,
        replay: Callable[[Value, Window], Value],
        one_of_many: bool = False,
        unrecorded: bool = False,
    ) -> None:
        self.one_of_many = one_of_many
        self.unrecorded = unrecorded
        self.base = base
        self.value = value
        self.shape = value.array.shape
        self.strides = value.array.strides
        self.offset = value.offset
        self.replay = replay


class Tensor:
    """What student code holds. Never subclassed; the interpreter reaches it through the registry only."""

    __slots__ = ("__weakref__", "_meta", "chain", "is_parameter", "window")

    def __init__(self, value: Value, chain: Chain | None = None, window: Window | None = None) -> None:
        if chain is None:
            if value.memory is None:
                settle(value, Memory(flat_of(value.array)), Counter(), 0)
            chain = Chain(value)
        self.chain = chain
        self.window = window
        self.is_parameter = False
        self._meta: Meta | None = None
        current().tensors.append(ref(self))

    @classmethod
    def of(cls, array: Array, requires_grad: bool = False) -> Tensor:
        """A leaf that holds `array`."""
        tensor = cls(Value(dense(array), requires_grad=requires_grad))
        if requires_grad:
            tensor.value.meta = tensor.meta
        return tensor

    @property
    def value(self) -> Value:
        """The current value; for a view, replayed when its base has moved on."""
        base = self.chain.current()
        window = self.window
        if window is None:
            return base
        if window.base is not base:
            window.value = window.replay(base, window)
            window.base = base
            if self._meta is not None and window.value.meta is None:
                window.value.meta = self._meta
        return window.value

    @property
    def meta(self) -> Meta:
        """The `.grad` drawer; it stays with the tensor across versions."""
        known = self.value.meta if self._meta is None else self._meta
        if known is None:
            known = Meta()
            known.owner = ref(self)
        self._meta = known
        return known

    @property
    def array(self) -> Array:
        return self.value.array

    @property
    def dtype(self) -> dtypes.DType:
        return dtypes.of(self.chain.value.array)

    @property
    def shape(self) -> Shape:
        shape: Shape = self.chain.value.array.shape if self.window is None else self.window.shape
        return shape

    @property
    def requires_grad(self) -> bool:
        return self.value.requires_grad

    @property
    def numel(self) -> int:
        return math.prod(self.shape)

    @property
    def is_number(self) -> bool:
        """Whether `format` writes it as a plain number: one element without dimensions, and no parameter."""
        return not self.shape and not self.is_parameter

    @property
    def is_view(self) -> bool:
        return self.window is not None


def window_array(base: Value, window: Window) -> Array:
    """The numbers of a view, read from its base's memory."""
    assert base.memory is not None
    return strided(base.memory.flat, window.shape, window.strides, window.offset)


def view_offset(source: Value, view: Array) -> int:
    """How many elements into the memory a numpy view of `source.array` starts."""
    if view.size == 0 or source.array.size == 0:
        return source.offset
    return source.offset + (address(view) - address(source.array)) // view.itemsize
