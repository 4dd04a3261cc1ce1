"""The whole way from pasted text to code: line ends, fences, prompts, odd spaces."""

import re
from dataclasses import dataclass
from functools import cached_property

from app.interpreter.paste.fences import outside_fences
from app.interpreter.paste.kept import Kept
from app.interpreter.paste.prompts import keep_code
from app.interpreter.paste.scanner import Scanner
from app.interpreter.paste.split import LINE_END

WIDE_SPACES = "\u00a0\u3000\u2002\u2003\u2009\u202f\u2007"
NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
ODD = re.compile(f"[{WIDE_SPACES}{NO_WIDTH}]")


@dataclass(frozen=True)
class Line:
    """One line of code and where its characters stood in the line that was sent."""

    text: str
    cut: int = 0  # characters cut off before the first one
    removed: tuple[int, ...] = ()  # indices (after the cut) of characters that vanished

    def sent_index(self, index: int) -> int:
        """The index in the sent line of character `index` of the code line."""
        for gone in self.removed:
            if gone > index:
                break
            index += 1
        return index + self.cut


@dataclass(frozen=True)
class Pasted:
    """The code that runs, and per line how to find the way back."""

    sent: list[str]
    lines: list[Line]

    @cached_property
    def code(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def column(self, line: int, index: int) -> int:
        """UTF-16 column, in the sent text, of character `index` of code line `line` (from 1)."""
        if not 1 <= line <= len(self.lines):
            return 0
        sent = self.sent[line - 1]
        index = self.lines[line - 1].sent_index(index)
        return index if sent.isascii() else len(sent[:index].encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> Pasted:
    """What of `text` is code, line by line."""
    sent = LINE_END.split(text)
    kept = [Kept(line) for line in sent]
    if sent[0].startswith("\ufeff"):
        kept[0] = Kept(sent[0][1:], 1)
    kept = keep_code(outside_fences(kept))
    if ODD.search(text) is None:
        return Pasted(sent, [Line(line.text, line.cut) for line in kept])
    return Pasted(sent, _plain_spaces(kept))


def _plain_spaces(kept: list[Kept]) -> list[Line]:
    scanner = Scanner()
    lines = []
    for line in kept:
        characters = list(line.text)
        removed = []
        for index in scanner.read(line.text):
            if characters[index] in WIDE_SPACES:
                characters[index] = " "
            elif characters[index] in NO_WIDTH:
                characters[index] = ""
                removed.append(index)
        lines.append(Line("".join(characters), line.cut, tuple(removed)))
    return lines
