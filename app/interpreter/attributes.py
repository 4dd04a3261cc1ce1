"""Attributes of student objects and classes, functions, modules and tensors."""
from __future__ import annotations

from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.gradfn import GradFn
from app.engine.ops.attributes import Device
from app.engine.registry import ATTRIBUTES, METHODS
from app.engine.registry import Function as EngineFunction
from app.engine.returns import ReturnType
from app.engine.tensor import Tensor
from app.interpreter.errors import attribute_error, no_attribute, type_error
from app.interpreter.library.nearest import nearest, unsupported
from app.interpreter.machine import Machine
from app.interpreter.protocol import DELETE, READ, WRITE, call
from app.interpreter.records import (
    MISSING,
    Builtin,
    Class,
    ClassMethod,
    Function,
    Instance,
    Method,
    Namespace,
    Property,
    StaticMethod,
    Super,
    Type,
    Wrapped,
)
from app.interpreter.types import type_name

BINDS = frozenset({Function, Wrapped})


def _bound(found: object, receiver: object, cls: Class, name: str) -> object:
    kind = type(found)
    if kind in BINDS or (kind is Builtin and name == "__init__"):
        return Method(found, receiver, name)
    if kind is StaticMethod:
        return found.function  # type: ignore[attr-defined]
    if kind is ClassMethod:
        return Method(found.function, cls, name)  # type: ignore[attr-defined]
    return found


def _read_instance(machine: Machine, instance: Instance, name: str) -> object:
    found = instance.cls.find(name)
    if type(found) is Property:
        return call(machine, found.get, [instance])
    if name in instance.attributes:
        return instance.attributes[name]
    if found is not MISSING:
        return _bound(found, instance, instance.cls, name)
    fallback = instance.cls.find("__getattr__")
    if fallback is not MISSING:
        return call(machine, fallback, [instance, name])
    raise _object_lacks(instance.cls.name, name, [*instance.attributes, *_class_names(instance.cls)])


def _class_names(cls: Class) -> list[str]:
    return [name for base in cls.mro if not base.builtin for name in base.namespace]


def _object_lacks(shown: str, name: str, known: list[str]) -> TorchError:
    error = no_attribute(shown, name)
    error.code, error.values = nearest("undefined-name", name, known)
    return error


def _write_instance(machine: Machine, instance: Instance, name: str, new: object) -> None:
    found = instance.cls.find(name)
    if type(found) is Property:
        if found.set is None:
            raise attribute_error(f"property '{name}' of '{instance.cls.name}' object has no setter")
        call(machine, found.set, [instance, new])
        return
    if name not in instance.attributes:
        machine.budget.container(1)
    instance.attributes[name] = new


def _delete_instance(machine: Machine, instance: Instance, name: str) -> None:
    if name not in instance.attributes:
        raise no_attribute(instance.cls.name, name)
    del instance.attributes[name]


def _read_class(machine: Machine, cls: Class, name: str) -> object:
    if name in ("__name__", "__qualname__"):
        return cls.name
    found = cls.find(name)
    if type(found) is StaticMethod:
        return found.function
    if type(found) is ClassMethod:
        return Method(found.function, cls, name)
    if found is MISSING:
        if name == "__doc__":
            return None
        raise attribute_error(f"type object '{cls.name}' has no attribute '{name}'")
    return found


def _write_class(machine: Machine, cls: Class, name: str, new: object) -> None:
    if cls.builtin:
        raise type_error(f"cannot set '{name}' attribute of immutable type '{cls.name}'")
    if name not in cls.namespace:
        machine.budget.container(1)
    cls.namespace[name] = new


def _delete_class(machine: Machine, cls: Class, name: str) -> None:
    if cls.builtin or name not in cls.namespace:
        raise attribute_error(f"type object '{cls.name}' has no attribute '{name}'")
    del cls.namespace[name]


def _read_type(machine: Machine, kind: Type, name: str) -> object:
    if name in ("__name__", "__qualname__"):
        return kind.name
    raise attribute_error(f"type object '{kind.name}' has no attribute '{name}'")


def _read_super(machine: Machine, proxy: Super, name: str) -> object:
    receiver = proxy.receiver
    cls = receiver.cls if type(receiver) is Instance else receiver
    assert type(cls) is Class
    order = cls.mro[cls.mro.index(proxy.cls) + 1 :]
    for base in order:
        if name in base.namespace:
            found = base.namespace[name]
            if type(found) is Property:
                return call(machine, found.get, [receiver])
            return _bound(found, receiver, cls, name)
    raise no_attribute("super", name)


