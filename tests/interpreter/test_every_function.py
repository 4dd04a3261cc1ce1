"""Every function and method that student code can reach, called with every kind of value: an answer or a program
error comes out, never a host exception."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator

import pytest

from app.engine.errors import LimitError, TorchError
from app.engine.registry import METHODS as TENSOR_METHODS
from app.engine.run import Run, activate
from app.interpreter import Budget, Limits
from app.interpreter.builtins import BUILTINS
from app.interpreter.compile import compile_cell
from app.interpreter.errors import RaisedError
from app.interpreter.library.deferred import resolve
from app.interpreter.library.mathematics import MATH_MODULE
from app.interpreter.library.modules import MODULES
from app.interpreter.library.torch import TORCH_MODULE
from app.interpreter.machine import Frame, Machine
from app.interpreter.methods import METHODS
from app.interpreter.natives.slots import OBJECT_SLOTS
from app.interpreter.natives.table import NATIVES
from app.interpreter.protocol import CALL, call, read
from app.interpreter.records import Class, Deferred, Namespace, StaticMethod

VALUES = """
None
True
0
-1
3
2 ** 300
2.5
float('nan')
float('inf')
''
'abc'
'{0}'
[]
[1, 2]
[[1.0], [2.0]]
['a']
()
(0, 1)
(2, -1)
{}
{'a': 1}
{1, 2}
range(3)
slice(None)
...
torch.ones(2, 3)
torch.tensor(2)
torch.tensor([True, False])
torch.tensor([0, 1])
torch.zeros(0)
torch.ones(2, 2, requires_grad=True) * 1
torch.float64
torch.Size([2, 1])
torch
len
int
ValueError
Plain
Plain()
Plain.method
Listed([1, 2])
Dicted(a=1)
Texted('a')
Number(3)
Equal(1)
paused()
int | None
random.Random(1)
frozenset([1])
lambda *a: a
(i for i in [1])
torch.ones
torch.no_grad()
"""
SETUP = """
import torch, math, random
class Plain:
    def method(self): return 1
class Listed(list): pass
class Dicted(dict): pass
class Texted(str): pass
class Number(int): pass
class Equal:
    def __init__(self, x): self.x = x
    def __eq__(self, other): return self.x == other
    def __hash__(self): return 5
def paused():
    x = yield 1
    yield x
"""
LIMITS = Limits(elements=50_000, all_elements=10**9, steps=10**9, allocation=10**9, flops=10**11, operations=10**9)
STEPS = 20_000


class Bench:
    """A machine with one value of every kind."""

    def __init__(self) -> None:
        self.run = Run(meter=Budget(LIMITS))
        self.machine = Machine(self.run, Budget(LIMITS))
        self.frame = Frame(self.machine, self.machine.globals)
        self.evaluate(SETUP + "None")

    def evaluate(self, text: str) -> object:
        compiled = compile_cell(text, 0, LIMITS)
        with activate(self.run):
            if compiled.body is not None:
                compiled.body(self.frame)
            assert compiled.trailing is not None
            return compiled.trailing(self.frame)

    def values(self) -> list[object]:
        return [self.evaluate(text) for text in VALUES.strip().splitlines()]

    def failure(self, function: object, arguments: list[object], keywords: dict[str, object]) -> BaseException | None:
        """The host exception that a call lets through, if any."""
        self.machine.budget.steps = STEPS  # some calls are endless
        self.machine.trail.clear()
        with activate(self.run):
            try:
                call(self.machine, function, arguments, keywords)
            except (TorchError, RaisedError, LimitError):
                return None
            except Exception as error:
                return error
        return None


def functions(bench: Bench) -> Iterator[tuple[str, object]]:
    yield from BUILTINS.items()
    yield from ((f"math.{name}", value) for name, value in MATH_MODULE.entries.items() if type(value) in CALL)
    yield from _of_module(TORCH_MODULE)
    for name, module in MODULES.items():
        if name not in ("torch", "numpy", "math"):
            yield from _of_library(bench, module)
    yield from ((f"object.{name}", slot) for name, slot in OBJECT_SLOTS.items())
    for cls in NATIVES.values():
        for name, found in cls.namespace.items():
            yield f"{cls.name}.{name}", found.function if type(found) is StaticMethod else found
    for text in ("paused()", "(lambda a: a)", "Plain().method", "Plain", "ValueError('x')", "frozenset([1])"):
        for name in ("send", "throw", "close", "__get__", "with_traceback", "add_note", "union", "__call__"):
            with contextlib.suppress(TorchError, RaisedError):
                yield f"{text}.{name}", read(bench.machine, bench.evaluate(text), name)
    for text in ("'abc'", "[1, 2]", "{'a': 1}", "{1, 2}", "(1, 2)", "torch.Size([2])", "1.5", "3"):
        value = bench.evaluate(text)
        for name in METHODS[type(value)]:
            yield f"{text}.{name}", read(bench.machine, value, name)
    tensor = bench.evaluate("torch.ones(2, 3, requires_grad=True) * 2")
    for name in TENSOR_METHODS:
        yield f"Tensor.{name}", read(bench.machine, tensor, name)


def _of_library(bench: Bench, module: Namespace) -> Iterator[tuple[str, object]]:
    """The functions and classes of a module that is written in Python, and the methods of its classes."""
    for name, value in module.entries.items():
        if type(value) is Namespace:
            yield from _of_library(bench, value)
        elif type(value) is Deferred:
            with activate(bench.run):
                found = resolve(bench.machine, value)
            yield f"{module.name}.{name}", found
            if type(found) is Class:
                yield from ((f"{module.name}.{name}.{key}", each) for key, each in found.namespace.items())


def _of_module(module: Namespace) -> Iterator[tuple[str, object]]:
    for name, value in module.entries.items():
        if type(value) is Namespace:
            yield from _of_module(value)
        elif type(value) in CALL:
            yield f"{module.name}.{name}", value


def calls(values: list[object], draw: random.Random) -> Iterator[tuple[list[object], dict[str, object]]]:
    """No argument, each alone, and a sample of more."""
    yield [], {}
    for value in values:
        yield [value], {}
    for _ in range(40):
        yield draw.choices(values, k=2), {}
    for _ in range(20):
        yield draw.choices(values, k=3), {}
    for _ in range(20):
        name = draw.choice(["dim", "keepdim", "dtype", "key", "sep", "end", "out", "input", "other", "size", "zzz"])
        yield draw.choices(values, k=draw.randint(0, 2)), {name: draw.choice(values)}


def failures(prefix: str) -> dict[str, str]:
    bench = Bench()
    draw = random.Random(0)
    values = bench.values()
    found: dict[str, str] = {}
    for name, function in functions(bench):
        if name.startswith(("torch.", "Tensor.")) is not (prefix == "torch"):
            continue
        for arguments, keywords in calls(values, draw):
            error = bench.failure(function, arguments, keywords)
            if error is not None:
                found.setdefault(name, f"{error!r} for {arguments!r} {keywords!r}")
    return found


@pytest.mark.parametrize("prefix", ["python", "torch"])
def test_no_host_exception_comes_out(prefix: str) -> None:
    assert failures(prefix) == {}
