"""Making classes: the order in which bases are searched (C3), and what may be a base."""

from __future__ import annotations

from app.interpreter.budget import BULK
from app.interpreter.errors import type_error
from app.interpreter.exceptions import OBJECT
from app.interpreter.machine import Machine
from app.interpreter.records import Class, Type
from app.interpreter.types import type_name


def make_class(machine: Machine, name: str, qualname: str, bases: list[object], namespace: dict[str, object]) -> Class:
    """A class with its method resolution order; TypeError when the bases do not allow one."""
    parents = tuple(_base(base) for base in bases) or (OBJECT,)
    if len(set(map(id, parents))) != len(parents):
        raise type_error(f"duplicate base class {parents[0].name}")
    inherited = sum(len(parent.mro) for parent in parents)
    machine.budget.step(inherited * inherited // BULK)
    cls = Class(name, parents, namespace, qualname=qualname)
    cls.mro = (cls, *_merge([*[list(parent.mro) for parent in parents], list(parents)]))
    return cls


def _base(base: object) -> Class:
    if type(base) is Class:
        return base
    if type(base) is Type:
        raise type_error(f"type '{base.name}' is not an acceptable base type")
    raise type_error(f"bases must be classes, not {type_name(base)}")


def _merge(orders: list[list[Class]]) -> list[Class]:
    """C3: the first head that stands in no other order's tail comes next (Barrett et al., 1996)."""
    merged: list[Class] = []
    orders = [order for order in orders if order]
    while orders:
        for order in orders:
            head = order[0]
            if not any(head in other[1:] for other in orders):
                break
        else:
            names = ", ".join(dict.fromkeys(order[0].name for order in orders))
            raise type_error(f"Cannot create a consistent method resolution\norder (MRO) for bases {names}")
        merged.append(head)
        orders = [rest for order in orders if (rest := order[1:] if order[0] is head else order)]
    return merged
