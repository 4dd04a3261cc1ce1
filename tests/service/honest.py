"""What programs have done for them, and must be able to have done under every limit of a worker."""

from __future__ import annotations

import ast
import gc
import gzip
import json
import time
import traceback
from collections.abc import Callable

import numpy as np


def products() -> None:
    """BLAS and LAPACK."""
    a = np.random.default_rng(0).random((300, 300))
    assert np.isfinite(np.linalg.solve(a @ a.T + np.eye(300), a)).all()
    np.linalg.svd(a)
    np.linalg.eigh(a + a.T)


def memory() -> None:
    """Large and many small objects, given back in between."""
    for _ in range(3):
        np.ones(20_000_000)
        held = [str(number) * 3 for number in range(300_000)]
        del held
        gc.collect()


def failures() -> None:
    """Parsing what is no program, and the report about it."""
    for text in ("x = 1\\", "def f(:", "'", "(" * 300):
        try:
            ast.parse(text)
        except (SyntaxError, MemoryError):
            traceback.format_exc()


def texts() -> None:
    """JSON and gzip."""
    json.loads(gzip.decompress(gzip.compress(json.dumps(list(range(100_000))).encode())))


def clocks() -> None:
    """Time, and waiting."""
    assert time.monotonic() + time.time() + time.process_time() > 0
    time.sleep(0.01)


WORK: dict[str, Callable[[], None]] = {work.__name__: work for work in (products, memory, failures, texts, clocks)}
