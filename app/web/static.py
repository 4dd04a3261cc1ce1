"""The files under /static. Pages name them by a tag of their content, so browsers keep them until one changes."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
import os
import time
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from app.paths import DATA, modules_digest
from app.web.encodings import accepts_gzip
from app.web.root import inside

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

# What shrinks, from this size on. A class that opens the page at once would else compress each file 300 times.
PACKED: Final = {".css", ".js", ".json", ".svg"}
PACKED_BYTES: Final = 1000

PathLike = str | os.PathLike[str]
Stamp = tuple[tuple[str, int, int], ...]


def base() -> str:
    """The address under which pages name the files as they are now."""
    return _base(int(time.monotonic()))


def scripts() -> dict[str, object]:
    """The page's script, what it will import, and its style sheet, relative to `base()`.

    That are the bundles where they were made from the present files, else the files, the modules asked for at once.
    """
    return _scripts(int(time.monotonic()))


@functools.lru_cache(maxsize=1)
def _base(_second: int) -> str:
    """Looked up once a second at most: a class opens many pages at once, and each asks for many files."""
    return f"/static/{TAG}{_tag(_stamp())}"


@functools.lru_cache(maxsize=1)
def _scripts(_second: int) -> dict[str, object]:
    """Looked up once a second at most, too."""
    return _scripts_of(_stamp())


@functools.lru_cache(maxsize=1)
def _scripts_of(_stamp: Stamp) -> dict[str, object]:
    made_of = ROOT / "vendor" / "page.stamp"
    if made_of.is_file() and made_of.read_text("ascii") == modules_digest(ROOT):
        return {"entry": "vendor/page.js", "imports": [], "sheet": "vendor/page.css"}
    modules = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "js").rglob("*.js"))
    return {"entry": "js/main.js", "imports": modules, "sheet": "css/page.css"}


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
        scope.setdefault("state", {})["lasting"] = inside(scope).startswith(f"{base()}/")
        await super().__call__(scope, receive, send)

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A text for a reader who takes gzip: out of memory, compressed once and not once per reader."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        if not isinstance(answer, FileResponse) or not is_packable(Path(full_path), stat_result, Headers(scope=scope)):
            return answer
        packed = _packed(str(full_path), stat_result.st_mtime_ns)
        kept = {name: answer.headers[name] for name in ("content-type", "etag", "last-modified")}
        return Response(packed, status_code, {**kept, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"})

    def get_path(self, scope: Scope) -> str:
        """The file's path without its tag."""
        path = Path(super().get_path(scope))
        return str(Path(*path.parts[1:])) if path.parts and path.parts[0].startswith(TAG) else str(path)


def is_packable(path: Path, stat: os.stat_result, asked: Headers) -> bool:
    """Whether the file is worth compressing, and this reader wants it whole and compressed."""
    worth = path.suffix in PACKED and stat.st_size >= PACKED_BYTES
    return worth and "range" not in asked and accepts_gzip(asked.get("accept-encoding", ""))


@functools.lru_cache(maxsize=1000)
def _packed(path: str, _changed: int) -> bytes:
    """A file, compressed. All of ours together are 1 MB."""
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


def files() -> Files:
    """The application that serves them."""
    for ending, media_type in MEDIA_TYPES.items():
        mimetypes.add_type(media_type, ending)
    return Files(directory=ROOT)
