"""The form of log lines; what an exception says stays out of them."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from app.web.observe.lines import TOLD, JsonLines, TextLines


def record(message: str, *, error: BaseException | None = None, **told: object) -> logging.LogRecord:
    """A record as a logger makes it."""
    exception = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("backpass.test", logging.WARNING, __file__, 1, message, (), exception)
    setattr(made, TOLD, told)
    return made


def raised() -> BaseException:
    """An error with a cause; both quote a program."""
    try:
        try:
            raise KeyError("loss = secret()")
        except KeyError as cause:
            raise ValueError("loss = secret()") from cause
    except ValueError:
        error = sys.exc_info()[1]
        assert error is not None
        return error


def test_json_holds_the_fields() -> None:
    line = JsonLines().format(record("said", route="/api/trace", ms=1.5))
    fields = json.loads(line)
    assert fields["message"] == "said"
    assert (fields["level"], fields["logger"], fields["route"], fields["ms"]) == (
        "warning",
        "backpass.test",
        "/api/trace",
        1.5,
    )
    assert fields["time"].endswith("Z")
    assert len(fields["time"]) == len("2026-09-01T08:00:00.123Z")


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_a_message_cannot_make_a_second_line(form: logging.Formatter) -> None:
    line = form.format(record("one\ntwo\r\x1b[31m\u2028three"))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_an_exception_is_its_type_and_its_places(form: logging.Formatter) -> None:
    line = form.format(record("failed", error=raised()))
    assert "secret" not in line
    assert "ValueError" in line
    assert "KeyError" in line
    assert "test_lines.py" in line
    assert " raised" in line


def test_text_has_the_fields_behind_the_message() -> None:
    line = TextLines().format(record("POST /api/trace 200", status=200, ms=2.5, page=None, cached=False, budget="x\ny"))
    assert line[8:] == " warning POST /api/trace 200 ms=2.5 budget=x y"
