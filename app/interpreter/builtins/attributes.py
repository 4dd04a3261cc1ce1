"""`getattr`, `setattr`, `hasattr`, `delattr`, `vars`, `dir`, `hash`: attributes by name, through our own tables.

A name as text reaches exactly what the same name written as code would.
"""

from __future__ import annotations

from app.engine.errors import TorchError
from app.interpreter.attributes.binding import is_attribute_error
from app.interpreter.budget import MISS_STEPS
from app.interpreter.calls import special
from app.interpreter.check.names import refuse_name
from app.interpreter.errors import RaisedError, type_error
from app.interpreter.hashing import hash_of
from app.interpreter.inquiry import names_of
from app.interpreter.machine import Machine
from app.interpreter.protocol import collect, delete, read, write
from app.interpreter.records import MISSING, Arguments, Class, Instance, Keywords
from app.interpreter.signatures import positional
from app.interpreter.types import type_name


def _name(value: object) -> str:
    if type(value) is Instance and type(value.held) is str:
        value = value.held
    if type(value) is not str:
        raise type_error(f"attribute name must be string, not '{type_name(value)}'")
    refuse_name(value)
    return value


def _getattr(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    owner, name, *default = positional("getattr", arguments, keywords, 2, 3)
    text = _name(name)
    if not default:
        return read(machine, owner, text)
    found = found_attribute(machine, owner, text)
    return default[0] if found is MISSING else found


def found_attribute(machine: Machine, owner: object, name: str) -> object:
    """`owner.name`, or `MISSING` when there is none."""
    try:
        return read(machine, owner, name)
    except (TorchError, RaisedError) as error:
        if not is_attribute_error(error):
            raise
        machine.budget.step(MISS_STEPS)
        return MISSING


def _hasattr(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    owner, name = positional("hasattr", arguments, keywords, 2, 2)
    return found_attribute(machine, owner, _name(name)) is not MISSING


def _setattr(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    owner, name, new = positional("setattr", arguments, keywords, 3, 3)
    write(machine, owner, _name(name), new)


def _delattr(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    owner, name = positional("delattr", arguments, keywords, 2, 2)
    delete(machine, owner, _name(name))


def _vars(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    (owner,) = positional("vars", arguments, keywords, 0, 1) or (MISSING,)
    if owner is MISSING:
        return {name: value for name, value in machine.globals.items() if not name.startswith("__")}
    if type(owner) not in (Instance, Class):
        raise type_error("vars() argument must have __dict__ attribute")
    return read(machine, owner, "__dict__")


def _dir(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    (owner,) = positional("dir", arguments, keywords, 0, 1) or (MISSING,)
    if owner is MISSING:
        return sorted(machine.globals)
    own = special(machine, owner, "__dir__")
    return names_of(machine, owner) if own is MISSING else sorted(str(each) for each in collect(machine, own))


def _hash(machine: Machine, arguments: Arguments, keywords: Keywords) -> int:
    return hash_of(machine, positional("hash", arguments, keywords, 1, 1)[0])


ATTRIBUTES = {
    "getattr": _getattr, "hasattr": _hasattr, "setattr": _setattr, "delattr": _delattr, "vars": _vars, "dir": _dir,
    "hash": _hash,
}  # fmt: skip
