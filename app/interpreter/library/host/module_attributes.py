"""Attributes of nn.Module: parameters, buffers and submodules live in dicts of their own, and are found there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.errors import TorchError
from app.engine.tensor import Tensor
from app.interpreter.attributes.objects import plain_write
from app.interpreter.errors import attribute_error, no_attribute, type_error
from app.interpreter.library.host import primitive
from app.interpreter.library.nearest import about
from app.interpreter.machine import Machine
from app.interpreter.records import MISSING, Arguments, Class, Instance, Keywords, Type
from app.interpreter.types import type_name, type_of

HOME = "torch.nn.modules.module"
DRAWERS = ("_parameters", "_buffers", "_modules")
Drawer = dict[object, object]


def is_module(value: object) -> bool:
    """Whether it is an object of nn.Module or of a class derived from it."""
    return type(value) is Instance and any(cls.name == "Module" and cls.module == HOME for cls in value.cls.mro)


def is_parameter(value: object) -> bool:
    """Whether it is an nn.Parameter."""
    return type(value) is Tensor and value.is_parameter


def drawer(module: object, name: str) -> Drawer:
    """`module._parameters` and its like; empty before Module.__init__."""
    found: Any = module.attributes.get(name) if type(module) is Instance else None
    return found if type(found) is dict else {}


def typename(value: object) -> str:
    """torch.typename: "torch.FloatTensor", "int", "__main__.Net"."""
    if type(value) is Tensor:
        return f"torch.{TYPED.get(value.dtype.name, 'Float')}Tensor"
    kind = value if type(value) in (Class, Type) else type_of(value)
    if type(kind) is Class:
        return kind.qualname or kind.name if kind.builtin else f"{kind.module}.{kind.qualname or kind.name}"
    assert type(kind) is Type
    return kind.shown[8:-2] if "." in kind.shown else kind.name


def receiver(name: str, arguments: Arguments, count: int) -> tuple[Instance, Arguments]:
    """The module that a method is called on, and the other arguments; TypeError where a program calls it wrongly.

    A program reaches these functions by `nn.Module.__setattr__(3, "a", 1)`, too.
    """
    if len(arguments) != count + 1:
        given = max(len(arguments) - 1, 0)
        raise type_error(f"Module.{name}() takes {count} argument{'' if count == 1 else 's'} ({given} given)")
    return as_module(name, arguments[0]), arguments[1:]


def as_module(name: str, value: object) -> Instance:
    """`value`, if it is an object that can be a module."""
    if type(value) is not Instance:
        raise type_error(f"Module.{name}() needs a module, not '{type_name(value)}'")
    return value


def text(value: object) -> str:
    """A name or prefix; Python's error for what cannot be part of one."""
    if type(value) is not str:
        raise type_error(f'can only concatenate str (not "{type_name(value)}") to str')
    return value


TYPED = {
    "float32": "Float", "float64": "Double", "float16": "Half", "bfloat16": "BFloat16", "int64": "Long",
    "int32": "Int", "int16": "Short", "int8": "Char", "uint8": "Byte", "bool": "Bool",
}  # fmt: skip


@primitive("typename")
def _typename(machine: Machine, arguments: Arguments, keywords: Keywords) -> str:
    return typename(arguments[0])


