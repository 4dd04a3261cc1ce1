"""Tensors and printing options whose texts are recorded from PyTorch.

A case names its numbers flat; they are repeated until the shape is full, which keeps large tensors short.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAN, INF = math.nan, math.inf
HISTORIES = (
    "leaf", "parameter", "CloneBackward0", "MulBackward0",
    "UnsafeViewBackward0", "AsStridedBackward0",
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """history: None, "leaf" (requires_grad), "parameter" or a node's name; setup: set_printoptions calls."""

    numbers: Sequence[float]
    shape: list[int]
    dtype: str = "float32"
    history: str | None = None
    setup: list[dict[str, Any]] = field(default_factory=list)
    default_dtype: str = "float32"

    def fields(self) -> dict[str, Any]:
        """For JSON: without what is at its default, numbers as Python writes them."""
        plain = asdict(Printed([], []))
        given = {name: value for name, value in asdict(self).items() if value != plain[name] or name == "shape"}
        return {**given, "numbers": [repr(number) for number in self.numbers]}


def array_of(fields: dict[str, Any]) -> NDArray[Any]:
    """The tensor's elements, from the JSON fields of a case."""
    dtype = fields.get("dtype", "float32")
    readers: dict[str, Callable[[str], float]] = {"b": "True".__eq__, "i": int, "u": int, "f": float}
    read = readers[np.dtype(dtype).kind]
    numbers = np.array([read(text) for text in fields["numbers"]], dtype)
    return np.resize(numbers, fields["shape"]) if numbers.size else np.zeros(fields["shape"], dtype)


def _row(*numbers: float, **more: Any) -> Printed:
    return Printed(list(numbers), [len(numbers)], **more)


_NOTATIONS: list[tuple[float, ...]] = [
    (0.0,), (-0.0,), (1.0, 2.0), (1.5, 2.0), (0.1, 0.2, 0.3), (-1.0, 0.0, 1.0), (-1.5, 0.0, 1.25), (NAN,),
    (INF, -INF), (NAN, 1.0), (NAN, 1.5), (INF, 1.0, -1.0), (INF, 0.0001), (-0.0, 0.0, 1.0), (-0.0, 2.5),
    (1.0001e8,), (1e-4,), (9.9e-5,), (1.0, 1000.0), (1.0, 1001.0), (0.001, 1.0), (0.001, 1.001), (1e10, 1.0),
    (1e-10, NAN, INF), (3e38, 1e-38), (1234567.0, 1234568.0), (99999.5, 1.0), (0.99999, 2.0), (0.00005, 0.5),
    (1e-45,), (2.0**24 + 2,), (123456.789, 200.0), (-1e-7, 1e-7), (-100.0, 1.0, 10.0), (1.00005, 1.00015),
    (0.30000001192092896, 0.5), (1e8,),
]  # fmt: skip


def _notations() -> list[Printed]:
    rows = [_row(*numbers) for numbers in _NOTATIONS]
    scalars = [Printed([numbers[0]], [], dtype) for numbers in _NOTATIONS[:20] for dtype in ("float32", "float64")]
    double = [_row(*numbers, dtype="float64") for numbers in _NOTATIONS if 1e-45 not in numbers]
    return rows + scalars[::3] + double[::3]


def _other_dtypes() -> list[Printed]:
    whole, truth = [3, -14, 159, 0, 2**31 - 1], [True, False, False]
    shapes: list[list[int]] = [[], [5], [2, 3], [2, 2, 2], [70], [0], [0, 3], [2, 0]]
    cases = [Printed([] if 0 in s else whole, s, d) for s in shapes for d in ("int64", "int32")]
    cases += [Printed([] if 0 in s else truth, s, "bool") for s in shapes]
    cases += [Printed([], [0], "float64"), Printed([], [2, 0], "float32", "leaf"), Printed([], [3, 0])]
    cases += [_row(2**62, -(2**63), dtype="int64"), Printed([], [0]), _row(1, 2, dtype="int16")]
    return cases + [_row(1.5, dtype=dtype, default_dtype="float64") for dtype in ("float32", "float64")]


_NESTED: list[list[int]] = [
    [8], [9], [10], [11], [12], [30], [2, 2], [3, 11], [2, 2, 2], [1, 1, 1, 1], [2, 1, 3, 2], [4, 1, 2],
    [2, 25],
]  # fmt: skip
_LARGE: list[list[int]] = [
    [1000], [1001], [5000], [40, 26], [1001, 1], [1, 1001], [2, 600], [3, 7, 60], [7, 7, 7, 7], [6, 6, 6, 6],
    [2, 2, 300],
]  # fmt: skip


def _wrapped_and_nested() -> list[Printed]:
    some = [0.5, -1.25, 3.0, 12.0625]
    cases = [Printed(some, shape) for shape in _NESTED]
    return cases + [Printed([1.0, 20.0], shape) for shape in ([16], [20], [3, 20])]


