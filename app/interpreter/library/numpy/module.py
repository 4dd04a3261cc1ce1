"""The module `numpy`: "numpy in the small"."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.interpreter.exceptions import LIBRARY_EXCEPTIONS
from app.interpreter.library.numpy import conduct, costs, printing  # noqa: F401  (conduct fills the tables of the protocols)
from app.interpreter.library.numpy.beside import BESIDE, TESTING
from app.interpreter.library.numpy.callbacks import apply_along_axis, vectorize
from app.interpreter.library.numpy.drawing import RANDOM
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.functions import FUNCTIONS, LINEAR_ALGEBRA
from app.interpreter.library.numpy.kinds import ALIASES, ARRAY, DTYPE, FAMILIES, HOSTS, NUMBERS, element_type
from app.interpreter.library.numpy.running import charge, guarded
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Builtin, Keywords, Namespace, Type
from app.interpreter.signatures import positional

SCALAR_ALIASES = ("double", "single", "half", "intp", "intc", "uint", "byte", "short", "ubyte")
OF_FLOATS: dict[str, Callable[[Any], Any]] = {
    "eps": lambda i: i.eps, "max": lambda i: i.max, "min": lambda i: i.min, "tiny": lambda i: i.tiny,
    "resolution": lambda i: i.resolution, "bits": lambda i: i.bits, "smallest_normal": lambda i: i.smallest_normal,
}  # fmt: skip
OF_INTEGERS: dict[str, Callable[[Any], Any]] = {
    "max": lambda i: i.max, "min": lambda i: i.min, "bits": lambda i: i.bits,
}  # fmt: skip


def _maker(scalar: Any) -> Any:
    """`np.float32(x)`: a number of that type, or an array of them."""

    def make(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        given = positional(scalar.__name__, arguments, keywords, 0, 1)
        exchange = Exchange(machine)
        hosts = [value if type(value) is str else exchange.host(value) for value in given]
        charge(machine, costs.total, hosts, {})
        return exchange.program(guarded(scalar, *hosts))

    return make


def _dtype(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return element_type(positional("dtype", arguments, keywords, 1, 1)[0])


def _limits(name: str, of: Any, fields: dict[str, Callable[[Any], Any]]) -> Builtin:
    """np.finfo and np.iinfo."""

    def call(machine: Machine, arguments: Arguments, keywords: Keywords) -> Namespace:
        (value,) = positional(name, arguments, keywords, 1, 1)
        kind = value.dtype if type(value) in NUMBERS else element_type(value)  # type: ignore[attr-defined]
        found = guarded(of, kind)
        return Namespace(name, {field: Exchange(machine).program(read(found)) for field, read in fields.items()})

    return Builtin(name, call)


def _types() -> dict[str, Type]:
    for scalar, kind in NUMBERS.items():
        kind.make = _maker(scalar)
        HOSTS[kind] = scalar
    DTYPE.make = _dtype
    by_name = {kind.name: kind for kind in NUMBERS.values()}
    aliases = {name: by_name[ALIASES[name]] for name in SCALAR_ALIASES}
    return {**by_name, "bool": by_name["bool"], "bool_": by_name["bool"], **aliases, **FAMILIES}


CONSTANTS: dict[str, object] = {
    "pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan, "newaxis": None, "euler_gamma": 0.5772156649015329,
    "__version__": np.__version__,
}  # fmt: skip
NUMPY_MODULE = Namespace(
    "numpy",
    {
        **FUNCTIONS, **_types(), **CONSTANTS, **BESIDE,
        "vectorize": Builtin("vectorize", vectorize),
        "apply_along_axis": Builtin("apply_along_axis", apply_along_axis),
        "testing": Namespace("numpy.testing", TESTING),
        "ndarray": ARRAY, "dtype": DTYPE,
        "random": Namespace("numpy.random", RANDOM),
        "linalg": Namespace("numpy.linalg", {**LINEAR_ALGEBRA, "LinAlgError": LIBRARY_EXCEPTIONS["LinAlgError"]}),
        "set_printoptions": Builtin("set_printoptions", printing.set_options),
        "finfo": _limits("finfo", np.finfo, OF_FLOATS), "iinfo": _limits("iinfo", np.iinfo, OF_INTEGERS),
    },
)  # fmt: skip
