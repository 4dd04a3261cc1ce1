"""np.random: numpy's own generators, one legacy stream for each run and as many others as a program makes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.ndarray import NDArray
from app.interpreter.errors import no_attribute, type_error
from app.interpreter.library.numpy import costs
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.methods import change
from app.interpreter.library.numpy.running import afford, guarded, run
from app.interpreter.machine import Machine
from app.interpreter.protocol import READ
from app.interpreter.records import Arguments, Builtin, BuiltinMethod, Keywords, Type
from app.interpreter.signatures import optional
from app.interpreter.types import EXACT

KEPT = "numpy.random"
DRAW = 400  # multiply-adds per number drawn


@dataclass(eq=False, slots=True)
class Stream:
    """np.random.RandomState or np.random.Generator: `host` is numpy's, `words` what may be called on it."""

    host: Any
    methods: dict[str, Callable[..., Any]]
    shown: str


# fmt: off
OLD: dict[str, Callable[..., Any]] = {
    "uniform": np.random.RandomState.uniform, "normal": np.random.RandomState.normal,
    "standard_normal": np.random.RandomState.standard_normal, "exponential": np.random.RandomState.exponential,
    "standard_exponential": np.random.RandomState.standard_exponential, "poisson": np.random.RandomState.poisson,
    "binomial": np.random.RandomState.binomial, "beta": np.random.RandomState.beta,
    "gamma": np.random.RandomState.gamma, "laplace": np.random.RandomState.laplace,
    "logistic": np.random.RandomState.logistic, "lognormal": np.random.RandomState.lognormal,
    "geometric": np.random.RandomState.geometric, "chisquare": np.random.RandomState.chisquare,
    "dirichlet": np.random.RandomState.dirichlet, "multinomial": np.random.RandomState.multinomial,
    "multivariate_normal": np.random.RandomState.multivariate_normal, "triangular": np.random.RandomState.triangular,
    "weibull": np.random.RandomState.weibull, "gumbel": np.random.RandomState.gumbel,
    "pareto": np.random.RandomState.pareto, "power": np.random.RandomState.power,
    "rayleigh": np.random.RandomState.rayleigh, "standard_t": np.random.RandomState.standard_t,
    "standard_cauchy": np.random.RandomState.standard_cauchy, "vonmises": np.random.RandomState.vonmises,
    "negative_binomial": np.random.RandomState.negative_binomial,
    "hypergeometric": np.random.RandomState.hypergeometric, "choice": np.random.RandomState.choice,
    "permutation": np.random.RandomState.permutation, "rand": np.random.RandomState.rand,
    "randn": np.random.RandomState.randn, "randint": np.random.RandomState.randint,
    "random": np.random.RandomState.random, "random_sample": np.random.RandomState.random_sample,
}
NEW: dict[str, Callable[..., Any]] = {
    "uniform": np.random.Generator.uniform, "normal": np.random.Generator.normal,
    "standard_normal": np.random.Generator.standard_normal, "exponential": np.random.Generator.exponential,
    "standard_exponential": np.random.Generator.standard_exponential, "poisson": np.random.Generator.poisson,
    "binomial": np.random.Generator.binomial, "beta": np.random.Generator.beta, "gamma": np.random.Generator.gamma,
    "laplace": np.random.Generator.laplace, "logistic": np.random.Generator.logistic,
    "lognormal": np.random.Generator.lognormal, "geometric": np.random.Generator.geometric,
    "chisquare": np.random.Generator.chisquare, "dirichlet": np.random.Generator.dirichlet,
    "multinomial": np.random.Generator.multinomial, "multivariate_normal": np.random.Generator.multivariate_normal,
    "triangular": np.random.Generator.triangular, "weibull": np.random.Generator.weibull,
    "gumbel": np.random.Generator.gumbel, "pareto": np.random.Generator.pareto, "power": np.random.Generator.power,
    "rayleigh": np.random.Generator.rayleigh, "standard_t": np.random.Generator.standard_t,
    "standard_cauchy": np.random.Generator.standard_cauchy, "vonmises": np.random.Generator.vonmises,
    "negative_binomial": np.random.Generator.negative_binomial, "hypergeometric": np.random.Generator.hypergeometric,
    "choice": np.random.Generator.choice, "permutation": np.random.Generator.permutation,
    "random": np.random.Generator.random, "integers": np.random.Generator.integers,
    "permuted": np.random.Generator.permuted,
}
# fmt: on


