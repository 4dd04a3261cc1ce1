"""Cells as people find them: what is code, what is not, and the way back to the text that was sent."""

from __future__ import annotations

import pytest

from app.interpreter import split_cells
from app.interpreter.paste import clean
from tests.interpreter.oracle import printed, result_of


def code(text: str) -> list[str]:
    """The lines of code that are not empty."""
    return [line for line in clean(text).code.split("\n") if line.strip()]


CASES = {
    "plain": ("x = 1\nprint(x)", ["x = 1", "print(x)"]),
    "chevrons": (">>> x = 1\n>>> x\n1\n>>> print(x)\n1", ["x = 1", "x", "print(x)"]),
    "dots": (">>> for i in range(2):\n...     print(i)\n...\n0\n1\n>>> 3", ["for i in range(2):", "    print(i)", "3"]),
    "tight chevrons": (">>>x = 1\n>>>print(x)", ["x = 1", "print(x)"]),
    "indented chevrons": ("    >>> x = 1\n    >>> x\n    1", ["x = 1", "x"]),
    "open bracket": (">>> x = [1,\n2]\n>>> x\n[1, 2]", ["x = [1,", "2]", "x"]),
    "block without dots": (">>> for i in x:\n    print(i)\n1\n>>> 2", ["for i in x:", "    print(i)", "2"]),
    "output with dots": (">>> x\ntensor([1,\n        ...,\n        2])\n>>> y", ["x", "y"]),
    "text before": ("Then we write\n>>> x = 1\ndone", ["x = 1"]),
    "docstring": ('def f():\n    """\n    >>> f()\n    1\n    """\n    return 1', None),
    "ipython": ("In [1]: x = 1\n   ...: y = 2\n\nIn [2]: x\nOut[2]: 1\n\nIn [3]: y", ["x = 1", "y = 2", "x", "y"]),
    "ipython bare": ("In [1]: x = 1\ny = 2\nIn [2]: x", ["x = 1", "y = 2", "x"]),
    "numbers": ("[9]: x = 1\ny = x\n[10]: y", ["x = 1", "y = x", "y"]),
    "numbers twice": ("[9]: x\n[9]: tensor([1.,\n        2.])\n[10]: y", ["x", "y"]),
    "hanging": ("[9]: x = 1\n     y = x\n     for i in x:\n         y", ["x = 1", "y = x", "for i in x:", "    y"]),
    "annotation look-alike": ("In = {}\nIn[1]: int = 2", ["In = {}", "int = 2"]),
    "printed tensor": ("In [1]: print(x)\ntensor([1.])\nIn [2]: y", ["print(x)", "y"]),
    "ipython traceback": (
        "In [1]: x = 1\nx.foo\n-----\nAttributeError        Traceback (most recent call last)\n<ipython> in <module>\n"
        "----> 1 x.foo\n\nAttributeError: no\nIn [2]: x",
        ["x = 1", "x.foo", "x"],
    ),
    "plain traceback": (
        'x = 1\nx.foo\nTraceback (most recent call last):\n  File "a.py", line 1\nAttributeError: no',
        ["x = 1", "x.foo"],
    ),
    "chevron traceback": (
        ">>> 1 / 0\nTraceback (most recent call last):\n  File\nZeroDivisionError: division by zero\n>>> 2",
        ["1 / 0", "2"],
    ),
    "fences": ("Look:\n```python\nx = 1\n```\nand\n```\ny = x\n```", ["x = 1", "y = x"]),
    "open fence": ("```py\nx = 1\ny", ["x = 1", "y"]),
    "closing fence only": ("x = 1\n```", ["x = 1"]),
    "fences with prompts": ("```\n>>> x = 1\n>>> x\n1\n```", ["x = 1", "x"]),
    "magics": ("%matplotlib inline\n!pip install torch\nx = 5\n%%time\ny = (x\n%x)", ["x = 5", "y = (x", "%x)"]),
    "magic behind a prompt": ("In [1]: %matplotlib inline\nx = 1", ["x = 1"]),
    "bom": ("\ufeffx = 1", ["x = 1"]),
    "windows": ("x = 1\r\nif x:\r\n    y = 2\r\n", ["x = 1", "if x:", "    y = 2"]),
    "no-break": ("if\u00a0x:\n\u00a0\u00a0\u00a0\u00a0y = 1", ["if x:", "    y = 1"]),
    "full-width": ("x\u3000=\u30001", ["x = 1"]),
    "zero-width": ("to\u200brch\u200b = 1\u200c", ["torch = 1"]),
    "in a string": ("x = 'a\u00a0b\u200bc'  # \u3000", ["x = 'a\u00a0b\u200bc'  # \u3000"]),
    "in triple quotes": ('x = """\u3000\n\u3000"""\ny\u3000= 1', ['x = """\u3000', '\u3000"""', "y = 1"]),
    "after an apostrophe": ("# don't\u00a0\nx\u00a0= 1", ["# don't\u00a0", "x = 1"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_code(name: str) -> None:
    text, wanted = CASES[name]
    lines = [line for line in text.split("\n") if line.strip()]
    assert code(text) == (lines if wanted is None else wanted)


@pytest.mark.parametrize("name", CASES)
def test_lines_stay_where_they_are(name: str) -> None:
    text = CASES[name][0]
    assert clean(text).code.count("\n") == text.count("\n")


def test_documents_are_cleaned_to_programs_that_run() -> None:
    assert (
        printed(">>> x = 2\n>>> print(x * 3)\n6\n>>> for i in range(2):\n...     print(i)\n...\n0\n1\n") == "6\n0\n1\n"
    )


POSITIONS = {
    "plain": ("x = undefined", (1, 4, 1, 13)),
    "chevron": ("text\n>>> x = undefined", (2, 8, 2, 17)),
    "ipython": ("In [12]: x = undefined", (1, 13, 1, 22)),
    "continuation": ("In [1]: y = 1\n   ...: undefined", (2, 8, 2, 17)),
    "hanging": ("[1]: y = 1\n     undefined", (2, 5, 2, 14)),
    "bom": ("\ufeffundefined", (1, 1, 1, 10)),
    "windows": ("y = 1\r\nx = undefined", (2, 4, 2, 13)),
    "zero-width before": ("y\u200b =\u200b undefined", (1, 6, 1, 15)),
    "zero-width inside": ("unde\u200bfined", (1, 0, 1, 10)),
    "full-width space": ("y\u3000=\u3000undefined", (1, 4, 1, 13)),
    "chinese before": ("y = '中文'; undefined", (1, 10, 1, 19)),
    "beyond the plane": ("y = '😀'; undefined", (1, 10, 1, 19)),
    "beyond the plane, prompt": (">>> y = '😀😀'; undefined", (1, 16, 1, 25)),
    "wrapped": ("x = (1 +\n  undefined)", (2, 2, 2, 11)),
    "fence": ("```\nundefined\n```", (2, 0, 2, 9)),
    "combining name": ("é = 1; 变量x", (1, 7, 1, 10)),
}


@pytest.mark.parametrize("name", POSITIONS)
def test_positions_refer_to_the_text_that_was_sent(name: str) -> None:
    text, wanted = POSITIONS[name]
    error = result_of(text).error
    assert error is not None
    assert error.span is not None
    span = error.span
    assert (span.line, span.column, span.end_line, span.end_column) == wanted


SPLITS = {
    "a = 1": ["a = 1"],
    "# %%\na\n# %% two\nb": ["# %%\na\n", "# %% two\nb"],
    "a\n#%%\nb": ["a\n", "#%%\nb"],
    "\n# %%\na": ["# %%\na"],
    "x = '# %%'": ["x = '# %%'"],
    "": [""],
}


@pytest.mark.parametrize("text", SPLITS)
def test_cells_are_split_at_markers(text: str) -> None:
    assert split_cells(text) == SPLITS[text]
