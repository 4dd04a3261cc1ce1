"""Where workers stand: an empty folder of their own, or the root where the machine lets nothing be written."""

from __future__ import annotations

import os
import tempfile


class Folder:
    """A working directory. It is a layer and no foundation: confined workers open no file wherever they stand."""

    def __init__(self) -> None:
        self._made: tempfile.TemporaryDirectory[str] | None = None
        try:
            self._made = tempfile.TemporaryDirectory(prefix="backpass-", ignore_cleanup_errors=True)
            self.path = self._made.name
        except OSError:  # read-only, full, or not ours to write
            self.path = os.sep

    def remove(self) -> None:
        """Removes what was made."""
        if self._made is not None:
            self._made.cleanup()
