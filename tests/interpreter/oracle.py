"""CPython as the oracle: the same program run by Python itself and by the interpreter."""

from __future__ import annotations

import contextlib
import io

from app.interpreter import CellResult, run_cells

Outcome = tuple[str, str | None, str | None]  # printed text, error type, error message


def by_python(code: str) -> Outcome:
    """What CPython prints and raises. Only for the texts of our own tables."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "<oracle>", "exec", dont_inherit=True), {"__name__": "__main__"})
    except BaseException as error:
        return (
            printed.getvalue(),
            type(error).__name__,
            str(error.msg if isinstance(error, SyntaxError) else error),
        )
    return printed.getvalue(), None, None


def result_of(code: str) -> CellResult:
    """The result of one cell."""
    return run_cells([code]).cells[0]


def by_us(code: str) -> Outcome:
    """What the interpreter prints and reports."""
    result = result_of(code)
    error = result.error
    return (result.stdout, None, None) if error is None else (result.stdout, error.type, error.message)


def printed(code: str) -> str:
    """The printed text of a program that must not fail."""
    result = result_of(code)
    assert result.error is None, result.error
    return result.stdout
