"""The page's print of a tensor (gradient/printed-tensor.js) against the engine's, which is PyTorch's to the letter."""

from __future__ import annotations

import json
import math
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.engine.printing import shortest, tensor_text
from tests.front.test_modules import find_node

SCRIPT = Path(__file__).resolve().parent / "printed-tensor.mjs"
SHAPES = [(), (1,), (3,), (7,), (25,), (2, 3), (3, 1), (1, 1), (4, 12), (2, 2, 2), (1, 3, 2), (2, 1, 2, 2)]
LONG = [(1000,), (1001,), (40, 30), (2, 600), (11, 10, 10), (3, 2, 400)]
EMPTY = [(0,), (2, 0), (0, 3)]
SCALES = [1, 0.25, 0.01, 1e-3, 1e-6, 1e5, 1e9]
ODD = [math.nan, math.inf, -math.inf, 0.0, -0.0]
# Half-way between two decimals: Python rounds to even, JavaScript up.
TIES = [0.03125, 0.09375, 1.15625, -0.28125, 12345.5, 123445.0, 123455.0, 2097152.5, 0.5, 1.5, 2.5]


def tensors() -> Iterator[np.ndarray[Any, Any]]:
    """A few hundred tensors of every shape and size of number."""
    chance = random.Random(0)
    for kind in (np.float32, np.float64):
        for shape in [*SHAPES, *LONG]:
            for scale in SCALES:
                whole = [chance.randint(-12, 12) * scale for _ in range(math.prod(shape))]
                yield np.array(whole, kind).reshape(shape)
                if len(whole) <= 100:
                    yield np.array([chance.gauss(0, 1) * scale for _ in whole], kind).reshape(shape)
                    yield np.array([chance.choice([*ODD, *TIES, v]) for v in whole], kind).reshape(shape)
        for tie in TIES:
            yield np.array([tie, tie * 1e5, tie / 64], kind)
            yield np.array([tie, 1.0], kind)
        for shape in EMPTY:
            yield np.zeros(shape, kind)


def test_prints_as_the_engine_prints() -> None:
    cases = list(tensors())
    assert len(cases) > 500
    given = [{"values": shortest(a), "shape": list(a.shape), "dtype": a.dtype.name} for a in cases]
    done = subprocess.run(
        [find_node(), str(SCRIPT)], input=json.dumps(given), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    for array, text in zip(cases, json.loads(done.stdout), strict=True):
        assert text == tensor_text(array)
