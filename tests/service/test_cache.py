"""What is kept of answers, for how long, and what tells two requests apart."""

from __future__ import annotations

import pytest

from app.service import cache
from app.service.cache import MEGABYTE, OVERHEAD_BYTES, Cache, key_of
from app.service.outcome import Outcome


def outcome(size: int = 100, lasting: bool = True) -> Outcome:
    """An answer of so many bytes."""
    return Outcome(b"x" * size, None, None, None, 0.0, lasting)


def test_keeps_what_lasts() -> None:
    made, kept = Cache(1), outcome()
    made.keep(b"1", kept)
    made.keep(b"2", outcome(lasting=False))
    assert made.get(b"1") is kept
    assert made.get(b"2") is None
    assert made.size == 100 + OVERHEAD_BYTES


def test_least_recently_asked_for_goes_first() -> None:
    made = Cache(1)
    tenth = MEGABYTE // 10 - OVERHEAD_BYTES
    for number in range(10):
        made.keep(bytes([number]), outcome(tenth))
    assert made.get(bytes([0]))
    made.keep(b"new", outcome(tenth))
    assert made.get(bytes([0]))
    assert made.get(bytes([1])) is None
    assert made.evictions == 1
    assert made.size <= MEGABYTE


def test_large_answers_drive_nothing_out() -> None:
    made = Cache(1)
    made.keep(b"small", outcome())
    made.keep(b"large", outcome(MEGABYTE // 8))
    assert made.get(b"small")
    assert made.get(b"large") is None


def test_no_room_keeps_nothing() -> None:
    made = Cache(0)
    made.keep(b"1", outcome(0))
    assert made.get(b"1") is None
    assert made.size == made.evictions == 0


def test_same_answer_again_takes_no_more_room() -> None:
    made = Cache(1)
    for _ in range(3):
        made.keep(b"1", outcome())
    assert made.size == 100 + OVERHEAD_BYTES


def test_key_of_equal_requests() -> None:
    request = {"cells": ["x"], "seed": 0, "limits": {"edges": 1, "ops": 2}}
    again = {"limits": {"ops": 2, "edges": 1}, "seed": 0, "cells": ["x"]}
    assert key_of("trace", request) == key_of("trace", again)
    assert b"x" not in key_of("trace", {"cells": ["x" * 1000]})[32:]


@pytest.mark.parametrize(
    "other",
    [
        {"cells": ["x "], "seed": 0},
        {"cells": ["x", ""], "seed": 0},
        {"cells": ["x"], "seed": 1},
        {"cells": ["x"], "seed": 0, "strict": True},
        {"cells": ["x"], "seed": 0, "limits": {"edges": 1}},
    ],
)
def test_key_of_other_requests(other: dict[str, object]) -> None:
    assert key_of("trace", other) != key_of("trace", {"cells": ["x"], "seed": 0})


def test_key_of_another_kind_or_version(monkeypatch: pytest.MonkeyPatch) -> None:
    request = {"cells": ["x"]}
    here = key_of("trace", request)
    assert key_of("edges", request) != here
    monkeypatch.setattr(cache, "__version__", "another")
    assert key_of("trace", request) != here
