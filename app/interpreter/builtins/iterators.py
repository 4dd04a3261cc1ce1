"""`len`, `zip`, `enumerate`, `map`, `filter`, `sorted`, `reversed`, `any`, `all`, `iter`, `next`."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.tensor import Tensor
from app.interpreter.budget import CALL_STEPS
from app.interpreter.builtins.sorting import ordered
from app.interpreter.calls import special
from app.interpreter.compare import equal
from app.interpreter.errors import RaisedError, type_error, value_error
from app.interpreter.exceptions import EXCEPTIONS, raised
from app.interpreter.generators import resume, stopped
from app.interpreter.iteration import SIZED, length, truth, view_items
from app.interpreter.machine import Machine
from app.interpreter.operators import SETS
from app.interpreter.protocol import CONDUCT, call, collect, iterate, lazy
from app.interpreter.records import MISSING, Arguments, Generator, Instance, Keywords, Lazy, View
from app.interpreter.signatures import only, optional, positional
from app.interpreter.subscripts import get_item
from app.interpreter.types import type_name


def _len(machine: Machine, arguments: Arguments, keywords: Keywords) -> int:
    (value,) = positional("len", arguments, keywords, 1, 1)
    return length(machine, value)


def _zip(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    only("zip", keywords, "strict")
    strict = truth(machine, keywords.get("strict", False))
    sources = []
    for index, each in enumerate(arguments):
        sources.append(iterate(machine, each))
        machine.budget.step(1 + index)
    return lazy(machine, "zip", _zipped(machine, sources, strict), *arguments)


def _zipped(machine: Machine, sources: list[Iterator[object]], strict: bool) -> Iterator[tuple[object, ...]]:
    while sources:
        row = []
        for index, source in enumerate(sources):
            item = next(source, MISSING)
            if item is MISSING:
                _check_lengths(sources, index, strict)
                return
            row.append(item)
        machine.budget.step(len(row))
        yield tuple(row)


def _check_lengths(sources: list[Iterator[object]], ended: int, strict: bool) -> None:
    if not strict:
        return
    if ended:
        before = "argument 1" if ended == 1 else f"arguments 1-{ended}"
        raise value_error(f"zip() argument {ended + 1} is shorter than {before}")
    for index, source in enumerate(sources[1:], 2):
        if next(source, MISSING) is not MISSING:
            before = "argument 1" if index == 2 else f"arguments 1-{index - 1}"
            raise value_error(f"zip() argument {index} is longer than {before}")


def _enumerate(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    bound = optional("enumerate", arguments, keywords, ("iterable", "start"), 1)
    start = bound.get("start", 0)
    if type(start) is not int:
        raise type_error(f"'{type_name(start)}' object cannot be interpreted as an integer")
    return lazy(machine, "enumerate", enumerate(iterate(machine, bound["iterable"]), start), bound["iterable"])


def _map(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    if keywords:
        raise type_error("map() takes no keyword arguments")
    if len(arguments) < 2:
        raise type_error("map() must have at least two arguments.")
    function, *sources = arguments
    rows = _zipped(machine, [iterate(machine, source) for source in sources], strict=False)
    return lazy(machine, "map", _mapped(machine, function, rows), *sources)


def _mapped(machine: Machine, function: object, rows: Iterator[tuple[object, ...]]) -> Iterator[object]:
    for row in rows:
        yield call(machine, function, list(row))


def _filter(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    function, source = positional("filter", arguments, keywords, 2, 2)
    return lazy(machine, "filter", _filtered(machine, function, iterate(machine, source)), source)


def _filtered(machine: Machine, function: object, items: Iterator[object]) -> Iterator[object]:
    for item in items:
        machine.budget.step()
        if truth(machine, item if function is None else call(machine, function, [item])):
            yield item


def _sorted(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    (source,) = positional("sorted", arguments, {}, 1, 1)
    return ordered(machine, "sort", collect(machine, source), keywords)


def _reversed(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    (value,) = positional("reversed", arguments, keywords, 1, 1)
    if type(value) in SIZED and type(value) not in SETS:
        machine.budget.bulk(length(machine, value))
        return Lazy(f"{type_name(value)}_reverseiterator", reversed(value))  # type: ignore[call-overload]
    own = special(machine, value, "__reversed__")
    if own is not MISSING:
        return own
    if type(value) is View:
        entries = list(view_items(value))
        machine.budget.container(len(entries))
        return Lazy(f"dict_reverse{value.kind[:-1]}iterator", iter(entries[::-1]))
    if type(value) is not Tensor and type(value) not in CONDUCT and special(machine, value, "__len__") is MISSING:
        raise type_error(f"'{type_name(value)}' object is not reversible")
    places = range(length(machine, value) - 1, -1, -1)
    return Lazy("reversed", (get_item(machine, value, place) for place in places))


def _any(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    return _search(machine, positional("any", arguments, keywords, 1, 1)[0], True)


def _all(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    return not _search(machine, positional("all", arguments, keywords, 1, 1)[0], False)


def _search(machine: Machine, source: object, wanted: bool) -> bool:
    for item in iterate(machine, source):
        machine.budget.step()
        if truth(machine, item) is wanted:
            return True
    return False


def _iter(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    value, *sentinel = positional("iter", arguments, keywords, 1, 2)
    if sentinel:
        return lazy(machine, "callable_iterator", _until(machine, value, sentinel[0]))
    if type(value) is Lazy or type(value) is Generator:
        return value
    if type(value) is Instance:
        iterator = special(machine, value, "__iter__")
        if iterator is not MISSING:
            return iterator
    return lazy(machine, f"{type_name(value)}_iterator", iterate(machine, value), value)


def _until(machine: Machine, function: object, sentinel: object) -> Iterator[object]:
    while True:
        item = call(machine, function, [])
        if equal(machine, item, sentinel):
            return
        yield item


def _next(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    iterator, *default = positional("next", arguments, keywords, 1, 2)
    machine.budget.step(CALL_STEPS)
    if type(iterator) is Lazy:
        item = next(iterator.items, MISSING)
        if item is not MISSING:
            return item
        if default:
            return default[0]
        raise raised(machine, "StopIteration")
    if type(iterator) is Generator:
        item = resume(machine, iterator)
        if item is MISSING and not default:
            raise stopped(machine, iterator)
        return default[0] if item is MISSING else item
    return _next_of_instance(machine, iterator, default)


def _next_of_instance(machine: Machine, iterator: object, default: list[object]) -> object:
    try:
        result = special(machine, iterator, "__next__")
    except RaisedError as error:
        if default and error.value.cls.derives(EXCEPTIONS["StopIteration"]):
            return default[0]
        raise
    if result is MISSING:
        raise type_error(f"'{type_name(iterator)}' object is not an iterator")
    return result


ITERATORS = {
    "len": _len, "zip": _zip, "enumerate": _enumerate, "map": _map, "filter": _filter, "sorted": _sorted,
    "reversed": _reversed, "any": _any, "all": _all, "iter": _iter, "next": _next,
}  # fmt: skip