def _read_function(machine: Machine, function: Function, name: str) -> object:
    if name == "__name__":
        return function.name
    if name == "__doc__":
        return function.doc
    if name not in function.attributes:
        raise no_attribute("function", name)
    return function.attributes[name]


def _write_function(machine: Machine, function: Function, name: str, new: object) -> None:
    machine.budget.container(1)
    function.attributes[name] = new


def _read_wrapped(machine: Machine, wrapped: Wrapped, name: str) -> object:
    if type(wrapped.function) is Function:
        return _read_function(machine, wrapped.function, name)
    raise no_attribute("function", name)


def _read_method(machine: Machine, method: Method, name: str) -> object:
    if name == "__name__":
        return method.name
    raise no_attribute("method", name)


def _read_property(machine: Machine, prop: Property, name: str) -> object:
    if name == "setter":
        return Builtin("setter", lambda machine, arguments, keywords: Property(prop.get, arguments[0]))
    raise no_attribute("property", name)


def _read_namespace(machine: Machine, module: Namespace, name: str) -> object:
    found = module.entries.get(name, MISSING)
    if found is MISSING:
        raise unsupported(f"{module.name}.{name}", name, module.entries, f"{module.name}.")
    return found


def _write_namespace(machine: Machine, module: Namespace, name: str, new: object) -> None:
    raise TorchError("AttributeError", f"module '{module.name}' is read-only", "blocked-name", name=name)


def _read_tensor(machine: Machine, tensor: Tensor, name: str) -> object:
    attribute = ATTRIBUTES.get(name)
    if attribute is not None:
        return attribute.get(tensor)
    method = METHODS.get(name)
    if method is not None:
        return Method(method, tensor, name)
    if name == "__name__" or name.startswith("__"):
        raise no_attribute("Tensor", name)
    error = unsupported(f"Tensor.{name}", name, [*METHODS, *ATTRIBUTES], "")
    if error.type == "AttributeError":
        error.message = f"'Tensor' object has no attribute '{name}'"
    raise error


def _write_tensor(machine: Machine, tensor: Tensor, name: str, new: object) -> None:
    attribute = ATTRIBUTES.get(name)
    if attribute is None:
        raise TorchError(
            "AttributeError", f"'{type_name(tensor)}' object has no attribute '{name}' that can be set", "blocked-name",
            name=name,
        )  # fmt: skip
    if attribute.set is None:
        raise attribute_error(f"attribute '{name}' of 'torch._C.TensorBase' objects is not writable")
    attribute.set(tensor, new)


def _delete_tensor(machine: Machine, tensor: Tensor, name: str) -> None:
    if name != "grad":
        raise no_attribute("Tensor", name)
    _write_tensor(machine, tensor, name, None)


def _read_dtype(machine: Machine, dtype: DType, name: str) -> object:
    if name == "is_floating_point":
        return dtype.is_floating_point
    raise no_attribute("torch.dtype", name)


def _read_return_type(machine: Machine, value: ReturnType, name: str) -> object:
    if name in value.fields:
        return value[value.fields.index(name)]
    raise no_attribute(f"torch.return_types.{value.name}", name)


def _read_grad_fn(machine: Machine, value: GradFn, name: str) -> object:
    if name == "name":
        return Builtin("name", lambda machine, arguments, keywords: value.name)
    raise unsupported(f"{value.name}.{name}", name, ["name"], "grad_fn.")


def _read_device(machine: Machine, value: Device, name: str) -> object:
    if name == "type":
        return "cpu"
    raise no_attribute("torch.device", name)


def _read_engine_function(machine: Machine, function: EngineFunction, name: str) -> object:
    if name == "__name__":
        return function.name
    raise no_attribute("builtin_function_or_method", name)


READ.update(
    {
        Instance: _read_instance, Class: _read_class, Type: _read_type, Super: _read_super, Function: _read_function,
        Wrapped: _read_wrapped, Method: _read_method, Property: _read_property, Namespace: _read_namespace,
        ReturnType: _read_return_type, GradFn: _read_grad_fn, Device: _read_device, Tensor: _read_tensor, DType: _read_dtype, EngineFunction: _read_engine_function,
    }
)  # fmt: skip
WRITE.update(
    {
        Instance: _write_instance, Class: _write_class, Function: _write_function, Namespace: _write_namespace,
        Tensor: _write_tensor,
    }
)  # fmt: skip
DELETE.update({Instance: _delete_instance, Class: _delete_class, Tensor: _delete_tensor})
