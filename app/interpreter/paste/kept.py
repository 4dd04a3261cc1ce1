"""A line on its way from pasted text to code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """The code of one line and how many characters stood before it."""

    text: str
    cut: int = 0

    def after(self, count: int) -> Kept:
        return Kept(self.text[count:], self.cut + count)


NOTHING = Kept("")
