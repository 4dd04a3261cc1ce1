"""The budgets of one run. Everything is charged before the work; the message names the budget and its number."""

from __future__ import annotations

import gc
from dataclasses import dataclass

from app.engine.errors import LimitError
from app.engine.forget import Memories
from app.engine.run import Meter, current

BLAS_DISCOUNT = 40  # a multiply-add inside BLAS costs this much less than one of ours
ARRAY_WORK = 16  # what numpy does to one number, in multiply-adds inside BLAS
ARRAY_STEPS = 10
OPERATION_STEPS = 25
PASS_STEPS = 40  # one operation of a backward pass: found, put in order, walked
CALL_STEPS = 5
FUNCTION_STEPS = 4  # to make one
CLASS_STEPS = 40
MISS_STEPS = 8  # to look for an attribute that is not there, and to word it
RAISE_STEPS = 80
EARNED_STEPS = 150  # what an operation that a backward pass goes through, or that leads to a write, earns
EARNED_OPERATIONS = 2
BULK = 2  # a bulk operation over n entries costs n / BULK steps
"""What takes longer than a plain step (about 0.3 µs) counts as many as it takes: the budget of steps is one of time."""


@dataclass(frozen=True)
class Limits:
    """The numbers. Source and tree are checked before the run, the rest while it goes.

    A loop that gets nowhere ends with `steps` or `operations`, within a second. One that trains may go on up to the
    numbers of training: its backward passes and its writes into tensors earn more of both.
    """

    source: int = 20_000
    nodes: int = 10_000
    nesting: int = 60
    spine: int = 1_000
    steps: int = 1_100_000
    training_steps: int = 1_900_000
    calls: int = 200
    int_bits: int = 512
    size: int = 20_000
    allocation: int = 1_000_000
    output: int = 64_000
    elements: int = 4_000_000
    all_elements: int = 16_000_000
    dims: int = 8
    flops: int = 160_000_000
    training_flops: int = 800_000_000
    operations: int = 16_000
    training_operations: int = 50_000
    backward: int = 2_500


WORDS = {
    "source": "more than {limit} characters of source",
    "nodes": "a program of more than {limit} parts",
    "nesting": "code nested more than {limit} deep",
    "spine": "an expression chained more than {limit} long",
    "steps": "more than {limit} steps",
    "calls": "more than {limit} calls inside each other",
    "int_bits": "an integer of more than {limit} bits",
    "size": "a text, list or other container of more than {limit} entries",
    "allocation": "more than {limit} entries in all containers together",
    "output": "more than {limit} characters of output",
    "elements": "a tensor of more than {limit} elements",
    "all_elements": "tensors of more than {limit} elements at once",
    "dims": "a tensor of more than {limit} dimensions",
    "flops": "more than {limit} units of arithmetic",
    "operations": "more than {limit} tensor operations",
    "backward": "more than {limit} backward passes",
}


def exceeded(budget: str, limit: int) -> LimitError:
    """The error that says which budget is used up: "the budget "steps" is used up: more than 300000
    steps"."""
    words = WORDS[budget].format(limit=limit)
    return LimitError(budget, limit, f"the program needs {words} (budget: {budget} = {limit})")


