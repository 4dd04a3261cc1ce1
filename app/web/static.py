"""The files under /static. A path that no file system can hold is a file that does not exist."""

from __future__ import annotations

import os

from starlette.staticfiles import StaticFiles


class TolerantStaticFiles(StaticFiles):
    """StaticFiles whose look-up never fails for odd characters."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The file's full path and status; ("", None) without one, also for NUL and half surrogates."""
        try:
            return super().lookup_path(path)
        except ValueError:
            return "", None
