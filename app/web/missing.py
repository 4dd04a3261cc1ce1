"""404: a page for people, JSON for programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.web import errors, pages
from app.web.root import inside, root_of


async def on_missing(request: Request, error: Exception) -> Response:
    """What a path without a route gets."""
    if (page := inside(request.scope).rstrip("/")) in pages.PATHS and request.method in {"GET", "HEAD"}:
        return RedirectResponse(root_of(request.scope) + page)  # typed with a slash at its end
    if pages.wants_page(request):
        return pages.page(request, "404.html", status=404)
    return await errors.on_http_exception(request, error)
