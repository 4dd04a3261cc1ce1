"""Every function and method of numpy, given whatever a program may give it: an answer or a plain error, in time."""

from __future__ import annotations

import random

import pytest

from app.interpreter import Budget, Limits, run_cells
from app.interpreter.library.numpy import NUMPY_MODULE
from app.interpreter.library.numpy.drawing import RANDOM
from app.interpreter.library.numpy.functions import FUNCTIONS, LINEAR_ALGEBRA
from app.interpreter.library.numpy.methods import ARRAY_METHODS, SHARED

ARGUMENTS = (
    "np.ones(3)",
    "np.arange(6).reshape(2, 3)", "np.array([])", "np.eye(2)", "np.float32(1.5)", "np.int64(2)", "2", "-1",
    "0.5", "True", "None", "'C'", "'abc'", "[1, 2]", "[[1.0], [2.0, 3.0]]", "(2, 2)", "[]", "torch.ones(3)",
    "torch.ones(2, requires_grad=True)", "{}", "10 ** 30", "2 ** 62", "(10 ** 9, 10 ** 9)", "np.float32", "float",
    "torch.float32", "slice(1)", "...", "range(3)", "np.array([True, False, True])", "len", "np.nan", "np.inf", "np",
    "np.dtype('int32')", "(x for x in [1])", "np.array(5)", "np.random.default_rng(0)",
)  # fmt: skip
NAMED = ("", "", ", axis=0", ", dtype='float32'", ", size=(3,)", ", keepdims=True", ", out=np.ones(3)")
LEFT = ("+", "-", "*", "/", "//", "%", "**", "@", "&", "<<", "<", "==", "!=")
RIGHT = ("+", "-", "*", "/", "**", "@", "|", ">", "==", "in")
NAMES = [
    *(f"np.{name}" for name in NUMPY_MODULE.entries), *(f"np.random.{name}" for name in RANDOM),
    *(f"np.linalg.{name}" for name in LINEAR_ALGEBRA),
]  # fmt: skip


def told(code: str) -> str:
    """What ends the program: "" or the type of its error."""
    budget = Budget(Limits(elements=200_000, all_elements=400_000))
    result = run_cells([f"import torch\nimport numpy as np\n{code}"], budget=budget).cells[0]
    return result.error.type if result.error else ""


@pytest.mark.parametrize("name", NAMES)
def test_no_function_meets_an_error_of_its_own(name: str) -> None:
    pick = random.Random(name)
    calls = [f"print({name}())", f"print({name})"]
    for _ in range(25):
        given = [pick.choice(ARGUMENTS) for _ in range(pick.randint(1, 3))]
        named = pick.choice(
            ["", "", ", axis=0", ", dtype='float32'", ", size=(3,)", ", keepdims=True", ", out=np.ones(3)"]
        )
        calls.append(f"print({name}({', '.join(given)}{named}))")
    assert {call for call in calls if told(call) == "EngineError"} == set()


@pytest.mark.parametrize("value", ["np.ones((2, 2))", "np.float64(2)", "np.array(3)", "np.array([])"])
def test_no_method_or_operator_meets_an_error_of_its_own(value: str) -> None:
    pick = random.Random(value)
    calls = [f"print(({value}).{name})" for name in SHARED]
    for name in ARRAY_METHODS:
        calls += [f"print(({value}).{name}({pick.choice(ARGUMENTS)}))" for _ in range(4)]
        calls.append(f"print(({value}).{name}())")
    for argument in ARGUMENTS:
        calls += [f"print(({value}) {symbol} ({argument}))" for symbol in LEFT]
        calls += [f"print(({argument}) {symbol} ({value}))" for symbol in RIGHT]
        calls += [f"a = {value}\na[{argument}] = 1", f"a = {value}\na[0] = {argument}"]
        calls.append(f"print(({value})[{argument}])")
        calls += [f"a = {value}\na {symbol}= {argument}" for symbol in "+*/@"]
        calls += [f"x = torch.ones(2, 2)\nx[{value}] = {argument}", f"torch.tensor([{value}, {argument}])"]
    assert {call for call in calls if told(call) == "EngineError"} == set()


def test_the_price_comes_before_the_work() -> None:
    greedy = [
        "np.zeros(10 ** 9)", "np.ones((10 ** 5, 10 ** 5))", "np.eye(10 ** 6)", "np.arange(10 ** 10)",
        "np.linspace(0, 1, 10 ** 9)", "np.tile([1], 10 ** 9)", "np.repeat([1], 10 ** 9)",
        "np.outer(np.ones(10 ** 4), np.ones(10 ** 4))", "np.random.rand(10 ** 9)", "np.random.normal(size=10 ** 9)",
        "np.meshgrid(*[np.arange(100)] * 5)", "np.full(10 ** 9, 1)", "np.broadcast_to(1, (10 ** 9,))",
        "np.ones((10 ** 4, 1)) + np.ones(10 ** 4)", "np.bincount([10 ** 9])", "np.pad([1], 10 ** 9)",
        "np.diag(np.ones(10 ** 5))", "np.random.permutation(10 ** 9)", "np.random.default_rng(0).random(10 ** 9)",
        "np.kron(np.ones(10 ** 4), np.ones(10 ** 4))", "np.resize([1], 10 ** 9)", "np.indices((10 ** 5, 10 ** 5))",
        "np.ones(10 ** 4)[np.zeros((10 ** 3, 10 ** 3), dtype=int)]", "np.tri(10 ** 5)",
    ]  # fmt: skip
    assert {code: told(code) for code in greedy if told(code) != "LimitError"} == {}


def test_the_tables_are_what_they_seem() -> None:
    assert len(FUNCTIONS) > 200
