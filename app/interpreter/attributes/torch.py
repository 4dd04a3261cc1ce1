"""Attributes of tensors and of what the engine answers with."""

from __future__ import annotations

from app.engine.device import CPU, Device
from app.engine.dtypes import DType
from app.engine.ops.element_types import Limits
from app.engine.ops.random.generators import GENERATOR_METHODS
from app.engine.random import Generator
from app.engine.registry import ATTRIBUTES, METHODS
from app.engine.returns import ReturnType
from app.engine.tensor import Tensor
from app.interpreter.errors import attribute_error, no_attribute
from app.interpreter.library.autograd.hooks import TENSOR_METHODS
from app.interpreter.library.each import EACH
from app.interpreter.library.nearest import about, unsupported
from app.interpreter.machine import Machine
from app.interpreter.protocol import DELETE, READ, WRITE
from app.interpreter.records import BuiltinMethod, Method


def _read_tensor(machine: Machine, tensor: Tensor, name: str) -> object:
    attribute = ATTRIBUTES.get(name)
    if attribute is not None:
        return attribute.get(tensor)
    method = METHODS.get(name)
    if method is not None:
        return Method(method, tensor, name)
    if name in TENSOR_METHODS:
        return BuiltinMethod(name, tensor, TENSOR_METHODS[name])
    if name in EACH:
        return BuiltinMethod(name, tensor, EACH[name])
    if name == "__name__" or name.startswith("__"):
        raise no_attribute("Tensor", name)
    error = unsupported("Tensor", name, [*METHODS, *ATTRIBUTES])
    if tensor.is_parameter:
        error.message = error.message.replace("'Tensor'", "'Parameter'")
    raise error


def _write_tensor(machine: Machine, tensor: Tensor, name: str, new: object) -> None:
    attribute = ATTRIBUTES.get(name)
    if attribute is None:
        error = attribute_error(f"not supported yet: setting Tensor.{name}")
        raise about(error, "unsupported-name", name, [n for n, a in ATTRIBUTES.items() if a.set], "Tensor.")
    if attribute.set is None:
        raise attribute_error(f"attribute '{name}' of 'torch._C.TensorBase' objects is not writable")
    attribute.set(tensor, new)


def _delete_tensor(machine: Machine, tensor: Tensor, name: str) -> None:
    if name != "grad" and name in ATTRIBUTES:
        raise attribute_error(f"attribute '{name}' of 'torch._C.TensorBase' objects is not writable")
    if name != "grad":
        raise no_attribute("Tensor", name)
    _write_tensor(machine, tensor, name, None)


def _read_limits(machine: Machine, limits: Limits, name: str) -> object:
    if name in limits.values:
        return limits.values[name]
    raise no_attribute(limits.name, name)


def _read_dtype(machine: Machine, dtype: DType, name: str) -> object:
    if name == "itemsize":
        return dtype.numpy.itemsize
    if name in ("is_complex", "is_signed"):
        return name == "is_signed" and dtype.numpy.kind in "if"
    if name == "is_floating_point":
        return dtype.is_floating_point
    raise no_attribute("torch.dtype", name)


def _read_return_type(machine: Machine, value: ReturnType, name: str) -> object:
    if name in value.fields:
        return value[value.fields.index(name)]
    raise no_attribute(f"torch.return_types.{value.name}", name)


def _read_device(machine: Machine, value: Device, name: str) -> object:
    if name in ("type", "index"):
        return value.type if name == "type" else value.index
    raise no_attribute("torch.device", name)


def _read_generator(machine: Machine, value: Generator, name: str) -> object:
    method = GENERATOR_METHODS.get(name)
    if method is not None:
        return Method(method, value, name)
    if name == "device":
        return CPU
    raise no_attribute("torch._C.Generator", name)


READ.update(
    {
        Tensor: _read_tensor, DType: _read_dtype, ReturnType: _read_return_type,
        Device: _read_device, Generator: _read_generator, Limits: _read_limits,
    }
)  # fmt: skip
WRITE[Tensor] = _write_tensor
DELETE[Tensor] = _delete_tensor
