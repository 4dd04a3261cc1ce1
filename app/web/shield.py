"""The outermost layer: security headers on every answer, and no failure of ours without an id and a shape."""

from __future__ import annotations

import logging
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import encodings, errors
from app.web.observe.notes import notes_of
from app.web.root import inside

LOG: Final = logging.getLogger("backpass.web")

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


# For old browsers. It cannot list origins, and some browsers let it win: absent where others may frame.
FRAME_OPTIONS: Final = {"'self'": "SAMEORIGIN", "'none'": "DENY"}


def frame_ancestors(setting: str, framable: bool) -> str:
    """Who may frame an answer. `setting`: origins that rule every page, `none`, or nothing: then `framable` decides."""
    if setting == "none":
        return "'none'"
    if setting:
        return f"'self' {setting}"
    return "*" if framable else "'self'"


def content_security_policy(ancestors: str, nonce: str | None) -> str:
    """The policy of one answer. `nonce` admits the page's import map and the editor's style sheet."""
    inline = f" 'nonce-{nonce}'" if nonce else ""
    directives = [
        "default-src 'none'",
        f"script-src 'self'{inline}",
        f"style-src 'self'{inline}",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors {ancestors}",
    ]
    return "; ".join(directives)


class Shield:
    """ASGI middleware around everything, the framework's own error answers included."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self.app = app
        self.frame_ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and completes the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        encodings.settle(scope)
        started = False

        async def completed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._complete(scope, MutableHeaders(scope=message))
            await send(message)

        try:
            await self.app(scope, receive, completed)
        except ClientDisconnect:
            return  # it went away while it was sending; nobody is left to answer
        except Exception:
            reference = notes_of(scope).request
            LOG.exception("request %s failed", reference)
            if started:
                raise
            message = f"the server failed; its log knows this as {reference}"
            await errors.answer(500, "InternalError", message)(scope, receive, completed)

    def _complete(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in FIXED.items():
            headers[name] = value
        nonce = scope["state"].get("nonce")
        framable = scope["state"].get("framable", False)
        ancestors = frame_ancestors(self.frame_ancestors, framable)
        headers["Content-Security-Policy"] = content_security_policy(ancestors, nonce)
        if ancestors in FRAME_OPTIONS:
            headers["X-Frame-Options"] = FRAME_OPTIONS[ancestors]
        elif framable:  # its frame may stand in a page that takes in nothing else
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        headers["Cache-Control"] = keeping(scope, headers)


def keeping(scope: Scope, headers: MutableHeaders) -> str:
    """How long an answer may be kept: a page is asked for again each time and names its files by their content."""
    if scope["state"].get("lasting"):
        return "public, max-age=31536000, immutable"
    page = inside(scope).startswith("/static/") or headers.get("content-type", "").startswith("text/html")
    return "no-cache" if page else "no-store"
