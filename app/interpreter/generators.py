"""Running generator functions: resuming a paused one, and `send`, `throw` and `close`."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.errors import TorchError
from app.interpreter.budget import CALL_STEPS, exceeded
from app.interpreter.calls import special
from app.interpreter.errors import RaisedError, no_attribute, type_error
from app.interpreter.exceptions import BASE, EXCEPTIONS, arguments_of, as_raised, is_exception, raised
from app.interpreter.machine import Machine
from app.interpreter.protocol import ITERATE, READ, call, iterate, read
from app.interpreter.records import (
    MISSING,
    Arguments,
    BuiltinMethod,
    Class,
    Generator,
    Instance,
    Keywords,
    Lazy,
)
from app.interpreter.signatures import positional
from app.interpreter.types import type_name

STOP = EXCEPTIONS["StopIteration"]
EXIT = EXCEPTIONS["GeneratorExit"]


def resume(machine: Machine, generator: Generator, sent: object = None, error: RaisedError | None = None) -> object:
    """The next value that it yields; `MISSING` at its end, with what it returned in `generator.result`."""
    _enter(machine, generator, sent)
    if generator.finished:
        if error is not None:
            raise error
        return MISSING
    handling, base = machine.handling, len(machine.handling)
    handling.extend(generator.handling)
    machine.trail.append(machine.run.here)
    generator.running = True
    try:
        return _advance(generator, sent, error)
    except TorchError as problem:
        generator.finished = True
        raise as_raised(machine, problem) from None
    except RaisedError as problem:
        generator.finished = True
        if problem.value.cls.derives(STOP):
            raise raised(machine, "RuntimeError", "generator raised StopIteration") from None
        raise
    finally:
        generator.running = False
        generator.handling = handling[base:]
        del handling[base:]
        machine.run.here = machine.trail.pop()


def _enter(machine: Machine, generator: Generator, sent: object) -> None:
    machine.budget.step(CALL_STEPS)
    if generator.running:
        raise TorchError("ValueError", "generator already executing")
    if sent is not None and not generator.started and not generator.finished:
        raise type_error("can't send non-None value to a just-started generator")
    if len(machine.trail) >= machine.budget.limits.calls:
        raise exceeded("calls", machine.budget.limits.calls)


def _advance(generator: Generator, sent: object, error: RaisedError | None) -> object:
    generator.started = True
    generator.result = None
    try:
        return generator.items.send(sent) if error is None else generator.items.throw(error)
    except StopIteration as stop:
        generator.finished = True
        generator.result = stop.value
        return MISSING


def stopped(machine: Machine, generator: Generator) -> RaisedError:
    """StopIteration with what the generator returned."""
    return raised(machine, "StopIteration", *(() if generator.result is None else (generator.result,)))


def _iterate(machine: Machine, generator: Generator) -> Iterator[object]:
    while True:
        item = resume(machine, generator)
        if item is MISSING:
            return
        yield item


def _next(machine: Machine, generator: Generator, arguments: Arguments, keywords: Keywords) -> object:
    positional("generator.__next__", arguments, keywords, 0, 0)
    return _sent(machine, generator, None)


def _send(machine: Machine, generator: Generator, arguments: Arguments, keywords: Keywords) -> object:
    return _sent(machine, generator, positional("generator.send", arguments, keywords, 1, 1)[0])


def _sent(machine: Machine, generator: Generator, value: object) -> object:
    item = resume(machine, generator, value)
    if item is MISSING:
        raise stopped(machine, generator)
    return item


def _throw(machine: Machine, generator: Generator, arguments: Arguments, keywords: Keywords) -> object:
    value = positional("throw", arguments, keywords, 1, 3)[0]
    if type(value) is Class and value.derives(BASE):
        value = call(machine, value, list(arguments[1:2]))
    if not is_exception(value):
        raise type_error("exceptions must be classes or instances deriving from BaseException, not str")
    assert type(value) is Instance
    item = resume(machine, generator, None, RaisedError(value, machine.run.here, tuple(machine.trail)))
    if item is MISSING:
        raise stopped(machine, generator)
    return item


def _close(machine: Machine, generator: Generator, arguments: Arguments, keywords: Keywords) -> None:
    positional("generator.close", arguments, keywords, 0, 0)
    close(machine, generator)


def close(machine: Machine, generator: Generator) -> None:
    """Raise GeneratorExit where it pauses, so that its `finally` runs."""
    if not generator.started or generator.finished:
        generator.finished = True
        return
    try:
        item = resume(machine, generator, None, raised(machine, "GeneratorExit"))
    except RaisedError as error:
        if error.value.cls.derives(EXIT):
            return
        raise
    if item is not MISSING:
        raise raised(machine, "RuntimeError", "generator ignored GeneratorExit")


METHODS = {"send": _send, "throw": _throw, "close": _close, "__next__": _next}


def _read(machine: Machine, generator: Generator, name: str) -> object:
    if name in METHODS:
        return BuiltinMethod(name, generator, METHODS[name])
    if name == "__iter__":
        return BuiltinMethod(name, generator, lambda machine, own, arguments, keywords: own)
    if name in ("__name__", "__qualname__"):
        return generator.name if name == "__name__" else generator.qualname
    raise no_attribute("generator", name)


def delegated(machine: Machine, source: object) -> Source:
    """What `yield from source` draws from."""
    iterator = source
    if type(source) is Instance:
        made = special(machine, source, "__iter__")
        if made is not MISSING:
            iterator = made
    return Source(machine, iterator)


class Source:
    """An iterator behind `yield from`: values, sent values and errors go through to it."""

    def __init__(self, machine: Machine, iterator: object) -> None:
        self.machine = machine
        self.iterator = iterator
        self.result: object = None
        direct = type(iterator) is Generator or (type(iterator) is Instance and _is_iterator(iterator))
        self.items = None if direct else iterate(machine, iterator)

    def next(self, sent: object) -> object:
        """The next value, or `MISSING` at the end, with the result kept."""
        if self.items is not None:
            if sent is not None:
                raise no_attribute(_shown(self.iterator), "send")
            return next(self.items, MISSING)
        if type(self.iterator) is Generator:
            item = resume(self.machine, self.iterator, sent)
            self.result = self.iterator.result
            return item
        return self._stepped(sent)

    def _stepped(self, sent: object) -> object:
        name, given = ("__next__", []) if sent is None else ("send", [sent])
        try:
            return call(self.machine, read(self.machine, self.iterator, name), given)
        except RaisedError as error:
            if not error.value.cls.derives(STOP):
                raise
            args = arguments_of(error.value)
            self.result = args[0] if args else None
            return MISSING

    def throw(self, error: RaisedError) -> object:
        """Raise `error` where the iterator pauses, if it can take one."""
        if type(self.iterator) is not Generator:
            raise error
        if error.value.cls.derives(EXIT):
            close(self.machine, self.iterator)
            raise error
        item = resume(self.machine, self.iterator, None, error)
        self.result = self.iterator.result
        return item


def _is_iterator(value: Instance) -> bool:
    return value.cls.find("__next__") is not MISSING


def _shown(value: object) -> str:
    return "generator" if type(value) is Lazy else f"{type_name(value)}_iterator"


ITERATE[Generator] = _iterate
READ[Generator] = _read
