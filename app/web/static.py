"""The files under /static, each with its own media type whatever the machine believes of its ending."""

from __future__ import annotations

import mimetypes
from typing import Final

from starlette.staticfiles import StaticFiles

from app.paths import DATA

# A machine's registry may say text/plain for .js, or nothing for fonts; under nosniff browsers then refuse.
MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def files() -> StaticFiles:
    """The application that serves them."""
    for ending, media_type in MEDIA_TYPES.items():
        mimetypes.add_type(media_type, ending)
    return StaticFiles(directory=DATA / "static")
