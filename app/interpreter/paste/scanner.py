"""Which characters of Python-like text stand inside strings and comments, told without a parser.

The text may not be valid Python yet, so this reads quotes, comments and brackets only. A string in single
quotes ends with its line (a stray apostrophe in prose costs one line); triple quotes run on.
"""

from dataclasses import dataclass, field


@dataclass
class Scanner:
    """Reads lines in order; `triple` is the open triple quote and `depth` the open brackets between lines."""

    triple: str | None = None
    depth: int = 0
    code: list[int] = field(default_factory=list)

    def read(self, line: str) -> list[int]:
        """The indices of `line` that are code: outside strings and comments."""
        self.code = []
        position = 0
        while position < len(line):
            position = self._inside(line, position) if self.triple else self._outside(line, position)
        return self.code

    def _inside(self, line: str, position: int) -> int:
        assert self.triple is not None
        end = line.find(self.triple, position)
        while end > 0 and line[end - 1] == "\\":
            end = line.find(self.triple, end + 1)
        if end < 0:
            return len(line)
        self.triple = None
        return end + 3

    def _outside(self, line: str, position: int) -> int:
        character = line[position]
        if character == "#":
            return len(line)
        if character in "'\"":
            return self._string(line, position)
        if character in "([{":
            self.depth += 1
        elif character in ")]}":
            self.depth = max(0, self.depth - 1)
        self.code.append(position)
        return position + 1

    def _string(self, line: str, position: int) -> int:
        quote = line[position]
        if line.startswith(quote * 3, position):
            self.triple = quote * 3
            return position + 3
        position += 1
        while position < len(line) and line[position] != quote:
            position += 2 if line[position] == "\\" else 1
        return position + 1
