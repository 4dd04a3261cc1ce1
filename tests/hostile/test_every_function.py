"""Every function, method, operator and attribute that a program may name, with every kind of value: an answer or an
error of PyTorch's or Python's own, at once; never an error of the engine, never a word of the host."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from app.engine.registry import ATTRIBUTES, BINARY, INPLACE, UNARY
from app.engine.registry import METHODS as TENSOR_METHODS
from app.engine.tensor import Size
from app.interpreter.builtins import BUILTINS
from app.interpreter.library.mathematics import MATH_MODULE
from app.interpreter.library.torch import TORCH_MODULE
from app.interpreter.methods import METHODS
from app.interpreter.records import Namespace
from app.trace import trace
from app.trace.encode import encode
from tests.hostile.test_hostile import HOST

TENSORS = """
torch.ones(2, 3)
torch.tensor([[1.5, -2.0], [0.5, float('nan')]], requires_grad=True)
torch.ones(2, 3, requires_grad=True) * 2
torch.tensor(2.5, requires_grad=True)
torch.tensor([1, 0, 2])
torch.tensor([True, False])
torch.zeros(0, requires_grad=True)
torch.ones(2, 3, dtype=torch.float64)
torch.ones(3, 3, requires_grad=True).t()
""".strip().splitlines()
VALUES = (
    """
None
True
0
-1
3
2 ** 70
1.5
float('nan')
''
'a'
[]
[1]
[[1, 2], [3]]
()
(2, 3)
{}
range(3)
slice(None)
...
lambda *a: a
P
P()
torch
len
torch.float64
torch.Size([2, 1])
torch.no_grad()
[torch.ones(2), torch.ones(2)]
(i for i in [1])
""".strip().splitlines()
    + TENSORS
)
KEYWORDS = [
    "dim", "keepdim", "dtype", "key", "out", "input", "other", "size", "start", "alpha", "min", "max", "requires_grad",
    "dims", "index", "p", "zzz",
]  # fmt: skip
RECEIVERS: dict[str, type] = {
    "'abc'": str, "[1, 2]": list, "{'a': 1}": dict, "{1, 2}": set, "(1, 2)": tuple, "torch.Size([2])": Size,
    "1.5": float, "(3)": int,
}  # fmt: skip
SETUP = "import torch\nimport math\nclass P: pass\n"
FINISH = "\nif isinstance(r, torch.Tensor) and r.requires_grad: r.sum().backward()\nprint(r)"
SECONDS = 0.2
LARGE = {"torch.nn.Transformer", "torch.nn.modules.Transformer", "torch.nn.modules.transformer.Transformer"}
"""By default it has 44 million numbers: a budget ends it, but not at once."""
PER_NAME = 8


def named(module: Namespace) -> Iterator[str]:
    for name, value in module.entries.items():
        if name.startswith("_") and not name.startswith("__"):
            continue  # the library's own
        if type(value) is Namespace:
            yield from named(value)
        else:
            if f"{module.name}.{name}" not in LARGE:
                yield f"{module.name}.{name}"


def templates() -> Iterator[str]:
    """Statements that set r, with {T} for a tensor, {V} for any value, {A} for arguments."""
    for name in (*named(TORCH_MODULE), *named(MATH_MODULE), *BUILTINS):
        yield f"r = {name}({{A}})"
    for name in TENSOR_METHODS:
        yield f"r = ({{T}}).{name}({{A}})"
    for receiver, kind in RECEIVERS.items():
        yield from (f"r = {receiver}.{name}({{A}})" for name in METHODS[kind])
    for symbol in (*BINARY, "<<", ">>", "in", "is"):
        yield from (f"r = ({{T}}) {symbol} ({{V}})", f"r = ({{V}}) {symbol} ({{V}})")
    yield from (f"r = {{T}}\nr {symbol} {{V}}" for symbol in INPLACE)
    yield from (f"r = {symbol}({{V}})" for symbol in UNARY if symbol != "abs")
    for name in ATTRIBUTES:
        yield from (f"r = ({{T}}).{name}", f"r = {{T}}\nr.{name} = {{V}}")
    for _ in range(8):
        yield from ("r = ({T})[{V}]", "r = ({T})[{V}, {V}]", "r = {T}\nr[{V}] = {V}")


def filled(template: str, draw: random.Random) -> str:
    def value() -> str:
        return f"({draw.choice(VALUES)})"

    arguments = [value() for _ in range(draw.choice((0, 1, 1, 2, 2, 3)))]
    if arguments and draw.random() < 0.6:
        arguments[0] = f"({draw.choice(TENSORS)})"
    if draw.random() < 0.2:
        arguments.append(f"{draw.choice(KEYWORDS)}={value()}")
    text = template.replace("{A}", ", ".join(arguments))
    while "{T}" in text:
        text = text.replace("{T}", draw.choice(TENSORS), 1)
    while "{V}" in text:
        text = text.replace("{V}", value(), 1)
    return text


def fault(code: str) -> str | None:
    """What is wrong with the answer to a program, if anything."""
    start = time.process_time()
    try:
        made = trace([SETUP + code + FINISH])
        encode(made)
    except Exception as error:
        return f"trace: {error!r}"
    if time.process_time() - start > SECONDS:
        return "slow"
    told = made["error"]
    if told and (told["type"] == "EngineError" or HOST.search(told["message"])):
        return f"{told['type']}: {told['message']}"
    return "host" if HOST.search(made["cells"][0]["stdout"]) else None


@pytest.mark.parametrize("part", range(4))
def test_no_call_meets_an_error_of_the_engine(part: int) -> None:
    draw = random.Random(part)
    found: dict[str, str] = {}
    for template in list(templates())[part::4]:
        for _ in range(PER_NAME):
            code = filled(template, draw)
            wrong = fault(code)
            if wrong == "slow":  # the machine may have been busy with collecting garbage
                wrong = fault(code)
            if wrong is not None:
                found[code] = wrong
    assert found == {}
