"""The files under /static. Pages name them by a tag of their content, so browsers keep them until one changes."""

from __future__ import annotations

import functools
import hashlib
import mimetypes
import time
from pathlib import Path
from typing import Final

from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from app.paths import DATA, modules_digest

ROOT: Final = DATA / "static"
TAG: Final = "@"
"""What the segment of a tag begins with: /static/@0a1b2c3d/js/main.js."""

# A machine's registry may say text/plain for .js, or nothing for fonts; under nosniff browsers then refuse.
MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

Stamp = tuple[tuple[str, int, int], ...]


def base() -> str:
    """The address under which pages name the files as they are now."""
    return _base(int(time.monotonic()))


@functools.lru_cache(maxsize=1)
def _base(_second: int) -> str:
    """Looked up once a second at most: a page asks for some two hundred files at once."""
    return f"/static/{TAG}{_tag(_stamp())}"


def scripts() -> dict[str, object]:
    """The page's script and what it will import, relative to `base()`.

    That is the bundle where it was made from the present modules, else the modules, all asked for at once.
    """
    return _scripts(_stamp())


@functools.lru_cache(maxsize=1)
def _scripts(_stamp: Stamp) -> dict[str, object]:
    made_of = ROOT / "vendor" / "page.stamp"
    if made_of.is_file() and made_of.read_text("ascii") == modules_digest(ROOT):
        return {"entry": "vendor/page.js", "imports": []}
    modules = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "js").rglob("*.js"))
    return {"entry": "js/main.js", "imports": modules}


def _stamp() -> Stamp:
    """Path, time and size of every file: cheap to take, and different as soon as a file is."""
    files = (path for path in sorted(ROOT.rglob("*")) if path.is_file())
    return tuple((str(path), (stat := path.stat()).st_mtime_ns, stat.st_size) for path in files)


@functools.lru_cache(maxsize=1)
def _tag(stamp: Stamp) -> str:
    """The same for the same files on every machine."""
    digest = hashlib.sha256()
    for path, _, size in stamp:
        digest.update(f"{Path(path).relative_to(ROOT).as_posix()} {size}\n".encode())
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:12]


class Files(StaticFiles):
    """Serves a file with or without a tag; under the present tag it may be kept for good."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Notes for the outermost layer, which writes the headers, whether the address names this very content."""
        scope.setdefault("state", {})["lasting"] = scope["path"].startswith(f"{base()}/")
        await super().__call__(scope, receive, send)

    def get_path(self, scope: Scope) -> str:
        """The file's path without its tag."""
        path = Path(super().get_path(scope))
        return str(Path(*path.parts[1:])) if path.parts and path.parts[0].startswith(TAG) else str(path)


def files() -> Files:
    """The application that serves them."""
    for ending, media_type in MEDIA_TYPES.items():
        mimetypes.add_type(media_type, ending)
    return Files(directory=ROOT)