def _summarised() -> list[Printed]:
    some = [0.25, 1.0, 2.5, 3.125, 40.0, 5.0, 6.75]
    cases = [Printed(some, shape) for shape in _LARGE]
    cases += [Printed(list(range(-9, 20)), shape, "int64") for shape in ([1001], [50, 50])]
    cases += [Printed([True, False, False], [1200], "bool"), Printed([1.0, 2.0], [1100], "float64", "leaf")]
    # 0.123456 is not shown, so it does not count.
    hidden = Printed([1.0] * 500 + [0.123456] + [2.0] * 501, [1002])
    return [*cases, hidden, Printed(some, [30, 40], "float32", "MulBackward0")]


def _histories() -> list[Printed]:
    some, long = [1.0, 2.5, -3.0], [0.125, 10.5]
    shapes: list[list[int]] = [[], [3], [2, 3], [2, 2, 2], [9], [6], [7], [8], [12]]
    cases = [Printed(some, shape, "float32", history) for history in HISTORIES for shape in shapes]
    cases += [Printed(long, [5, 7], "float64", history) for history in HISTORIES]
    return cases + [Printed([1.0], [n], "float64", "AsStridedBackward0") for n in range(2, 12, 2)]


_SETUPS: list[list[dict[str, Any]]] = [
    [{"precision": 2}], [{"precision": 8}], [{"precision": 0}], [{"sci_mode": True}], [{"sci_mode": False}],
    [{"threshold": 5}], [{"threshold": 5, "edgeitems": 1}], [{"threshold": 5, "edgeitems": 0}],
    [{"edgeitems": 0}], [{"linewidth": 30}], [{"linewidth": 1}], [{"linewidth": 200}], [{"profile": "short"}],
    [{"profile": "full"}], [{"profile": "short", "precision": 6}], [{"sci_mode": True}, {"precision": 3}],
    [{"precision": 3}, {"profile": "default"}], [{"precision": 1}, {"sci_mode": True}], [{"profile": "none"}],
]  # fmt: skip


def _options() -> list[Printed]:
    tensors = [([0.1234567, 10.5], [3, 4]), ([1.0, 20000.0, 0.5], [15]), ([1.0, 2.0], [2, 3, 4])]
    return [Printed(numbers, shape, setup=setup) for setup in _SETUPS for numbers, shape in tensors]


def _random_ones() -> list[Printed]:
    """Sizes and magnitudes as they come, from a seed of our own."""
    source = random.Random(2013)
    cases = []
    for _ in range(60):
        shape = [source.randint(1, 6) for _ in range(source.randint(0, 3))]
        scale = 10.0 ** source.randint(-6, 9)
        digits = source.choice([0, 1, 3, 17])
        numbers = [round(source.gauss(0, 1), digits) * scale for _ in range(min(12, math.prod(shape)))]
        cases.append(Printed(numbers, shape, "float64", source.choice([None, None, *HISTORIES])))
    return cases


_SPANS: list[dict[str, Any]] = [
    {"precision": 0}, {"precision": 3}, {"precision": 9}, {"threshold": 4}, {"threshold": 7, "edgeitems": 2},
    {"linewidth": 40}, {"linewidth": 100}, {"sci_mode": True}, {"sci_mode": False}, {"edgeitems": 1},
]  # fmt: skip
_WHOLE = {"int64": 10**7, "int32": 500, "uint8": 200, "int8": 100, "int16": 3000}


def _of_every_type() -> list[Printed]:
    """Floats with holes and of every size, integers and truths, some with a history or under other options."""
    source = random.Random(2130)
    cases = []
    for _ in range(240):
        shape = [source.randint(1, 7) for _ in range(source.randint(0, 3))]
        setup = [source.choice(_SPANS)] if source.random() < 0.3 else []
        dtype = source.choice(["float32", "float64", "float16", *_WHOLE])
        history = source.choice([None, None, "leaf", "CloneBackward0"]) if dtype.startswith("float") else None
        numbers = [_number(source, dtype) for _ in range(min(9, math.prod(shape)))]
        cases.append(Printed(numbers, shape, dtype, history, setup))
    return cases


def _number(source: random.Random, dtype: str) -> float:
    if dtype in _WHOLE:
        return source.randint(0 if dtype == "uint8" else -_WHOLE[dtype], _WHOLE[dtype])
    most = 3 if dtype == "float16" else 9
    number = round(source.gauss(0, 1), source.choice([0, 2, 17])) * 10.0 ** source.randint(-most, most)
    return source.choice([number, number, number, number, 0.0, NAN, INF, -INF])


def all_cases() -> list[Printed]:
    groups = [
        _notations, _other_dtypes, _wrapped_and_nested, _summarised, _histories, _options, _random_ones,
        _of_every_type,
    ]  # fmt: skip
    return [case for group in groups for case in group()]


FORMATTED = [(3.14159, spec) for spec in ("", ".2f", "8.3f", ">10", "e", "d", "x", "%", "+.1e", "010.2f")]
SPECIFICATIONS = ("", ".2f", ">30")
