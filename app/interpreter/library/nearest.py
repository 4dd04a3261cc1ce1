"""The nearest supported name, for the hint under an error about a name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from app.engine.errors import TorchError


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None."""
    lowered: dict[str, str] = {}
    for candidate in known:
        if not candidate.startswith("__"):
            lowered.setdefault(candidate.lower(), candidate)
    close = difflib.get_close_matches(name[:60].lower(), lowered, 1, 0.6)
    return lowered[close[0]] if close else None


def nearest(code: str, name: str, known: Iterable[str], prefix: str = "") -> tuple[str, dict[str, object]]:
    """The hint code and its values: `code` with the nearest name, `code`-alone when nothing is near."""
    found = nearest_name(name, known)
    if found is None:
        return f"{code}-alone", {"name": prefix + name}
    return code, {"name": prefix + name, "nearest": prefix + found}


def unsupported(full: str, name: str, known: Iterable[str], prefix: str) -> TorchError:
    """What reading a name that we do not have gives: "not supported yet: torch.xyz"."""
    code, values = nearest("unsupported-name", name, known, prefix)
    return TorchError("NotImplementedError", f"not supported yet: {full[:60]}", code, **values)