def legacy(machine: Machine) -> Stream:
    """The run's own stream; a program that never seeds it gets the same numbers every time."""
    kept = machine.run.kept
    if KEPT not in kept:
        seed = machine.run.generator.initial_seed & 0xFFFFFFFF
        kept[KEPT] = Stream(np.random.RandomState(seed), OLD, "RandomState")
    return kept[KEPT]  # type: ignore[return-value]


def _volume(name: str, given: list[Any], named: dict[str, Any]) -> tuple[int, int]:
    """How many numbers a draw makes: the sizes in its arguments bound it."""
    if name in ("rand", "randn"):
        made = math.prod(int(n) for n in given)
    else:
        size = named.get("size")
        sizes = [size] if size is not None else [value for value in given if isinstance(value, (tuple, list, int))]
        made = max([1, *(costs._volume(value) for value in sizes if _is_shape(value))])
        made = max([made, *(np.size(value) for value in given)])
    return made, DRAW * made


def _is_shape(value: Any) -> bool:
    whole = value if isinstance(value, (tuple, list)) else (value,)
    return all(isinstance(n, (int, np.integer)) for n in whole)


def _drawn(name: str, stream: Callable[[Machine], Stream]) -> Callable[[Machine, Arguments, Keywords], object]:
    def call(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        source = stream(machine)
        function = source.methods[name]

        def draw(*given: Any, **named: Any) -> Any:
            return function(source.host, *given, **named)

        return run(machine, draw, lambda given, named: _volume(name, given, named), arguments, keywords)

    return call


def _shuffled(machine: Machine, source: Stream, arguments: Arguments, keywords: Keywords) -> None:
    """In place: an array's rows or a list's entries."""
    target: Any = optional("shuffle", arguments, keywords, ("x", "axis"), 1)["x"]
    if type(target) is NDArray:
        afford(machine, 0, DRAW * (target.shape[0] if target.shape else 1))
        change(machine, target, lambda window, _: source.host.shuffle(window), None)
    elif type(target) is list:
        afford(machine, 0, DRAW * len(target))
        order = list(range(len(target)))
        source.host.shuffle(order)
        target[:] = [target[place] for place in order]
    else:
        raise type_error("not supported yet: shuffle() of anything but an array or a list")


def _seed(machine: Machine, source: Stream, arguments: Arguments, keywords: Keywords) -> None:
    seed = optional("seed", arguments, keywords, ("seed",)).get("seed")
    if seed is not None:
        guarded(source.host.seed, Exchange(machine).host(seed))


def _read_stream(machine: Machine, stream: Stream, name: str) -> object:
    if name in stream.methods:
        draw = _drawn(name, lambda _: stream)
        return BuiltinMethod(name, stream, lambda machine, value, given, named: draw(machine, given, named))
    if name == "shuffle":
        return BuiltinMethod(name, stream, _shuffled)
    if name == "seed" and stream.methods is OLD:
        return BuiltinMethod(name, stream, _seed)
    raise no_attribute(f"numpy.random.{stream.shown}", name)


def _stream(make: Callable[[Any], Any], methods: dict[str, Callable[..., Any]], shown: str, word: str) -> Builtin:
    def call(machine: Machine, arguments: Arguments, keywords: Keywords) -> Stream:
        seed = optional(word, arguments, keywords, ("seed",)).get("seed")
        afford(machine, 0, 1000)
        return Stream(guarded(make, Exchange(machine).host(0 if seed is None else seed)), methods, shown)

    return Builtin(word, call)


def _get_state(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """A copy of the stream as it is now; programs only hand it back."""
    kept = legacy(machine)
    return Stream(kept.host.get_state(), {}, "state")


def _set_state(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    state = optional("set_state", arguments, keywords, ("state",), 1)["state"]
    if type(state) is not Stream or state.shown != "state":
        raise type_error("set_state() takes what get_state() gave")
    legacy(machine).host.set_state(state.host)


RANDOM: dict[str, object] = {
    "get_state": Builtin("get_state", _get_state),
    "set_state": Builtin("set_state", _set_state),
    **{name: Builtin(name, _drawn(name, legacy)) for name in OLD},
    "seed": Builtin("seed", lambda machine, given, named: _seed(machine, legacy(machine), given, named)),
    "shuffle": Builtin("shuffle", lambda machine, given, named: _shuffled(machine, legacy(machine), given, named)),
    "RandomState": _stream(np.random.RandomState, OLD, "RandomState", "RandomState"),
    "default_rng": _stream(np.random.default_rng, NEW, "Generator", "default_rng"),
}
READ[Stream] = _read_stream
EXACT[Stream] = Type("Generator", "<class 'numpy.random._generator.Generator'>", frozenset({Stream}))
