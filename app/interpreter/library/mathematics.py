"""The module `math`, on plain numbers."""

from __future__ import annotations

import math
from collections.abc import Callable

from app.engine.ops import python
from app.engine.tensor import Tensor
from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.operators import binary
from app.interpreter.primitive import host
from app.interpreter.protocol import CONDUCT, collect
from app.interpreter.records import Arguments, Builtin, Keywords, Namespace
from app.interpreter.signatures import only, positional
from app.interpreter.types import INTEGERS, NUMBERS, type_name

REAL: dict[str, tuple[int, int, Callable[..., object]]] = {
    "sqrt": (1, 1, math.sqrt), "exp": (1, 1, math.exp), "expm1": (1, 1, math.expm1),
    "log": (1, 2, math.log), "log2": (1, 1, math.log2), "log10": (1, 1, math.log10), "log1p": (1, 1, math.log1p),
    "sin": (1, 1, math.sin), "cos": (1, 1, math.cos), "tan": (1, 1, math.tan),
    "asin": (1, 1, math.asin), "acos": (1, 1, math.acos), "atan": (1, 1, math.atan), "atan2": (2, 2, math.atan2),
    "sinh": (1, 1, math.sinh), "cosh": (1, 1, math.cosh), "tanh": (1, 1, math.tanh),
    "floor": (1, 1, math.floor), "ceil": (1, 1, math.ceil), "trunc": (1, 1, math.trunc), "fabs": (1, 1, math.fabs),
    "isnan": (1, 1, math.isnan), "isinf": (1, 1, math.isinf), "isfinite": (1, 1, math.isfinite),
    "pow": (2, 2, math.pow), "hypot": (0, 8, math.hypot), "copysign": (2, 2, math.copysign), "fmod": (2, 2, math.fmod),
    "degrees": (1, 1, math.degrees), "radians": (1, 1, math.radians),
    "asinh": (1, 1, math.asinh), "acosh": (1, 1, math.acosh), "atanh": (1, 1, math.atanh),
    "cbrt": (1, 1, math.cbrt), "exp2": (1, 1, math.exp2), "erfc": (1, 1, math.erfc), "modf": (1, 1, math.modf),
    "frexp": (1, 1, math.frexp), "remainder": (2, 2, math.remainder), "nextafter": (2, 2, math.nextafter),
    "ulp": (1, 1, math.ulp),
    "erf": (1, 1, math.erf), "gamma": (1, 1, math.gamma), "lgamma": (1, 1, math.lgamma),
}  # fmt: skip
"""Least and most arguments, and the function."""
WHOLE: dict[str, tuple[int, int, Callable[..., int]]] = {
    "gcd": (0, 8, math.gcd), "lcm": (0, 4, math.lcm), "comb": (2, 2, math.comb), "perm": (1, 2, math.perm),
    "isqrt": (1, 1, math.isqrt),
}  # fmt: skip
"""The same for functions of integers."""
LARGEST_WHOLE = 400
"""Above it `comb` and `perm` may have more bits than an integer may."""
LARGEST_FACTORIAL = 97  # 97! has 505 bits


def _real(name: str, least: int, most: int, function: Callable[..., object]) -> Builtin:
    def run(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        values = [_number(value) for value in positional(name, arguments, keywords, least, most)]
        return host(function, *values)

    return Builtin(name, run)


def _number(value: object) -> object:
    if type(value) is Tensor:
        return python.to_float(value)
    if type(value) in CONDUCT:
        return CONDUCT[type(value)].number(value, "float")
    if type(value) not in NUMBERS:
        raise type_error(f"must be real number, not {type_name(value)}")
    return value


def _whole(name: str, least: int, most: int, function: Callable[..., int]) -> Builtin:
    def run(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        values = positional(name, arguments, keywords, least, most)
        for value in values:
            if type(value) not in INTEGERS:
                raise type_error(f"'{type_name(value)}' object cannot be interpreted as an integer")
            if name in ("comb", "perm") and value > LARGEST_WHOLE:  # type: ignore[operator]
                machine.budget.bits(machine.budget.limits.int_bits + 1)
        result = host(function, *values)
        machine.budget.bits(result.bit_length())
        return result

    return Builtin(name, run)


def _sum_exactly(machine: Machine, arguments: Arguments, keywords: Keywords) -> float:
    (source,) = positional("fsum", arguments, keywords, 1, 1)
    return host(lambda values: math.fsum(values), [_number(value) for value in collect(machine, source)])


def _dist(machine: Machine, arguments: Arguments, keywords: Keywords) -> float:
    p, q = ([_number(value) for value in collect(machine, each)] for each in positional("dist", arguments, {}, 2, 2))
    return host(lambda one, other: math.dist(one, other), p, q)


def _ldexp(machine: Machine, arguments: Arguments, keywords: Keywords) -> float:
    value, exponent = positional("ldexp", arguments, keywords, 2, 2)
    if type(exponent) is not int:
        raise type_error("Expected an int as second argument to ldexp.")
    return host(math.ldexp, _number(value), exponent)


def _factorial(machine: Machine, arguments: Arguments, keywords: Keywords) -> int:
    (value,) = positional("factorial", arguments, keywords, 1, 1)
    if type(value) is not int:
        raise type_error(f"'{type_name(value)}' object cannot be interpreted as an integer")
    if value > LARGEST_FACTORIAL:
        machine.budget.bits(machine.budget.limits.int_bits + 1)
    return host(math.factorial, value)


def _prod(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    only("prod", keywords, "start")
    (source,) = positional("prod", arguments, {}, 1, 1)
    result = keywords.get("start", 1)
    for item in collect(machine, source):
        machine.budget.step()
        result = binary(machine, "*", result, item)
    return result


def _isclose(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    only("isclose", keywords, "rel_tol", "abs_tol")
    a, b = (_number(value) for value in positional("isclose", arguments, {}, 2, 2))
    tolerances = {name: _number(value) for name, value in keywords.items()}
    return host(math.isclose, a, b, **tolerances)


MATH_MODULE = Namespace(
    "math",
    {
        **{name: _real(name, *row) for name, row in REAL.items()},
        "factorial": Builtin("factorial", _factorial), "prod": Builtin("prod", _prod),
        "isclose": Builtin("isclose", _isclose),
        **{name: _whole(name, *row) for name, row in WHOLE.items()},
        "fsum": Builtin("fsum", _sum_exactly), "dist": Builtin("dist", _dist), "ldexp": Builtin("ldexp", _ldexp),
        "pi": math.pi, "e": math.e, "tau": math.tau, "inf": math.inf, "nan": math.nan,
    },
)  # fmt: skip
