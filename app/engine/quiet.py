"""A run as the library's own code sees it: everything is the run's, but `here` stays where the student called."""

from __future__ import annotations

from typing import Any

from app.engine.run import Run


class Quiet(Run):
    """Reads and writes go to the run behind it; what is written to `here` is dropped."""

    def __init__(self, run: Run) -> None:
        object.__setattr__(self, "behind", run)

    def __getattribute__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "behind"), name)

    def __setattr__(self, name: str, value: object) -> None:
        if name != "here":
            setattr(object.__getattribute__(self, "behind"), name, value)
