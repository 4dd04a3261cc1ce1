"""The built-in types as functions: `int("3")`, `list(x)`, `type(x)`."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.tensor import Size, Tensor
from app.interpreter import types
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.hashing import key
from app.interpreter.indices import integer
from app.interpreter.iteration import truth
from app.interpreter.machine import Machine
from app.interpreter.natives.held import bare
from app.interpreter.primitive import host, plain
from app.interpreter.protocol import CONDUCT, call, collect, is_iterable, iterate, read
from app.interpreter.records import MISSING, Arguments, Instance, Keywords
from app.interpreter.signatures import optional, positional
from app.interpreter.subscripts import get_item
from app.interpreter.text import to_text
from app.interpreter.types import INTEGERS, NUMBERS, type_name

LARGEST = 1 << 62


def _int(machine: Machine, arguments: Arguments, keywords: Keywords) -> int:
    bound = optional("int", arguments, keywords, ("x", "base"))
    value: Any = bound.get("x", 0)
    if "base" in bound:
        if type(value) is not str:
            raise type_error("int() can't convert non-string with explicit base")
        if type(bound["base"]) is not int:
            raise type_error(f"'{type_name(bound['base'])}' object cannot be interpreted as an integer")
        machine.budget.bits(len(value))
        return host(int, value, bound["base"])
    if type(value) is Tensor:
        return python.to_int(value)
    if type(value) in CONDUCT:
        return CONDUCT[type(value)].number(value, "int")  # type: ignore[no-any-return]
    if type(value) is str:
        machine.budget.bits(3 * len(value.strip()))
    elif type(value) not in NUMBERS:
        return int(_converted(machine, "int", "__int__", value))
    number: int = host(int, value)
    machine.budget.bits(number.bit_length())
    return number


def _converted(machine: Machine, name: str, dunder: str, value: object) -> Any:
    result = special(machine, value, dunder)
    if result is MISSING:
        article = "a string, a bytes-like object or a real number" if name == "int" else "a string or a real number"
        raise type_error(f"{name}() argument must be {article}, not '{type_name(value)}'")
    if type(result) is not (int if name == "int" else float):
        raise type_error(f"{dunder} returned non-{name} (type {type_name(result)})")
    return result


def _float(machine: Machine, arguments: Arguments, keywords: Keywords) -> float:
    value: Any
    (value,) = positional("float", arguments, keywords, 0, 1) or (0.0,)
    if type(value) is Tensor:
        return python.to_float(value)
    if type(value) in CONDUCT:
        return CONDUCT[type(value)].number(value, "float")  # type: ignore[no-any-return]
    if type(value) is not str and type(value) not in NUMBERS:
        return float(_converted(machine, "float", "__float__", value))
    return host(float, value)


def _str(machine: Machine, arguments: Arguments, keywords: Keywords) -> str:
    (value,) = positional("str", arguments, keywords, 0, 1) or ("",)
    return to_text(machine, value)


def _bool(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    (value,) = positional("bool", arguments, keywords, 0, 1) or (False,)
    return truth(machine, value)


def _list(machine: Machine, arguments: Arguments, keywords: Keywords) -> list[object]:
    (value,) = positional("list", arguments, keywords, 0, 1) or ((),)
    return collect(machine, value)


def _tuple(machine: Machine, arguments: Arguments, keywords: Keywords) -> tuple[object, ...]:
    (value,) = positional("tuple", arguments, keywords, 0, 1) or ((),)
    return value if type(value) is tuple else tuple(collect(machine, value))


def _set(machine: Machine, arguments: Arguments, keywords: Keywords) -> set[object]:
    (value,) = positional("set", arguments, keywords, 0, 1) or ((),)
    return {key(machine, item) for item in collect(machine, value)}


def _frozenset(machine: Machine, arguments: Arguments, keywords: Keywords) -> frozenset[object]:
    (value,) = positional("frozenset", arguments, keywords, 0, 1) or ((),)
    return frozenset(key(machine, item) for item in collect(machine, value))


def _dict(machine: Machine, arguments: Arguments, keywords: Keywords) -> dict[object, object]:
    (value,) = positional("dict", arguments, {}, 0, 1) or ((),)
    out = pairs(machine, value)
    machine.budget.container(len(out) + len(keywords))
    out.update(keywords)
    return out


def as_mapping(machine: Machine, value: object) -> dict[object, object] | None:
    """The entries of a dict, of what holds one, or of what has `keys` and items; None when it is no mapping."""
    held = bare(value)
    if type(held) is dict:
        return held
    if type(value) is not Instance or value.cls.find("keys") is MISSING:
        return None
    return {
        key(machine, name): get_item(machine, value, name)
        for name in collect(machine, call(machine, read(machine, value, "keys"), []))
    }


def pairs(machine: Machine, value: object) -> dict[object, object]:
    """A new dict from a mapping or an iterable of pairs."""
    mapping = as_mapping(machine, value)
    if mapping is not None:
        machine.budget.container(len(mapping))
        return dict(mapping)
    out: dict[object, object] = {}
    for index, item in enumerate(iterate(machine, value)):
        if not is_iterable(item):
            raise type_error(f"cannot convert dictionary update sequence element #{index} to a sequence")
        entry = collect(machine, item)
        if len(entry) != 2:
            raise TorchError(
                "ValueError",
                f"dictionary update sequence element #{index} has length {len(entry)}; 2 is required",
            )
        out[key(machine, entry[0])] = entry[1]
    return out


def _range(machine: Machine, arguments: Arguments, keywords: Keywords) -> range:
    bounds = positional("range", arguments, keywords, 1, 3)
    numbers: list[Any] = [integer(machine, bound) for bound in bounds]
    for number in numbers:
        if type(number) not in INTEGERS:
            raise type_error(f"'{type_name(number)}' object cannot be interpreted as an integer")
        if abs(number) >= LARGEST:
            raise TorchError("OverflowError", "Python int too large to convert to C ssize_t")
    return host(range, *numbers)


def _slice(machine: Machine, arguments: Arguments, keywords: Keywords) -> slice:
    return slice(*positional("slice", arguments, keywords, 1, 3))


def _size(machine: Machine, arguments: Arguments, keywords: Keywords) -> Size:
    (value,) = positional("Size", arguments, keywords, 0, 1) or ((),)
    items = collect(machine, value)
    if not plain(*items) or not all(type(item) in INTEGERS for item in items):
        raise type_error("torch.Size() takes an iterable of 'int'")
    return Size(items)  # type: ignore[arg-type]


types.INT.make, types.FLOAT.make, types.STR.make, types.BOOL.make = _int, _float, _str, _bool
types.LIST.make, types.TUPLE.make, types.SET.make, types.DICT.make = _list, _tuple, _set, _dict
types.FROZEN_SET.make = _frozenset
types.RANGE.make, types.SLICE.make, types.SIZE.make = _range, _slice, _size

TYPES = {
    kind.name: kind
    for kind in (
        types.INT, types.FLOAT, types.STR, types.BOOL, types.LIST, types.TUPLE, types.SET, types.DICT,
        types.RANGE,
        types.SLICE, types.TYPE, types.SUPER, types.FROZEN_SET, types.PROPERTY, types.STATIC_METHOD, types.CLASS_METHOD,
    )
}  # fmt: skip
