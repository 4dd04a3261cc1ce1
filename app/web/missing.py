"""404: a page for people, JSON for programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from app.web import errors, pages


async def on_missing(request: Request, error: Exception) -> Response:
    """What a path without a route gets."""
    if pages.wants_page(request):
        return pages.page(request, "404.html", status=404)
    return await errors.on_http_exception(request, error)
