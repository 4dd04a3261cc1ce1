"""Making classes: the order in which bases are searched (C3), and what may be a base."""

from __future__ import annotations

from app.interpreter.budget import BULK, CLASS_STEPS
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.exceptions import OBJECT
from app.interpreter.machine import Machine
from app.interpreter.natives.classes import TYPE_CLASS
from app.interpreter.natives.table import native_class
from app.interpreter.protocol import call
from app.interpreter.records import MISSING, Class, ClassMethod, Function, Instance, Keywords, Owner, StaticMethod, Type
from app.interpreter.types import TYPE, type_name

STATIC = {"__new__": StaticMethod, "__init_subclass__": ClassMethod, "__class_getitem__": ClassMethod}


def make_class(
    machine: Machine,
    name: str,
    qualname: str,
    bases: list[object],
    namespace: dict[str, object],
    keywords: Keywords | None = None,
    meta: Class | None = None,
    owner: Owner | None = None,
) -> Class:
    """A class with its method resolution order; TypeError when the bases do not allow one."""
    parents = tuple(_base(machine, base) for base in bases) or (OBJECT,)
    if len(set(map(id, parents))) != len(parents):
        raise type_error(f"duplicate base class {parents[0].name}")
    inherited = sum(len(parent.mro) for parent in parents)
    machine.budget.step(CLASS_STEPS + inherited * inherited // BULK)
    cls = Class(name, parents, namespace, qualname=qualname, module=machine.written_in)
    cls.mro = (cls, *_merge([*[list(parent.mro) for parent in parents], list(parents)]))
    cls.meta = meta or next((parent.meta for parent in cls.mro[1:] if parent.meta is not None), None)
    cls.layout = _layout(cls)
    if owner is not None:
        owner.cls = cls  # before anything of the class runs: `super()` in `__init_subclass__` needs it
    for each, wrapper in STATIC.items():
        if type(namespace.get(each)) is Function:
            namespace[each] = wrapper(namespace[each])
    _announce(machine, cls, bases, keywords or {})
    return cls


def _layout(cls: Class) -> Class | None:
    layouts = {base.layout.name: base.layout for base in cls.mro[1:] if base.layout is not None}
    if len(layouts) > 1:
        raise type_error("multiple bases have instance lay-out conflict")
    return next(iter(layouts.values()), None)


def _announce(machine: Machine, cls: Class, bases: list[object], keywords: Keywords) -> None:
    """Tell descriptors their names, base classes that they have been inherited from, and the metaclass."""
    for name, value in list(cls.namespace.items()):
        if type(value) is Instance and value.cls.find("__set_name__") is not MISSING:
            special(machine, value, "__set_name__", cls, name)
    hook = next(
        (base.namespace["__init_subclass__"] for base in cls.mro[1:] if "__init_subclass__" in base.namespace), None
    )
    if type(hook) is ClassMethod:
        call(machine, hook.function, [cls], keywords)
    elif keywords:
        raise type_error(f"{cls.name}.__init_subclass__() takes no keyword arguments")
    if cls.meta is not None and (start := cls.meta.find("__init__")) is not MISSING and type(start) is Function:
        call(machine, start, [cls, cls.name, tuple(bases), cls.namespace])


def _base(machine: Machine, base: object) -> Class:
    if base is TYPE and machine.is_library:
        return TYPE_CLASS
    if type(base) is Class:
        return base
    native = native_class(base)
    if native is not None:
        return native
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
