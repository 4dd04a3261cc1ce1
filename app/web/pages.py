"""The HTML pages: the workbench, the reference of the API, and the page that is not there."""

from __future__ import annotations

import secrets
from typing import Any, Final

from fastapi import APIRouter
from fastapi.templating import Jinja2Templates
from starlette.requests import Request
from starlette.responses import Response

from app import __version__, locales
from app.paths import DATA
from app.web import reference, static
from app.web.root import inside, root_of

TEMPLATES: Final = Jinja2Templates(DATA / "templates")

PATHS: Final = frozenset({"/embed", "/docs", "/privacy"})

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def index(request: Request) -> Response:
    """The workbench."""
    return page(request, "index.html", scripts=static.scripts())


@router.api_route("/embed", methods=["GET", "HEAD"])
async def embed(request: Request) -> Response:
    """The workbench for an iframe of anybody's page. It holds nothing of the reader's, so any page may show it."""
    request.scope["state"]["framable"] = True
    return page(request, "embed.html", scripts=static.scripts())


@router.api_route("/docs", methods=["GET", "HEAD"])
async def docs(request: Request) -> Response:
    """The API's reference, drawn from /openapi.json without any request off this machine."""
    return page(request, "docs.html", about=request.app.description, reference=reference.of(request.app.openapi()))


def page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A page in the reader's language, with a nonce for the two inline parts that it may have."""
    language = language_of(request)
    nonce = secrets.token_urlsafe(16)
    request.scope["state"]["nonce"] = nonce
    root = root_of(request.scope)
    common = {
        "nonce": nonce,
        "lang": language,
        "strings": locales.catalogue(language),
        "version": __version__,
        "root": root,
        "static": root + static.base(),
    }
    headers = {"Content-Language": "zh-CN" if language == "zh" else "en", "Vary": "Accept-Language"}
    return TEMPLATES.TemplateResponse(request, template, {**common, **context}, status, headers)


def language_of(request: Request) -> locales.Language:
    """What `?lang=` says, else the browser's preference."""
    asked = request.query_params.get("lang")
    for language in locales.LANGUAGES:
        if asked == language:
            return language
    return locales.preferred(request.headers.get("accept-language", ""))


def wants_page(request: Request) -> bool:
    """Whether a person is looking: a browser that navigates names text/html, a script does not."""
    return "text/html" in request.headers.get("accept", "") and not inside(request.scope).startswith("/api/")
