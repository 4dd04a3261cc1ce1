"""Programs that try to take too much: each ends within a second, in a limit or in an ordinary error."""

from __future__ import annotations

import time

import pytest

from app.interpreter import run_cells
from tests.interpreter.oracle import result_of

LIMITS = {
    "endless": ("while True: pass", "steps"),
    "endless-for": ("x = [1]\nfor v in x: x.append(v)", "size"),
    "list-equality": ("a = list(range(9000))\nb = list(range(9000))\nwhile a == b: pass", "steps"),
    "nested-equality": ("a = [[0] * 900] * 20\nb = [[0] * 900] * 20\nwhile a == b: pass", "steps"),
    "tuple-key": ("t = tuple(range(60))\nd = {}\nwhile True: d[t] = 1", "steps"),
    "in-list": ("a = list(range(9000))\nwhile True: -1 in a", "steps"),
    "slicing": ("a = list(range(9000))\nwhile True: a[:]", "allocation"),
    "sorting": ("a = list(range(9000))\nwhile True: sorted(a)", "steps"),
    "sort-key": ("a = list(range(9000))\nwhile True: a.sort(key=lambda v: -v)", "steps"),
    "repr": ("a = list(range(9000))\nwhile True: repr(a)", "steps"),
    "join": ("a = ['x'] * 9000\nwhile True: ''.join(a)", "allocation"),
    "string-doubling": ("s = 'a'\nwhile True: s += s", "size"),
    "list-doubling": ("s = [1]\nwhile True: s = s + s", "size"),
    "list-in-place-doubling": ("s = [1]\nwhile True: s += s", "size"),
    "string-times": ("s = 'a' * 10 ** 9", "size"),
    "list-times": ("s = [0] * 10 ** 9", "size"),
    "list-of-range": ("list(range(10 ** 9))", "size"),
    "tuple-of-range": ("tuple(range(10 ** 9))", "size"),
    "star-range": ("print(*range(10 ** 9))", "size"),
    "sum-range": ("sum(range(10 ** 9))", "steps"),
    "comprehension": ("[0 for _ in range(10 ** 9)]", "size"),
    "generator": ("sum(1 for _ in range(10 ** 9))", "steps"),
    "filter": ("list(filter(None, (0 for _ in range(10 ** 9))))", "steps"),
    "in-generator": ("5 in (0 for _ in range(10 ** 9))", "steps"),
    "unpack": ("a, *b = range(10 ** 9)", "steps"),
    "nested-lists": ("a = []\nwhile True: a = [a] * 10", "allocation"),
    "power": ("x = 10 ** 10 ** 8", "int_bits"),
    "squaring": ("x = 3\nwhile True: x = x * x", "int_bits"),
    "shift": ("x = 1 << 10 ** 9", "int_bits"),
    "hex": ("x = 0x" + "f" * 200, "int_bits"),
    "int-text": ("x = int('9' * 4000)", "int_bits"),
    "factorial": ("import math\nmath.factorial(10 ** 6)", "int_bits"),
    "adding": ("x = 2 ** 500\nwhile True: x = x + x", "int_bits"),
    "width": ("f'{1:9999999999}'", "size"),
    "percent-width": ("'%99999999d' % 1", "size"),
    "star-width": ("'%*d' % (10 ** 9, 1)", "size"),
    "format-width": ("'{:>9999999}'.format(1)", "size"),
    "nested-width": ("f'{1:{10 ** 9}}'", "size"),
    "ljust": ("'a'.ljust(10 ** 9)", "size"),
    "replace": ("('a' * 10000).replace('a', 'b' * 10000)", "size"),
    "output": ("while True: print('x' * 1000)", "output"),
    "recursion": ("def f(): return f()\nf()", "calls"),
    "recursion-in-finally": ("def f():\n    try: f()\n    finally: f()\nf()", "calls"),
    "recursion-in-except": ("def f():\n    try: f()\n    except Exception: f()\nf()", "calls"),
    "raising": ("while True:\n    try: raise ValueError\n    except ValueError: pass", "steps"),
    "catch-all": ("while True:\n    try:\n        while True: pass\n    except: pass", "steps"),
    "repr-recursion": ("class A:\n    def __repr__(self): return repr(self)\nprint(A())", "calls"),
    "eq-recursion": ("class A:\n    def __eq__(self, o): return self == o\nA() == A()", "calls"),
    "getattr-recursion": ("class A:\n    def __getattr__(self, n): return self.b\nA().a", "calls"),
    "next-forever": (
        "class A:\n    def __iter__(self): return self\n    def __next__(self): return 1\nlist(A())", "size",
    ),
    "enumerate-chain": ("x = [1]\nfor i in range(20000): x = enumerate(x)\nlist(x)", "nesting"),
    "generator-chain": ("x = [1]\nfor i in range(20000): x = (v for v in x)\nlist(x)", "nesting"),
    "map-chain": ("x = [1]\nfor i in range(20000): x = map(abs, x)\nlist(x)", "nesting"),
    "hidden-chain": (
        "def w(h): return (y for _ in [1] for y in h)\nx = [1]\nfor i in range(9000): x = w(x)\nlist(x)", "nesting",
    ),
    "long-text": ("x = 1\n" * 4000, "source"),
    "many-nodes": ("x=1;" * 4500, "nodes"),
    "brackets": ("x = " + "[" * 90 + "]" * 90, "nesting"),
    "minus": ("x = " + "-" * 10000 + "1", "nesting"),
    "lambdas": ("x = " + "lambda: " * 100 + "1", "nesting"),
    "spine": ("x = " + "1+" * 1200 + "1", "spine"),
    "attributes": ("x = a" + ".b" * 1500, "spine"),
    "collisions": ("d = {}\nfor i in range(15000): d[i * (2 ** 61 - 1)] = i", "steps"),
    "big-tensor": ("import torch\ntorch.ones(10 ** 5, 10 ** 5)", "elements"),
    "tensors-together": ("import torch\nwhile True: torch.ones(1000, 1000)", "all_elements"),
    "operations": ("import torch\nx = torch.ones(1)\nwhile True: x = x + 1", "operations"),
    "matmul": ("import torch\nx = torch.ones(1000, 1000)\nwhile True: x @ x", "flops"),
    "dims": ("import torch\nx = torch.ones(1)\nwhile True: x = x.unsqueeze(0)", "dims"),
    "dims-none": ("import torch\nx = torch.ones(1)\nwhile True: x = x[None]", "dims"),
    "dims-shape": ("import torch\ntorch.ones(*[1] * 70)", "dims"),
    "dims-list": ("import torch\ntorch.ones(1).reshape([1] * 70)", "dims"),
    "dims-tile": ("import torch\ntorch.ones(1).tile([1] * 70)", "dims"),
    "dims-new": ("import torch\ntorch.ones(1).new_full([1] * 70, 2)", "dims"),
    "expand": ("import torch\nx = torch.ones(1, 1).expand(10 ** 5, 10 ** 5) + 1", "elements"),
    "broadcast": ("import torch\ntorch.ones(10 ** 4, 1) + torch.ones(1, 10 ** 4)", "elements"),
    "backward": (
        "import torch\nx = torch.ones(1, requires_grad=True)\nwhile True: x.sum().backward()", "backward",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_ends_it(name: str) -> None:
    code, budget = LIMITS[name]
    start = time.process_time()
    error = result_of(code).error
    # Steps, operations and arithmetic may take what the service gives a program; a training loop needs it.
    assert time.process_time() - start < (3 if budget in ("steps", "operations", "flops") else 2)
    assert error is not None
    assert (error.type, error.code, error.values["budget"]) == ("LimitError", "limit", budget)
    assert str(error.values["limit"]) in error.message
    assert budget in error.message


def test_no_student_code_runs_after_a_limit() -> None:
    code = """
class C:
    def __enter__(self): return self
    def __exit__(self, *rest): print("exit")
try:
    with C():
        try:
            while True: pass
        except BaseException: print("except")
        except: print("bare")
        finally: print("inner")
finally: print("outer")
"""
    result = result_of(code)
    assert result.stdout == ""
    assert result.error is not None
    assert result.error.type == "LimitError"


def test_output_before_a_limit_stays() -> None:
    result = result_of("print('before')\nwhile True: pass")
    assert result.stdout == "before\n"
    flood = result_of("while True: print('ab')")
    assert len(flood.stdout) == 64_000


def test_after_a_limit_no_cell_runs_and_each_has_the_same_error() -> None:
    first, second, third = run_cells(["while True: pass", "print(1)", "x ="]).cells
    assert first.error is not None
    assert second.error == first.error == third.error
    assert second.stdout == ""


ORDINARY = {
    "append": ("[].append()", "TypeError"),
    "lone-surrogate": ("print('\\ud800')", None),
    "surrogate-in-source": ("x = '\ud800'", "SyntaxError"),
    "null": ("x = '\0'", "SyntaxError"),
    "end-in-backslash": ("x = 1\\", "SyntaxError"),
    "paths": (
        "import torch\nx = torch.ones(1, requires_grad=True)\n"
        + "y = x\n" + "for _ in range(40): y = y + y\ny.sum().backward()\nprint(x.grad)", None,
    ),
    "long-sum": ("x = 1\nprint(" + "x + " * 300 + "x)", None),
    "long-elif": ("x = 1\nif x == 0: pass\n" + "elif x == 2: pass\n" * 200 + "else: print('end')", None),
    "long-and": ("print(" + "True and " * 400 + "'end')", None),
    "self-repr": ("a = []\na.append(a)\nb = {}\nb[1] = b\nprint(a, b)", None),
    "self-equal": ("a = []\na.append(a)\nb = []\nb.append(b)\nprint(a == b)", "RecursionError"),
    "deep-list": ("a = []\nfor _ in range(1000): a = [a]\nprint(a)", None),
    "deep-list-equal": ("a = b = []\nfor _ in range(1000):\n    a = [a]\n    b = [b]\na == b", "RecursionError"),
    "class-equal": ("class A:\n    def __eq__(self, o): raise ValueError('x')\n[A()] == [A()]", "ValueError"),
    "unhashable": ("{[1]: 2}", "TypeError"),
    "big-range": ("len(range(10 ** 30))", "OverflowError"),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_end(name: str) -> None:
    code, type_name = ORDINARY[name]
    start = time.process_time()
    error = result_of(code).error
    assert time.process_time() - start < 1
    assert (error and error.type) == type_name