@primitive("module_getattr")
def _get(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """What `module.name` is when neither the object nor its class has it."""
    module, (given,) = receiver("__getattr__", arguments, 1)
    name = text(given)
    for each in DRAWERS:
        held = drawer(module, each)
        if name in held:
            return held[name]
    error = attribute_error(f"'{module.cls.name}' object has no attribute '{name}'")
    known = [*module.attributes, *(key for each in DRAWERS for key in drawer(module, each))]
    return _fail(about(error, "undefined-name", name, [key for key in known if type(key) is str]))


def _fail(error: TorchError) -> object:
    raise error


@primitive("module_setattr")
def _set(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """`module.name = value`: a Parameter, a module or a buffer goes to its own dict, anything else to the object."""
    module, (given, value) = receiver("__setattr__", arguments, 2)
    name = text(given)
    if is_parameter(value):
        _register(machine, module, "_parameters", name, value, "cannot assign parameters before Module.__init__() call")
    elif name in drawer(module, "_parameters"):
        _replace(module, "_parameters", name, value, "parameter", "torch.nn.Parameter")
    elif is_module(value):
        _register(machine, module, "_modules", name, value, "cannot assign module before Module.__init__() call")
    elif name in drawer(module, "_modules"):
        _replace(module, "_modules", name, value, "child module", "torch.nn.Module")
    elif name in drawer(module, "_buffers"):
        if value is not None and type(value) is not Tensor:
            raise type_error(
                f"cannot assign '{typename(value)}' as buffer '{name}' (torch.nn.Buffer, torch.Tensor or None expected)"
            )
        drawer(module, "_buffers")[name] = value
    else:
        plain_write(machine, module, name, value)


def check_name(module: Instance, kind: str, name: object) -> None:
    """The errors for a name that a parameter, buffer or module cannot have."""
    held = f"_{kind}s"
    if held not in module.attributes:
        raise attribute_error(f"cannot assign {kind} before Module.__init__() call")
    if type(name) is not str:
        raise type_error(f"{kind} name should be a string. Got {typename(name)}")
    if "." in name:
        got = f", got: {name}" if kind == "module" else ""
        raise TorchError("KeyError", f'{kind} name can\'t contain "."{got}')
    if not name:
        raise TorchError("KeyError", f'{kind} name can\'t be empty string ""')
    if name not in drawer(module, held) and _has(module, name):
        raise TorchError("KeyError", f"attribute '{name}' already exists")


def _has(module: Instance, name: str) -> bool:
    own = name in module.attributes or module.cls.find(name) is not MISSING
    return own or any(name in drawer(module, each) for each in DRAWERS)


@primitive("module_check_name")
def _check(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    module, (kind, name) = receiver("register", arguments, 2)
    check_name(module, text(kind), name)


@primitive("module_init")
def _init(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """What every module starts with."""
    module, _ = receiver("__init__", arguments, 0)
    machine.budget.container(len(STARTS))
    module.attributes.update((name, make()) for name, make in STARTS.items())


STARTS: dict[str, Callable[[], object]] = {
    "training": lambda: True,
    "_parameters": dict,
    "_buffers": dict,
    "_non_persistent_buffers_set": set,
    "_backward_pre_hooks": dict,
    "_backward_hooks": dict,
    "_is_full_backward_hook": lambda: None,
    "_forward_hooks": dict,
    "_forward_hooks_with_kwargs": dict,
    "_forward_hooks_always_called": dict,
    "_forward_pre_hooks": dict,
    "_forward_pre_hooks_with_kwargs": dict,
    "_state_dict_hooks": dict,
    "_state_dict_pre_hooks": dict,
    "_load_state_dict_pre_hooks": dict,
    "_load_state_dict_post_hooks": dict,
    "_modules": dict,
}


def _register(machine: Machine, module: Instance, into: str, name: str, value: object, early: str) -> None:
    """Keep `value` in its dict and nowhere else; AttributeError before Module.__init__ has made the dicts."""
    if into not in module.attributes:
        raise attribute_error(early)
    machine.budget.container(1)
    module.attributes.pop(name, None)
    for each in DRAWERS:
        if each != into:
            drawer(module, each).pop(name, None)
    _passing(module).discard(name)
    if into == "_parameters":
        check_name(module, "parameter", name)
    drawer(module, into)[name] = value


def _replace(module: Instance, into: str, name: str, value: object, word: str, wanted: str) -> None:
    if value is not None:
        raise type_error(f"cannot assign '{typename(value)}' as {word} '{name}' ({wanted} or None expected)")
    drawer(module, into)[name] = None


def _passing(module: Instance) -> set[object]:
    """The names of buffers that are no part of the state dict."""
    found: Any = module.attributes.get("_non_persistent_buffers_set")
    return found if type(found) is set else set()


@primitive("module_delattr")
def _delete(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """`del module.name`."""
    module, (given,) = receiver("__delattr__", arguments, 1)
    name = text(given)
    for each in DRAWERS:
        held = drawer(module, each)
        if name in held:
            del held[name]
            _passing(module).discard(name)
            return
    if name not in module.attributes:
        raise no_attribute(module.cls.name, name)
    del module.attributes[name]
