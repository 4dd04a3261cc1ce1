"""New leaves: how a made array becomes a tensor that the run knows."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.operation import Number, constant, wrap
from app.engine.run import current
from app.engine.tensor import Chain, Tensor

INTEGER_GRAD = "Only Tensors of floating point and complex dtype can require gradients"


def finished(array: Array, requires_grad: bool) -> Tensor:
    """A new leaf. Outside strict mode an integer tensor that requires grad becomes float32, with a notice."""
    run = current()
    if requires_grad and array.dtype.kind != "f":
        if run.strict:
            raise TorchError("RuntimeError", INTEGER_GRAD, code="integer-requires-grad")
        run.notice("integer-requires-grad")
        array = array.astype(np.float32)
    return wrap(array, requires_grad)


def become_float(x: Tensor) -> None:
    """Replace a leaf's integers by the same numbers in float32, under the same handle."""
    run = current()
    old = x.value
    fresh = Tensor.of(old.array.astype(np.float32))
    x.chain = Chain(fresh.value)
    run.tape.made(fresh.value, run.tape.places.get(id(old), run.here))
    run.tape.succeeded(old, fresh.value)


def scalar(number: Number | Tensor, dtype: DType) -> Tensor:
    """A Python number as a 0-d constant of the program."""
    return number if isinstance(number, Tensor) else Tensor(constant(current(), number, dtype))


def require_sizes(size: Sequence[int]) -> None:
    """RuntimeError for a shape with a negative dim."""
    for n in size:
        if n < 0:
            raise TorchError("RuntimeError", f"Trying to create tensor with negative dimension {n}: {list(size)}")


def checked(size: Shape) -> Shape:
    """A shape that may be allocated: no negative dims, within the budget."""
    require_sizes(size)
    current().meter.operation(math.prod(size))
    return size
