"""What one picture of the design is to a test: what to run, what to do, which marks to find."""

from __future__ import annotations

from dataclasses import dataclass

Act = tuple[str, str]
"""What a reader does: ("press", key), ("click", selector), ("hover", selector), ("step", label on the timeline)."""


@dataclass(frozen=True)
class State:
    """One picture. `marks`: what it shows, in words, with the selector that finds it and the least number of them."""

    name: str
    marks: dict[str, tuple[str, int]]
    cells: tuple[str, ...] = ()
    address: str = "/"
    acts: tuple[Act, ...] = ()
    size: tuple[int, int] = (1440, 900)
    lang: str = "zh"
    dark: bool = False
    media: str = "screen"

    def __post_init__(self) -> None:
        """A picture that looks for nothing would always be right."""
        if not self.marks or any(least < 1 for _, least in self.marks.values()):
            raise ValueError(f"{self.name}: every state looks for marks, and for one of each at least")

    def url(self) -> str:
        """Where the page is opened: the language goes before the part that names the program."""
        path, hash_sign, place = self.address.partition("#")
        return f"{path}?lang={self.lang}{hash_sign}{place}"
