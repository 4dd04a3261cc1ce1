"""Every function and method that student code can reach, called with every kind of value: an answer or a program
error comes out, never a host exception."""

from __future__ import annotations

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
from app.interpreter.library.mathematics import MATH_MODULE
from app.interpreter.library.torch import TORCH_MODULE
from app.interpreter.machine import Frame, Machine
from app.interpreter.methods import METHODS
from app.interpreter.protocol import CALL, call, read
from app.interpreter.records import Namespace

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
lambda *a: a
(i for i in [1])
torch.ones
torch.no_grad()
"""
SETUP = "import torch, math\nclass Plain:\n    def method(self): return 1\n"
LIMITS = Limits(elements=50_000, all_elements=10**9, steps=10**9, allocation=10**9, flops=10**11, operations=10**9)


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
    for text in ("'abc'", "[1, 2]", "{'a': 1}", "{1, 2}", "(1, 2)", "torch.Size([2])", "1.5", "3"):
        value = bench.evaluate(text)
        for name in METHODS[type(value)]:
            yield f"{text}.{name}", read(bench.machine, value, name)
    tensor = bench.evaluate("torch.ones(2, 3, requires_grad=True) * 2")
    for name in TENSOR_METHODS:
        yield f"Tensor.{name}", read(bench.machine, tensor, name)


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
