"""Spellings of older programs: `torch.Tensor(…)`, `torch.LongTensor(…)`, `torch.autograd.Variable(…)`."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.ndarray import NDArray
from app.engine.registry import METHODS, TORCH
from app.engine.tensor import Size, Tensor
from app.interpreter import types
from app.interpreter.admission import as_numbers
from app.interpreter.calls import call_engine
from app.interpreter.errors import type_error
from app.interpreter.library.each import EACH
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords, Type
from app.interpreter.signatures import optional
from app.interpreter.types import type_name

TYPED = {
    "FloatTensor": "float32", "DoubleTensor": "float64", "LongTensor": "int64", "IntTensor": "int32",
    "ShortTensor": "int16", "CharTensor": "int8", "ByteTensor": "uint8", "BoolTensor": "bool",
    "HalfTensor": "float16",
}  # fmt: skip


def _maker(name: str, dtype: str) -> Callable[[Machine, Arguments, Keywords], object]:
    """Data in a list, or sizes: `Tensor([1, 2])` holds 1 and 2, `Tensor(2, 3)` is an empty 2 × 3."""

    def make(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        if keywords:
            raise type_error(f"new() received an invalid combination of arguments - got {name}(**keywords)")
        chosen: Keywords = {"dtype": TORCH[dtype]}
        arguments = [as_numbers(value) for value in arguments]
        if len(arguments) == 1 and type(arguments[0]) in (list, tuple, NDArray):
            return call_engine(machine, TORCH["tensor"], arguments, chosen)
        if len(arguments) == 1 and type(arguments[0]) is Tensor:
            return call_engine(machine, METHODS["to"], arguments, chosen)
        if not all(type(size) in (int, Size) for size in arguments):
            raise type_error(f"new(): data must be a sequence (got {type_name(arguments[0])})")
        return call_engine(machine, TORCH["empty"], arguments or [0], chosen)

    return make


def _typed(name: str, dtype: str) -> Type:
    """`torch.FloatTensor`: makes tensors of its type, and is the type of those that have it."""
    kind = TORCH[dtype]
    return Type(
        name, f"<class 'torch.{name}'>", frozenset({Tensor}), _maker(name, dtype),
        test=lambda value: type(value) is Tensor and value.dtype is kind,
    )  # fmt: skip


def _variable(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """A leaf on the data's numbers; since PyTorch 0.4 a Variable is a tensor."""
    bound = optional("Variable", arguments, keywords, ("data", "requires_grad", "volatile"), 1)
    data = bound["data"]
    if type(data) is not Tensor:
        raise type_error(f"Variable data has to be a tensor, but got {type_name(data)}")
    leaf = call_engine(machine, METHODS["detach"], [data], {})
    return call_engine(machine, METHODS["requires_grad_"], [leaf, bound.get("requires_grad", False)], {})


def _new(machine: Machine, tensor: Tensor, arguments: Arguments, keywords: Keywords) -> object:
    """`x.new(…)`: what torch.Tensor(…) makes, in x's type."""
    return _maker("new", tensor.dtype.name)(machine, arguments, keywords)


EACH["new"] = _new
VARIABLE = Type("Variable", "<class 'torch.autograd.variable.Variable'>", frozenset({Tensor}), _variable)
types.TENSOR.make = _maker("Tensor", "float32")
LEGACY: dict[str, object] = {
    **{name: _typed(name, dtype) for name, dtype in TYPED.items()},
    "autograd.Variable": VARIABLE,
    "autograd.variable.Variable": VARIABLE,
}
