"""Binding values: to attributes, items, and by unpacking."""

from __future__ import annotations

import ast

from app.engine.errors import TorchError
from app.engine.tensor import Tensor
from app.interpreter.compile.context import TARGETS, Context, Store
from app.interpreter.errors import type_error
from app.interpreter.machine import NAMED, Frame, Machine
from app.interpreter.protocol import is_iterable, iterate, write
from app.interpreter.source import Place
from app.interpreter.subscripts import set_item
from app.interpreter.types import type_name


def dotted(node: ast.expr) -> str | None:
    """ "self.w" for a chain of attributes that starts at a name, else None."""
    names = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else None


def name_attribute(machine: Machine, owner: object, name: str | None, value: object) -> None:
    """Tell the tape that a tensor or module has become an attribute of an object."""
    if name is not None and type(value) in NAMED and type(owner) is not Tensor:
        machine.named(value, name)


def _attribute(context: Context, node: ast.Attribute) -> Store:
    owner = context.expression(node.value)
    name, shown = node.attr, dotted(node)
    place = context.place(node)

    def store(frame: Frame, value: object) -> None:
        held = owner(frame)
        machine = frame.machine
        machine.run.here = place
        machine.budget.step()
        write(machine, held, name, value)
        name_attribute(machine, held, shown, value)

    return store


def _subscript(context: Context, node: ast.Subscript) -> Store:
    container = context.expression(node.value)
    index = context.expression(node.slice)
    place = context.place(node)

    def store(frame: Frame, value: object) -> None:
        held, at = container(frame), index(frame)
        machine = frame.machine
        machine.run.here = place
        machine.budget.step()
        set_item(machine, held, at, value)

    return store


def _unpack(context: Context, node: ast.Tuple | ast.List) -> Store:
    stores = [context.target(entry.value if isinstance(entry, ast.Starred) else entry) for entry in node.elts]
    star = next((index for index, entry in enumerate(node.elts) if isinstance(entry, ast.Starred)), None)
    place = context.place(node)

    def store(frame: Frame, value: object) -> None:
        machine = frame.machine
        values = _values(machine, value, len(stores), star, place)
        for bind, part in zip(stores, values, strict=True):
            bind(frame, part)

    return store


def _values(machine: Machine, value: object, count: int, star: int | None, place: Place) -> list[object]:
    machine.run.here = place
    if not is_iterable(value):
        raise type_error(f"cannot unpack non-iterable {type_name(value)} object")
    items: list[object] = []
    for item in iterate(machine, value):
        machine.budget.step()
        if star is None and len(items) == count:
            raise TorchError("ValueError", f"too many values to unpack (expected {count})")
        items.append(item)
    needed = count if star is None else count - 1
    if len(items) < needed:
        least = "" if star is None else "at least "
        raise TorchError("ValueError", f"not enough values to unpack (expected {least}{needed}, got {len(items)})")
    if star is None:
        return items
    machine.budget.container(len(items))
    after = len(items) - (count - 1 - star)
    return [*items[:star], items[star:after], *items[after:]]


TARGETS.update({ast.Attribute: _attribute, ast.Subscript: _subscript, ast.Tuple: _unpack, ast.List: _unpack})
