"""Turns in the queue: how many at once, who is next, who is turned away. No clock decides any of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from app.service.outcome import BusyError
from app.service.queue import Crowd, Queue
from tests.service.scenario import in_a_loop


class Counter:
    """A queue, the order in which its turns came, and the power to end them."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.came: list[str] = []
        self.running: list[asyncio.Event] = []

    async def request(self, name: str) -> None:
        """Has a turn until it is ended. The page is the name's first letter, a crowd where that is a capital."""
        async with self.queue.turn(Crowd(name[0]) if name[0].isupper() else name[0]):
            self.came.append(name)
            over = asyncio.Event()
            self.running.append(over)
            await over.wait()

    async def send(self, *names: str) -> list[asyncio.Task[None]]:
        """Requests that arrive in this order."""
        tasks = [asyncio.create_task(self.request(name)) for name in names]
        await settled()
        return tasks

    async def end_turn(self) -> None:
        """Ends the turn that began first."""
        self.running.pop(0).set()
        await settled()

    async def drain(self) -> None:
        """Ends every turn."""
        while self.running:
            await self.end_turn()


async def settled() -> None:
    """Lets everything happen that can."""
    for _ in range(20):
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def counter(turns: int = 1, most: int = 32, per_page: int = 4, seconds: float = 60) -> AsyncIterator[Counter]:
    """A queue at work; in the end nothing may be left in it."""
    made = Counter(Queue(turns, most, per_page=per_page, wait_seconds=seconds))
    yield made
    await made.drain()
    assert (made.queue.waiting, made.queue.running) == (0, 0)
    assert made.queue._lines == {}


@in_a_loop
async def test_as_many_turns_as_workers() -> None:
    async with counter(turns=2) as made:
        await made.send("a1", "b1", "c1")
        assert made.came == ["a1", "b1"]
        assert (made.queue.running, made.queue.waiting) == (2, 1)
        await made.end_turn()
        assert made.came == ["a1", "b1", "c1"]


@in_a_loop
async def test_flood_delays_another_page_by_one_turn() -> None:
    async with counter() as made:
        await made.send("f0", "f1", "f2", "f3", "f4")
        await made.send("s1")
        await made.end_turn()
        await made.end_turn()
        assert made.came == ["f0", "f1", "s1"]


@in_a_loop
async def test_flood_that_is_kept_up_has_every_other_turn() -> None:
    async with counter() as made:
        await made.send("f0", "f1", "f2", "f3", "f4", "s1", "s2", "s3")
        for refill in ("f5", "f6", "f7", "f8", "f9"):
            await made.end_turn()
            await made.send(refill)
        assert made.came == ["f0", "f1", "s1", "f2", "s2", "f3"]


@in_a_loop
async def test_pages_take_turns_in_the_order_in_which_they_came() -> None:
    async with counter() as made:
        await made.send("x0", "a1", "a2", "b1", "b2", "c1")
        await made.drain()
        assert made.came == ["x0", "a1", "b1", "c1", "a2", "b2"]


@in_a_loop
async def test_page_has_no_more_than_its_places() -> None:
    async with counter(per_page=2) as made:
        await made.send("a0", "a1", "a2")
        with pytest.raises(BusyError):
            await made.request("a3")
        await made.send("b1")
        await made.drain()
        assert made.came == ["a0", "a1", "b1", "a2"]


@in_a_loop
async def test_crowd_has_all_places_that_others_leave() -> None:
    async with counter(most=6, per_page=2) as made:
        tasks = await made.send("C0", "C1", "C2", "C3", "C4", "C5", "C6")
        with pytest.raises(BusyError):
            await made.request("C7")
        await made.send("a1", "b1")
        assert [task.done() for task in tasks] == [False] * 5 + [True] * 2
        for _ in range(3):
            await made.end_turn()
        assert made.came == ["C0", "C1", "a1", "b1"]
        for task in tasks[5:]:
            with pytest.raises(BusyError):
                await task


@in_a_loop
async def test_queue_is_bounded() -> None:
    async with counter(most=2) as made:
        await made.send("a0", "b1", "c1")
        (refused,) = await made.send("d1")
        assert refused.done()
        assert isinstance(refused.exception(), BusyError)


@in_a_loop
async def test_no_place_to_wait_still_gives_turns() -> None:
    async with counter(most=0) as made:
        await made.send("a0")
        with pytest.raises(BusyError):
            await made.request("b1")
        await made.end_turn()
        await made.send("b2")
        assert made.came == ["a0", "b2"]


@in_a_loop
async def test_full_queue_makes_room_at_the_longest_line() -> None:
    async with counter(most=4) as made:
        *_, last = await made.send("f0", "f1", "f2", "f3", "f4")
        await made.send("s1")
        with pytest.raises(BusyError):
            await last
        await made.drain()
        assert made.came == ["f0", "f1", "s1", "f2", "f3"]


@in_a_loop
async def test_who_waits_too_long_is_told_so() -> None:
    async with counter(seconds=0.01) as made:
        await made.send("a0")
        with pytest.raises(BusyError):
            await made.request("b1")
        assert made.queue.waiting == 0


@in_a_loop
async def test_who_goes_away_leaves_the_queue() -> None:
    async with counter() as made:
        _, leaving, _ = await made.send("a0", "b1", "c1")
        leaving.cancel()
        await settled()
        assert made.queue.waiting == 1
        await made.drain()
        assert made.came == ["a0", "c1"]


@in_a_loop
async def test_turn_given_to_who_is_just_going_away_is_passed_on() -> None:
    async with counter() as made:
        _, leaving, _ = await made.send("a0", "b1", "c1")
        made.running.pop(0).set()
        await asyncio.sleep(0)  # the turn was passed to b1, which has not seen it
        assert made.queue.waiting == 1
        leaving.cancel()
        await settled()
        assert made.came == ["a0", "c1"]


@in_a_loop
async def test_who_has_gone_away_is_given_no_turn() -> None:
    async with counter() as made:
        _, leaving, _ = await made.send("a0", "b1", "c1")
        made.running.pop(0).set()
        leaving.cancel()  # in the same moment: it still stands in the line when the turn ends
        await settled()
        assert made.came == ["a0", "c1"]


@in_a_loop
async def test_turn_that_fails_is_passed_on() -> None:
    made = Queue(1, 1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            async with made.turn("a"):
                raise ZeroDivisionError
    assert made.running == 0


@in_a_loop
async def test_retry_after_follows_the_length_of_the_queue_and_of_runs() -> None:
    async with counter() as made:
        assert made.queue.retry_after == 1
        made.queue._typical = 1.5
        await made.send("a0", "b1", "c1", "d1")
        assert made.queue.retry_after == 6
        await made.send("a1", "a2", "a3", "a4")
        with pytest.raises(BusyError) as refused:
            await made.request("a5")
        assert refused.value.retry_after == 12
        made.queue._typical = 600
        assert made.queue.retry_after == 60


@in_a_loop
async def test_recent_runs_are_what_is_typical() -> None:
    made = Queue(1, 1)
    made._typical = 3.0
    for _ in range(60):
        async with made.turn("a"):
            pass
    assert made._typical < 0.1
