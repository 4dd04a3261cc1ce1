"""What a value has: the names that `dir` lists and the attributes that `vars` shows."""

from __future__ import annotations

from app.engine.gradfn import GradFn
from app.engine.registry import ATTRIBUTES as TENSOR_ATTRIBUTES
from app.engine.registry import METHODS as TENSOR_METHODS
from app.engine.tensor import Tensor
from app.interpreter.machine import Machine
from app.interpreter.records import Class, Function, Instance, Namespace, Type

NODE_NAMES = ("metadata", "name", "next_functions", "register_hook", "register_prehook", "_sequence_nr")


def names_of(machine: Machine, value: object) -> list[str]:
    """The sorted names of a value's attributes, without those that every object has."""
    names: set[object] = set()
    if type(value) is Instance:
        names.update(value.attributes)
        names.update(name for cls in value.cls.mro for name in cls.namespace)
    elif type(value) is Class:
        names.update(name for cls in value.mro for name in cls.namespace)
    elif type(value) is Namespace:
        names.update(value.entries)
    elif type(value) is Function:
        names.update(value.attributes)
    elif type(value) is Tensor:
        names.update([*TENSOR_METHODS, *TENSOR_ATTRIBUTES])
    elif type(value) is GradFn:
        names.update([*NODE_NAMES, *(f"_saved_{name}" for name in value.saved_names())])
    elif type(value) is not Type:
        names.update(_methods(value))
    machine.budget.container(len(names))
    return sorted(name for name in names if type(name) is str)


def _methods(value: object) -> list[str]:
    from app.interpreter.methods import METHODS

    return list(METHODS.get(type(value), ()))
