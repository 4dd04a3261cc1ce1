"""Where the files are that are not code: static/ and templates/."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_HERE = Path(__file__).parent
# A wheel carries the top-level folders inside the package; a source tree has them beside it.
DATA: Final = _HERE / "_data" if (_HERE / "_data").is_dir() else _HERE.parent
