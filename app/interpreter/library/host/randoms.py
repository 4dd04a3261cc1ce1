"""Python's own random numbers: the host's Mersenne Twister, one object of it per `random.Random` of the program."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

from app.interpreter.errors import type_error, value_error
from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.primitive import host, plain
from app.interpreter.records import Arguments, Handle, Keywords
from app.interpreter.types import NUMBERS, type_name

DISTRIBUTIONS: dict[str, Callable[..., object]] = {
    "random": random.Random.random, "uniform": random.Random.uniform, "gauss": random.Random.gauss,
    "normalvariate": random.Random.normalvariate, "triangular": random.Random.triangular,
    "expovariate": random.Random.expovariate, "lognormvariate": random.Random.lognormvariate,
    "betavariate": random.Random.betavariate, "gammavariate": random.Random.gammavariate,
    "paretovariate": random.Random.paretovariate, "weibullvariate": random.Random.weibullvariate,
}  # fmt: skip


def _state(value: object) -> random.Random:
    """The generator that a program's object keeps, unless the program put something else in its place."""
    if type(value) is not Handle or type(value.thing) is not random.Random:
        raise type_error(f"the state of a random.Random should be its own, but is {type_name(value)}")
    return value.thing


@primitive("random_make")
def _make(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """A generator; without a seed it starts from the run's own seed, so that a program always prints the same."""
    found = Handle("random", random.Random(machine.main.run.generator.initial_seed))
    if arguments[0] is not None:
        _seed(machine, [found, *arguments], {})
    return found


@primitive("random_seed")
def _seed(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    state, seed = _state(arguments[0]), arguments[1]
    if seed is None:
        seed = machine.main.run.generator.initial_seed
    if type(seed) not in NUMBERS and type(seed) is not str:
        raise type_error("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
    state.seed(seed)  # type: ignore[arg-type]


@primitive("random_draw")
def _draw(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """One number of the distribution of that name."""
    state, name, *given = arguments
    if not plain(*given):
        raise type_error(f"{name}() takes numbers")
    if not all(math.isfinite(each) for each in given if type(each) is float):
        raise value_error(f"{name}() takes finite numbers here")  # the host's rejection loops would never end
    return host_call(DISTRIBUTIONS[str(name)], _state(state), given)


def host_call(function: Callable[..., object], state: random.Random, given: list[Any]) -> object:
    """`function(state, *given)` on plain numbers, with Python's own complaints."""
    return host(lambda *values: function(state, *values), *given)


@primitive("random_below")
def _below(machine: Machine, arguments: Arguments, keywords: Keywords) -> int:
    """An index below n, as `choice` draws it."""
    state, n = arguments
    assert type(n) is int
    return _state(state).randrange(n)


@primitive("random_range")
def _range(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`randrange`."""
    state, *given = arguments
    for each in given:
        if type(each) is not int and type(each) is not bool:
            raise type_error(f"'{type_name(each)}' object cannot be interpreted as an integer")
    return host_call(random.Random.randrange, _state(state), given)


@primitive("random_bits")
def _bits(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    state, count = arguments
    if type(count) is not int:
        raise type_error(f"'{type_name(count)}' object cannot be interpreted as an integer")
    machine.budget.bits(count if count > 0 else 0)
    return host_call(random.Random.getrandbits, _state(state), [count])


@primitive("random_order")
def _order(machine: Machine, arguments: Arguments, keywords: Keywords) -> list[int]:
    """The places of n entries after `shuffle`."""
    state, n = arguments
    assert type(n) is int
    machine.budget.container(n)
    places = list(range(n))
    _state(state).shuffle(places)
    return places


@primitive("random_sample")
def _sample(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """The places of `sample`."""
    state, n, k = arguments
    if type(k) is not int:
        raise type_error(f"'{type_name(k)}' object cannot be interpreted as an integer")
    assert type(n) is int
    machine.budget.container(n)
    return host(lambda size, count: _state(state).sample(range(size), count), n, k)


@primitive("random_choices")
def _choices(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """The places of `choices`."""
    state, n, weights, cumulative, k = arguments
    if type(k) is not int:
        raise type_error(f"'{type_name(k)}' object cannot be interpreted as an integer")
    machine.budget.container(max(k, 0))

    def draw(size: int, one: Any, other: Any, count: int) -> list[int]:
        return _state(state).choices(range(size), one, cum_weights=other, k=count)

    for each in (weights, cumulative):
        if type(each) is list and not all(type(entry) in NUMBERS for entry in each):
            raise type_error("the weights are numbers")
    return host(draw, n, weights, cumulative, k)
