"""Errors about names, and the nearest supported name for the hint under them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.engine.errors import TorchError

NAMES = Path(__file__).with_name("pytorch_names.txt")
CLOSE = 0.6
LONGEST = 60


@dataclass(frozen=True)
class Candidates:
    """The names to look among. Looking takes milliseconds, so it waits until an error is reported."""

    name: str
    known: tuple[str, ...]
    prefix: str = ""

    def nearest(self) -> str | None:
        """The known name most like `name`, with the prefix, or None."""
        lowered: dict[str, str] = {}
        for candidate in self.known:
            if not candidate.startswith("__"):
                lowered.setdefault(candidate.lower(), candidate)
        close = difflib.get_close_matches(self.name[:LONGEST].lower(), lowered, 1, CLOSE)
        return self.prefix + lowered[close[0]] if close else None


def about(error: TorchError, code: str, name: str, known: Iterable[str], prefix: str = "") -> TorchError:
    """`error` with the hint `code`, whose nearest name is still to be looked up."""
    error.code = code
    error.values = {
        "name": prefix + name[:LONGEST],
        "nearest": Candidates(name, tuple(known), prefix),
    }
    return error


def settled(code: str | None, values: dict[str, object]) -> tuple[str | None, dict[str, object]]:
    """A hint with its nearest name looked up; `code`-alone when nothing is near."""
    candidates = values.get("nearest")
    if code is None or type(candidates) is not Candidates:
        return code, values
    found = candidates.nearest()
    rest = {key: value for key, value in values.items() if key != "nearest"}
    return (f"{code}-alone", rest) if found is None else (code, {**rest, "nearest": found})


def _pytorch() -> dict[str, frozenset[str]]:
    """The names that PyTorch has, by module."""
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {module: frozenset(names) for module, names in sections.items()}


EXPLAINED: dict[tuple[str, str], str] = {}
"""Names that a library once had, with its own words about them."""
PYTORCH = _pytorch()  # read at import: where programs run, no file may be opened


def unsupported(owner: str, name: str, known: Iterable[str]) -> TorchError:
    """What reading `owner.name` gives when we do not have it: PyTorch's names are "not supported yet"."""
    if name in PYTORCH.get(owner, ()):
        error = TorchError("NotImplementedError", f"not supported yet: {owner}.{name}")
    elif (owner, name) in EXPLAINED:
        return TorchError("AttributeError", EXPLAINED[owner, name])
    elif owner == "Tensor":
        error = TorchError("AttributeError", f"'Tensor' object has no attribute '{name[:LONGEST]}'")
    else:
        error = TorchError("AttributeError", f"module '{owner}' has no attribute '{name[:LONGEST]}'")
    return about(error, "unsupported-name", name, known, f"{owner}.")
