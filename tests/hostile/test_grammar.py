"""Programs from a grammar: never an error of our own, an answer of the documented form, the same twice, scores that add
up; and where a program is plain Python, what Python itself prints. `BACKPASS_LONG=1` tries fifty times as many."""

from __future__ import annotations

import contextlib
import io
import os
import time
from typing import Any

from hypothesis import HealthCheck, given, settings

from app.trace import trace
from app.trace.encode import encode
from app.trace.schema import Trace
from tests.hostile.grammar import PURE, TENSOR
from tests.trace.sum_rule import faults
from tests.trace.test_sum_rule import asker

MANY = 50 if "BACKPASS_LONG" in os.environ else 1
SECONDS = 3.0
COMMON: dict[str, Any] = {
    "deadline": None, "derandomize": True, "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}  # fmt: skip


@given(TENSOR)
@settings(max_examples=120 * MANY, **COMMON)
def test_a_program_with_tensors(code: str) -> None:
    start = time.process_time()
    answer = encode(trace([code]))
    assert time.process_time() - start < SECONDS
    read = Trace.model_validate_json(answer)
    assert read.error is None or read.error.type != "EngineError"
    assert encode(trace([code])) == answer
    made = trace([code])
    finite = b"NaN" not in answer and b"Infinity" not in answer
    assert not finite or faults(made, asker([code])) == []


@given(PURE)
@settings(max_examples=200 * MANY, **COMMON)
def test_a_plain_program_prints_what_python_prints(code: str) -> None:
    made = trace([code])
    if made["error"] and made["error"]["type"] == "LimitError":
        return
    printed, error = by_python(code)
    assert (made["cells"][0]["stdout"], made["error"] and made["error"]["type"]) == (printed, error)


def by_python(code: str) -> tuple[str, str | None]:
    """What Python prints, and the type of its error; the program is one of the grammar's own."""
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(code, "<program>", "exec"), {"__name__": "__main__"})
    except Exception as error:
        return out.getvalue(), type(error).__name__
    return out.getvalue(), None
