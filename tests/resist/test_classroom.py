"""A small class for a few seconds: `benchmarks/classroom.py` in short, as every run of the tests can afford it."""

from __future__ import annotations

import asyncio
import sys

import pytest

from benchmarks import classroom
from benchmarks.serving import started
from benchmarks.student import Book
from benchmarks.watch import Watch

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is what Linux tells of it"),
]

STUDENTS = 40
SECONDS = 8.0
GROWTH = 80 * classroom.MEGABYTE  # of all processes in a few seconds: the workers that are made, and noise


def test_nobody_is_lost_and_nothing_fails() -> None:
    with started() as (url, pid):
        seen = asyncio.run(classroom.lesson(url, pid, STUDENTS, SECONDS, seed=7))
    book, samples = seen.book, seen.watch.samples
    assert book.lost == []
    assert set(book.statuses) <= {200, 422, 429}
    assert len(book.seconds["page"]) == STUDENTS
    assert len(book.seconds["link"]) == STUDENTS
    assert samples[-1].kept - samples[len(samples) // 2].kept < GROWTH
    assert samples[-1].cache > 0
    assert len(classroom.lines(seen)) > 8


def test_a_missed_bar_is_told() -> None:
    book = Book()
    book.statuses.update([200, 503])
    book.lost.append("run: no answer")
    book.note("run", 60.0)
    seen = classroom.Lesson(1, 60.0, book, Watch(None, "127.0.0.1", 1), None)
    told = " ".join(classroom.missed(seen))
    assert "lost: run" in told
    assert "1 answers 503" in told
    assert "95th percentile is 60.00 s" in told
