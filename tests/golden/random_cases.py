"""Sequences of random draws to record from PyTorch: each case is a seed and the calls that follow it.

A call is (function, arguments) with the names and arguments of app.engine.random.Generator.
"""

from typing import Any

Call = tuple[str, dict[str, Any]]

DTYPES = ("float32", "float64")
SEEDS = (0, 1, 42, 123, 2**31, 2**32 - 1, 2**32, 2**63 - 1, 2**64 - 1, -1, -5, -(2**63), 67280421310721)
SHAPES: tuple[list[int], ...] = (
    [],
    [0],
    [1],
    [2, 3],
    [15],
    [16],
    [17],
    [4, 4],
    [31],
    [2, 3, 5],
    [33],
    [3, 0, 2],
)


def draw(function: str, shape: list[int], dtype: str = "float32", **more: object) -> Call:
    return function, {"shape": shape, "dtype": dtype, **more}


def _seeds() -> list[tuple[int, list[Call]]]:
    calls = [draw("rand", [2]), draw("randn", [3]), draw("randint", [4], "int64", low=0, high=10)]
    return [(seed, calls) for seed in SEEDS]


def _shapes() -> list[tuple[int, list[Call]]]:
    return [
        (7, [draw(function, shape, dtype)]) for function in ("rand", "randn") for dtype in DTYPES for shape in SHAPES
    ]


def _continued() -> list[tuple[int, list[Call]]]:
    """Draws of different kinds in a row: the spare normal number and the stream's place carry over."""
    three, two, twenty = draw("randn", [3]), draw("rand", [2]), draw("randn", [20])
    double, odd = draw("randn", [5], "float64"), draw("randn", [1])
    whole = draw("randint", [3], "int64", low=-3, high=9)
    wide = draw("randint", [3], "int64", low=-(2**40), high=2**60)
    reseed: Call = ("manual_seed", {"seed": 5})
    order: Call = ("randperm", {"count": 9})
    return [
        (0, [three, two, twenty]),
        (1, [odd, odd, odd, odd]),
        (2, [odd, draw("randn", [0]), double, odd]),
        (3, [odd, twenty, odd, draw("randn", [20], "float64"), odd]),
        (4, [odd, reseed, odd, odd]),
        (5, [whole, wide, whole, two]),
        (6, [three, order, wide, draw("rand", [3], "float64"), three]),
        (8, [draw("bernoulli", [6], chance=0.3), odd, draw("bernoulli", [6], "float64", chance=0.5), two]),
        (9, [draw("bernoulli", [3], chance=[0.1, 0.5, 0.9]), two]),
        (10, [draw("normal", [7], mean=1.5, std=0.1), draw("normal", [2, 9], mean=1.5, std=0.1), odd]),
        (
            11,
            [
                draw("normal", [7], "float64", mean=-2.0, std=3.0),
                draw("normal", [20], "float64", mean=0.3, std=2.0),
            ],
        ),
        (
            12,
            [
                draw("uniform", [20], low=-0.57735, high=0.57735),
                draw("uniform", [5], "float64", low=2.0, high=7.0),
            ],
        ),
        (13, [draw("normal", [16], mean=0.0, std=0.02), draw("normal", [3], "float64", mean=5.0, std=0.0)]),
    ]


def _integers() -> list[tuple[int, list[Call]]]:
    ranges = [(0, 1), (0, 2), (-5, 5), (0, 2**28 - 1), (0, 2**28), (0, 2**32 - 1), (0, 2**32), (0, 2**63 - 1)]
    wide = [(-(2**63), 2**63 - 1), (2**62, 2**62 + 3)]
    cases = [(14, [draw("randint", [6], "int64", low=low, high=high)]) for low, high in ranges + wide]
    others = [
        ("int32", -(2**31), 2**31),
        ("float32", 0, 10),
        ("float64", -3, 4),
        ("bool", 0, 2),
        ("uint8", 0, 256),
    ]
    cases += [(15, [draw("randint", [2, 3], dtype, low=low, high=high)]) for dtype, low, high in others]
    return cases + [(16, [("randperm", {"count": count})]) for count in (0, 1, 2, 10, 100)]


def _large() -> list[tuple[int, list[Call]]]:
    return [
        (17, [draw("randn", [size], dtype), draw("rand", [3], dtype)]) for size in (1000, 20_003) for dtype in DTYPES
    ]


def _refused() -> list[tuple[int, list[Call]]]:
    calls = [
        draw("randint", [2], "int64", low=5, high=5),
        draw("randint", [2], "int32", low=0, high=2**40),
        draw("randint", [2], "int16", low=-(2**40), high=2),
        draw("rand", [2], "int64"),
        draw("randn", [2], "bool"),
        draw("normal", [2], mean=0.0, std=-1.0),
        draw("uniform", [2], low=2.0, high=-1.5),
        draw("bernoulli", [2], chance=1.25),
        draw("bernoulli", [2], chance=[1.25, 0.5]),
        ("randperm", {"count": -1}),
        ("manual_seed", {"seed": 2**64}),
        ("manual_seed", {"seed": -(2**63) - 1}),
    ]
    return [(18, [call, draw("rand", [2])]) for call in calls]


CASES = [*_seeds(), *_shapes(), *_continued(), *_integers(), *_large(), *_refused()]
