"""`"…{}…".format(…)`, parsed by ourselves: fields by position or name; attributes and items of them are read as the
same names in code would be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.engine.errors import TorchError
from app.interpreter.check.names import refuse_name
from app.interpreter.exceptions import raised
from app.interpreter.formatting import format_value
from app.interpreter.machine import Machine
from app.interpreter.protocol import read
from app.interpreter.records import Arguments, Keywords
from app.interpreter.subscripts import get_item
from app.interpreter.text import represent, to_text

PIECE = re.compile(r"([^{}]+)|(\{\{|\}\})|\{([^{}!:]*)(?:!([^{}:]*))?(?::((?:[^{}]|\{[^{}]*\})*))?\}")


FIELD = re.compile(r"([^.\[\]]*)((?:\.[^.\[\]]+|\[[^\]]+\])*)")
STEP = re.compile(r"\.([^.\[\]]+)|\[([^\]]+)\]")


class Fields:
    """The arguments of one `format` call; fields without a number take the next one."""

    def __init__(self, arguments: Arguments, keywords: Keywords) -> None:
        self.arguments = arguments
        self.keywords = keywords
        self.automatic = 0
        self.manual = False

    def value(self, machine: Machine, field: str) -> object:
        """What a field such as "0", "a", "a.x" or "a[0].y" stands for."""
        parts = FIELD.fullmatch(field)
        if parts is None:
            raise TorchError("ValueError", "Only '.' or '[' may follow ']' in format field specifier")
        found = self._first(machine, parts[1])
        for step in STEP.finditer(parts[2]):
            machine.budget.step()
            if step[1] is not None:
                refuse_name(step[1])
                found = read(machine, found, step[1])
            else:
                found = get_item(machine, found, int(step[2][:9]) if step[2].isdecimal() else step[2])
        return found

    def _first(self, machine: Machine, name: str) -> object:
        if name and not name.isdecimal():
            if name not in self.keywords:
                raise raised(machine, "KeyError", name)
            return self.keywords[name]
        index = self._index(name)
        if index >= len(self.arguments):
            raise TorchError("IndexError", f"Replacement index {index} out of range for positional args tuple")
        return self.arguments[index]

    def _index(self, name: str) -> int:
        if name:
            if self.automatic:
                raise TorchError(
                    "ValueError", "cannot switch from automatic field numbering to manual field specification"
                )
            self.manual = True
            return int(name[:6])
        if self.manual:
            raise TorchError("ValueError", "cannot switch from manual field specification to automatic field numbering")
        self.automatic += 1
        return self.automatic - 1


def format_template(machine: Machine, template: str, arguments: Arguments, keywords: Keywords) -> str:
    """`template.format(*arguments, **keywords)`."""
    machine.budget.container(len(template))
    return "".join(_pieces(machine, template, Fields(arguments, keywords)))


def _pieces(machine: Machine, template: str, fields: Fields) -> Iterator[str]:
    position = 0
    while position < len(template):
        piece = PIECE.match(template, position)
        if piece is None:
            wrong = "Single '}' encountered in format string"
            if template[position] == "{":
                closed = "}" in template[position:]
                wrong = "unexpected '{' in field name" if closed else "Single '{' encountered in format string"
                wrong = "expected '}' before end of string" if not closed and template[position + 1 :] else wrong
            raise TorchError("ValueError", wrong)
        position = piece.end()
        text = piece[1] or (piece[2] and piece[2][0]) or _field(machine, piece, fields)
        machine.budget.container(len(text))
        yield text


def _field(machine: Machine, piece: re.Match[str], fields: Fields) -> str:
    value = fields.value(machine, piece[3])
    if piece[4] is not None:
        value = converted(machine, value, piece[4])
    spec = piece[5] or ""
    if "{" in spec:
        spec = re.sub(r"\{([^{}]*)\}", lambda part: to_text(machine, fields.value(machine, part[1])), spec)
    return format_value(machine, value, spec)


def converted(machine: Machine, value: object, conversion: str) -> str:
    """`value` after `!r`, `!s` or `!a`."""
    if conversion == "s":
        return to_text(machine, value)
    if conversion in ("r", "a"):
        text = represent(machine, value)
        return text.encode("ascii", "backslashreplace").decode() if conversion == "a" else text
    raise TorchError("ValueError", f"Unknown conversion specifier '{conversion[:20]}'")
