"""Errors of student programs: raised by them, by Python's rules, or by the engine; and how they are reported."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.engine.errors import ProgramRaisedError, TorchError
from app.interpreter.records import Instance
from app.interpreter.source import Span


class RaisedError(ProgramRaisedError):
    """A student's exception on its way up. `place` and `trail` say where it was raised and through which calls."""

    def __init__(self, value: Instance, place: object = None, trail: tuple[object, ...] = ()) -> None:
        super().__init__()
        self.value = value
        self.place = place
        self.trail = trail
        self.code: str | None = None
        self.values: dict[str, object] = {}

    def told(self) -> TorchError:
        args = self.value.attributes.get("args", ())
        text = args[0] if type(args) is tuple and args and type(args[0]) is str else ""
        return TorchError(self.value.cls.name, text, self.code, **self.values)


class RefusedError(Exception):
    """A program that never starts: it cannot be read, or uses what the allow-list does not have."""

    def __init__(self, type: str, message: str, span: Span | None, code: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.type = type
        self.message = message
        self.span = span
        self.code = code
        self.values = values


@dataclass(frozen=True)
class ProgramError:
    """What stopped a cell. `calls` are the places of the calls that led to `span`, outermost first."""

    type: str
    message: str
    code: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    span: Span | None = None
    calls: tuple[Span, ...] = ()


def type_error(message: str) -> TorchError:
    """A TypeError that a program may catch."""
    return TorchError("TypeError", message)


def value_error(message: str) -> TorchError:
    """A ValueError that a program may catch."""
    return TorchError("ValueError", message)


def attribute_error(message: str) -> TorchError:
    """An AttributeError that a program may catch."""
    return TorchError("AttributeError", message)


def no_attribute(shown: str, name: str) -> TorchError:
    """Python's words for a missing attribute; `shown` names the value's type."""
    error = attribute_error(f"'{shown}' object has no attribute '{name}'")
    error.code = "none-value" if shown == "NoneType" else None
    return error
