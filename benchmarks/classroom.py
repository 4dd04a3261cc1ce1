"""A class at work: `python -m benchmarks.classroom --students 300 --seconds 60`. Exit code 1 when a bar is missed.

Every student opens the page once, then runs and edits programs with 3 to 10 s of thinking between; in the middle of
the lesson all open the same share link at once. Some ask for edges, some send programs without end, some leave in the
middle of a request. Each waits as long as Retry-After says and tries again; what counts is when the answer was there.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.serving import started
from benchmarks.student import Book, Student
from benchmarks.watch import Watch

ARRIVAL_SECONDS = 10.0  # in which all arrive; a shorter lesson is arrived at in a third of it
MEGABYTE = 2**20
# The bars: seconds of the 95th percentile until an answer is there, trying again included, and growth of memory.
ANSWER_SECONDS = 2.0
GROWTH = 0.5 * MEGABYTE


@dataclass(frozen=True)
class Lesson:
    """What was observed."""

    students: int
    seconds: float
    book: Book
    watch: Watch
    server: int | None


async def lesson(url: str, pid: int | None, students: int, seconds: float, seed: int) -> Lesson:
    """The whole lesson."""
    place = (urlsplit(url).hostname or "127.0.0.1", urlsplit(url).port or 80)
    book = Book()
    chance = random.Random(seed)
    start = time.monotonic()
    arriving = min(ARRIVAL_SECONDS, seconds / 3)
    async with Watch(pid, *place) as watch:
        await asyncio.gather(
            *(
                Student(number, seed, place, book).attend(
                    start + chance.uniform(0, arriving), start + 2 * seconds / 3, start + seconds, f"{seed} {start}"
                )
                for number in range(students)
            )
        )
    await asyncio.sleep(0.2)  # connections are closed in the background
    return Lesson(students, time.monotonic() - start, book, watch, pid)


def percentile(times: list[float], share: float) -> float:
    """The time that this share of all times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def lines(seen: Lesson) -> list[str]:
    """The report, for people."""
    book, watch = seen.book, seen.watch
    total = sum(book.statuses.values())
    told = [
        f"{seen.students} students, {seen.seconds:.0f} s, {os.cpu_count()} cores,"
        f" load average {os.getloadavg()[0]:.1f} at the end (all that runs on this machine)",
        f"requests {total} = {total / seen.seconds:.0f}/s, {book.bytes / MEGABYTE:.0f} MB received, left {book.left},"
        f" lost {len(book.lost)}",
        "statuses " + ", ".join(f"{status}: {count}" for status, count in sorted(book.statuses.items()))
        + f"; 429 is {book.statuses[429] / max(1, total):.1%}",
        f"{'':9} {'count':>6} {'p50':>8} {'p95':>8} {'p99':>8} {'max':>8}   ms until the answer was there",
    ]  # fmt: skip
    for kind, times in sorted(book.seconds.items()):
        shown = [percentile(times, share) * 1000 for share in (0.5, 0.95, 0.99, 1)]
        told.append(f"{kind:9} {len(times):6} " + " ".join(f"{time:8.1f}" for time in shown))
    return told + (resources(seen) if watch.samples else [])


def resources(seen: Lesson) -> list[str]:
    """What the server used."""
    watch = seen.watch
    last = watch.samples[-1]
    server = watch.processor_seconds.get(seen.server or 0, 0.0)
    used = sum(watch.processor_seconds.values())
    peak = max(sum(sample.memory) for sample in watch.samples)
    return [
        f"processor {used:.1f} s = {used / seen.seconds:.2f} cores, the server's own process {server:.1f} s",
        "memory (PSS) server {:.0f}, zygote {:.0f}, workers {:.0f} MB at the end".format(
            *(part / MEGABYTE for part in last.memory)
        )
        + f"; peak of all {peak / MEGABYTE:.0f} MB; cache {last.cache / MEGABYTE:.1f} MB",
        f"memory beside the cache grows by {watch.slope() / MEGABYTE * 60:+.1f} MB a minute in the second half",
        f"waiting at most {max(sample.waiting for sample in watch.samples):.0f}, median"
        f" {statistics.median(sample.waiting for sample in watch.samples):.0f};"
        f" descriptors at most {max(sample.descriptors for sample in watch.samples)}",
    ]


def missed(seen: Lesson) -> list[str]:
    """The bars that this lesson did not reach."""
    book = seen.book
    found = [f"lost: {each}" for each in book.lost[:10]]
    found += [f"{count} answers {status}" for status, count in sorted(book.statuses.items()) if status >= 500]
    for kind, times in sorted(book.seconds.items()):
        if kind not in ("hostile", "page") and (slow := percentile(times, 0.95)) > ANSWER_SECONDS:
            found.append(f"{kind}: the 95th percentile is {slow:.2f} s, the bar {ANSWER_SECONDS:g} s")
    growth = seen.watch.slope() * 60
    if growth > GROWTH * 60:
        found.append(f"memory beside the cache grows by {growth / MEGABYTE:.1f} MB a minute")
    return found


def main() -> int:
    """Holds a lesson, prints what was seen, and says whether that is good enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--url", help="a server that runs already; its memory and processor are not looked at")
    options = parser.parse_args()
    about = (options.students, options.seconds, options.seed)
    if options.url:
        seen = asyncio.run(lesson(options.url, None, *about))
    else:
        with started() as (url, pid):
            seen = asyncio.run(lesson(url, pid, *about))
    print("\n".join(lines(seen)))
    for each in missed(seen):
        print(f"MISSED {each}")
    return 1 if missed(seen) else 0


if __name__ == "__main__":
    sys.exit(main())