class Budget(Meter):
    """Counts down what is left. One per run."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits if limits is not None else Limits()
        self.steps = self.granted_steps = self.limits.steps
        self.allocation = self.limits.allocation
        self.characters = self.limits.output
        self.all_elements = self.limits.all_elements
        self.flops = self.unearned_flops = self.limits.flops * BLAS_DISCOUNT
        self.granted_flops = self.flops
        self.operations = self.granted_operations = self.limits.operations
        self.since_write = 0
        self.passes = self.limits.backward
        self.memories: Memories | None = None

    def step(self, units: int = 1) -> None:
        """`units` steps of the interpreter."""
        self.steps -= units
        if self.steps < 0:
            raise exceeded("steps", self.granted_steps)

    def bulk(self, entries: int) -> None:
        """Work over `entries` entries that one call into the host does at once."""
        self.step(1 + entries // BULK)

    def work(self, units: int) -> None:
        self.bulk(units)

    def operation(self, elements: int, flops: int = 0) -> None:
        self.operations -= 1
        self.since_write += 1
        if self.operations < 0:
            raise exceeded("operations", self.granted_operations)
        self.step(OPERATION_STEPS)
        self._numbers(elements, flops)

    def _numbers(self, elements: int, flops: int) -> None:
        if elements > self.limits.elements:
            raise exceeded("elements", self.limits.elements)
        self.all_elements -= elements
        if self.all_elements < 0:
            self.all_elements = self.limits.all_elements - self._still_held() - elements
        if self.all_elements < 0:  # rings of objects that nobody holds may keep tensors
            gc.collect()
            self.all_elements = self.limits.all_elements - self._still_held() - elements
        if self.all_elements < 0:
            raise exceeded("all_elements", self.limits.all_elements)
        self.flops -= flops + elements * BLAS_DISCOUNT
        if self.flops < 0:
            raise exceeded("flops", self.granted_flops // BLAS_DISCOUNT)

    def arithmetic(self, flops: int) -> None:
        self.flops -= flops
        if self.flops < 0:
            raise exceeded("flops", self.granted_flops // BLAS_DISCOUNT)

    def array(self, elements: int, flops: int, live: int) -> None:
        """An array is about to be made or gone through that no graph keeps; `live` numbers lie in others now."""
        self.step(ARRAY_STEPS)
        if elements > self.limits.elements:
            raise exceeded("elements", self.limits.elements)
        if live + elements > self.limits.all_elements:
            raise exceeded("all_elements", self.limits.all_elements)
        self.flops -= flops + elements * ARRAY_WORK
        if self.flops < 0:
            raise exceeded("flops", self.granted_flops // BLAS_DISCOUNT)

    def _still_held(self) -> int:
        """How many elements the run holds once it has forgotten what nobody will ask for."""
        if self.memories is None:
            self.memories = Memories(current())
        return self.memories.forget()

    def backward(self) -> None:
        self.passes -= 1
        if self.passes < 0:
            raise exceeded("backward", self.limits.backward)

    def passed(self, elements: int, flops: int = 0) -> None:
        self.step(PASS_STEPS)
        self._numbers(elements, flops)
        self._earn(1)

    def wrote(self) -> None:
        self.operations -= 1  # it makes a version and goes through the views
        self._earn(self.since_write - 1)  # a write of what nothing was computed for gets nowhere
        self.since_write = 0

    def _earn(self, operations: int) -> None:
        """So many operations led somewhere, and with them all arithmetic since the last that did."""
        flops = min(self.unearned_flops - self.flops, self.limits.training_flops * BLAS_DISCOUNT - self.granted_flops)
        self.flops += max(flops, 0)
        self.granted_flops += max(flops, 0)
        self.unearned_flops = self.flops
        steps = min(operations * EARNED_STEPS, self.limits.training_steps - self.granted_steps)
        self.steps += max(steps, 0)
        self.granted_steps += max(steps, 0)
        more = min(operations * EARNED_OPERATIONS, self.limits.training_operations - self.granted_operations)
        self.operations += max(more, 0)
        self.granted_operations += max(more, 0)

    def container(self, entries: int) -> None:
        """A text or container with `entries` entries is about to be made."""
        if entries > self.limits.size:
            raise exceeded("size", self.limits.size)
        self.allocation -= entries
        if self.allocation < 0:
            raise exceeded("allocation", self.limits.allocation)
        self.step(1 + entries // BULK)

    def bits(self, count: int) -> None:
        """An integer of `count` bits is about to be made."""
        if count > self.limits.int_bits:
            raise exceeded("int_bits", self.limits.int_bits)

    def output(self, characters: int) -> None:
        """`characters` are about to be printed."""
        self.characters -= characters
        if self.characters < 0:
            raise exceeded("output", self.limits.output)
