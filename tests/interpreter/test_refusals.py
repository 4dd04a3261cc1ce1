"""What a refusal says, and where: type, words, hint and position."""

from __future__ import annotations

import pytest

from tests.interpreter.oracle import result_of

REFUSED = {
    "yield in a condition": (
        "def f():\n    a and (yield 1)",
        "SyntaxError: not supported yet: yield inside this expression",
        "unsupported-syntax",
        (2, 11, 2, 18),
    ),
    "yield outside": ("yield 1", "SyntaxError: 'yield' outside function", "syntax", (1, 0, 1, 7)),
    "yield in a comprehension": (
        "def f(): [(yield i) for i in x]",
        "SyntaxError: 'yield' inside list comprehension",
        "syntax",
        (1, 9, 1, 31),
    ),
    "yield in a lambda": (
        "f = lambda: (yield)",
        "SyntaxError: not supported yet: yield in a lambda",
        "unsupported-syntax",
        (1, 4, 1, 19),
    ),
    "async": (
        "async def f(): pass",
        "SyntaxError: not supported yet: async def",
        "unsupported-syntax",
        (1, 0, 1, 19),
    ),
    "bytes": ("x = b'a'", "SyntaxError: not supported yet: bytes values", "unsupported-syntax", (1, 4, 1, 8)),
    "complex": ("x = 2j", "SyntaxError: not supported yet: complex values", "unsupported-syntax", (1, 4, 1, 6)),
    "metaclass": (
        "class A(metaclass=B): pass",
        "SyntaxError: not supported yet: metaclass and class keywords",
        "unsupported-syntax",
        (1, 8, 1, 19),
    ),
    "dunder-attribute": (
        "x = 1\nx.__globals__",
        "NameError: name '__globals__' is not available here",
        "blocked-name",
        (2, 0, 2, 13),
    ),
    "dunder-name": (
        "__builtins__",
        "NameError: name '__builtins__' is not available here",
        "blocked-name",
        (1, 0, 1, 12),
    ),
    "dunder-import": (
        "__import__('os')",
        "NameError: name '__import__' is not available here",
        "blocked-name",
        (1, 0, 1, 10),
    ),
    "dunder-keyword": ("f(__x__=1)", "NameError: name '__x__' is not available here", "blocked-name", (1, 2, 1, 9)),
    "dunder-parameter": (
        "def f(__x__): pass",
        "NameError: name '__x__' is not available here",
        "blocked-name",
        (1, 6, 1, 11),
    ),
    "dunder-store": ("__name__ = 1", "NameError: name '__name__' is not available here", "blocked-name", (1, 0, 1, 8)),
    "full-width dunder": (
        "x.__ｃode__",
        "NameError: name '__code__' is not available here",
        "blocked-name",
        (1, 0, 1, 10),
    ),
    "dunder-method": (
        "class A:\n    def __del__(self): pass",
        "NameError: name '__del__' is not available here",
        "blocked-name",
        (2, 4, 2, 27),
    ),
    "return": ("return 1", "SyntaxError: 'return' outside function", "syntax", (1, 0, 1, 8)),
    "break": ("if 1:\n    break", "SyntaxError: 'break' outside loop", "syntax", (2, 4, 2, 9)),
    "continue in else": (
        "for i in x: pass\nelse: continue",
        "SyntaxError: 'continue' not properly in loop",
        "syntax",
        (2, 6, 2, 14),
    ),
    "break in function": (
        "for i in x:\n    def f(): break",
        "SyntaxError: 'break' outside loop",
        "syntax",
        (2, 13, 2, 18),
    ),
    "nonlocal": (
        "nonlocal x",
        "SyntaxError: nonlocal declaration not allowed at module level",
        "syntax",
        (1, 0, 1, 10),
    ),
    "syntax": ("x = = 1", "SyntaxError: invalid syntax", "syntax", (1, 4, 1, 5)),
    "unclosed": ("y = 1\nx = (1", "SyntaxError: '(' was never closed", "syntax", (2, 4, 2, 5)),
    "indent": (
        "if 1:\nx",
        "IndentationError: expected an indented block after 'if' statement on line 1",
        "syntax",
        (2, 0, 2, 1),
    ),
    "tabs": (
        "if 1:\n        x\n\ty",
        "TabError: inconsistent use of tabs and spaces in indentation",
        "syntax",
        (3, 0, 3, 1),
    ),
    "paren": ("print（1）", "SyntaxError: invalid character '（' (U+FF08)", "full-width-punctuation", (1, 5, 1, 6)),
    "comma": ("f(1，2)", "SyntaxError: invalid character '，' (U+FF0C)", "full-width-punctuation", (1, 3, 1, 4)),
    "colon": ("if x：\n    y", "SyntaxError: invalid character '：' (U+FF1A)", "full-width-punctuation", (1, 4, 1, 5)),
    "quote": ("x = “a”", "SyntaxError: invalid character '“' (U+201C)", "full-width-punctuation", (1, 4, 1, 5)),
    "equals": ("x ＝ 1", "SyntaxError: invalid character '＝' (U+FF1D)", "full-width-punctuation", (1, 2, 1, 3)),
    "after text": (
        "s = '，'\nx = 1；",
        "SyntaxError: invalid character '；' (U+FF1B)",
        "full-width-punctuation",
        (2, 5, 2, 6),
    ),
    "prompted": (
        ">>> x = （1)",
        "SyntaxError: invalid character '（' (U+FF08)",
        "full-width-punctuation",
        (1, 8, 1, 9),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_and_where(name: str) -> None:
    code, text, hint, position = REFUSED[name]
    result = result_of("print('never')\n" * 0 + code)
    error = result.error
    assert error is not None
    assert f"{error.type}: {error.message}" == text
    assert error.code == hint
    assert error.span is not None
    span = error.span
    assert (span.line, span.column, span.end_line, span.end_column) == position
