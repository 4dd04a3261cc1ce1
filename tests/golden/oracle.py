"""Runs a program's cells under real PyTorch, as a notebook would."""

import ast
import contextlib
import io
import re
import warnings
from typing import Any

from tests.golden.cases import Answer

CELL = "<cell>"
ADDRESS = re.compile(r"0x[0-9a-f]+")
PLACE = re.compile(r"\s*\(Triggered internally at [^)]*\)")


def answers(cells: tuple[str, ...]) -> tuple[Answer, ...]:
    """PyTorch's answer to each cell; the cells share one namespace and go on after a failed one."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    return tuple(_answer(cell, namespace) for cell in cells)


def _answer(cell: str, namespace: dict[str, Any]) -> Answer:
    out, result, error = io.StringIO(), None, None
    with contextlib.redirect_stdout(out), warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            result = _run(cell, namespace)
        except Exception as raised:
            error = (type(raised).__name__, _message(raised), _line(raised))
    texts = tuple(PLACE.sub("", str(warning.message)) for warning in seen)
    return Answer(_placeless(out.getvalue()), result and _placeless(result), error, texts)


def _placeless(text: str) -> str:
    """Addresses differ from run to run; without them a second recording gives the same files."""
    return ADDRESS.sub("0x…", text)


def _run(cell: str, namespace: dict[str, Any]) -> str | None:
    body = ast.parse(cell, CELL).body
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr):
        exec(compile(ast.Module(body, []), CELL, "exec"), namespace)
        return None
    exec(compile(ast.Module(body[:-1], []), CELL, "exec"), namespace)
    value = eval(compile(ast.Expression(last.value), CELL, "eval"), namespace)
    return None if value is None else repr(value)


def _message(raised: Exception) -> str:
    return raised.msg if isinstance(raised, SyntaxError) else str(raised)


def _line(raised: Exception) -> int | None:
    """The innermost line of the program's own text that the error passed through."""
    if isinstance(raised, SyntaxError):
        return raised.lineno
    line, place = None, raised.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == CELL:
            line = place.tb_lineno
        place = place.tb_next
    return line
