"""Where the files are that are not code: static/ and templates/."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_HERE = Path(__file__).parent
# A wheel carries the top-level folders inside the package; a source tree has them beside it.
DATA: Final = _HERE / "_data" if (_HERE / "_data").is_dir() else _HERE.parent


def modules_digest(static: Path) -> str:
    """SHA-256 of the page's own modules and style sheets: what their bundles were made from, whatever the line ends."""
    digest = hashlib.sha256()
    for path in sorted([*(static / "js").rglob("*.js"), *(static / "css").rglob("*.css")]):
        digest.update(f"{path.relative_to(static).as_posix()}\0{path.read_text('utf-8')}\0".encode())
    return digest.hexdigest()
