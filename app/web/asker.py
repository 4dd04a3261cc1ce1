"""Who asks: a tab that names itself, else whoever is at an address. Good for fairness, not for authentication."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

# A random id of the tab: fairness is between pages, since a whole class may share one address.
PAGE_HEADER: Final = "X-Backpass-Page"
PAGE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def page_of(request: Request) -> str | None:
    """The id that the tab gave itself, where it has the documented form."""
    named = request.headers.get(PAGE_HEADER, "")
    return named if PAGE.fullmatch(named) else None


def address_of(request: Request) -> str:
    """The client's address, as far as it is known."""
    return request.client.host if request.client else ""
