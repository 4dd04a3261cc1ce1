"""The outermost layer: gives every request an id, and tells how it ended once it has."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.observe.notes import Notes, notes_of

HEADER: Final = b"x-request-id"
CURRENT: Final[contextvars.ContextVar[str | None]] = contextvars.ContextVar("request", default=None)
"""The id of the request that the running code serves, for log lines."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
FILES: Final = "/static"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Ended:
    """A request that has been answered, or given up by its client."""

    method: str
    route: str
    """Its template, such as /api/programs/{slug}; `unknown` for a path that nothing serves."""
    status: int | None
    """None: the client left before there was an answer."""
    seconds: float
    size: int
    """Bytes of the body that was sent."""
    client: str
    notes: Notes


class Watch:
    """ASGI middleware. `tell` is called once per request, after its last byte."""

    def __init__(self, app: ASGIApp, tell: Callable[[Ended], None]) -> None:
        self.app = app
        self.tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; whatever comes of it is told."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        notes = notes_of(scope)
        status: int | None = None
        size = 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, notes.request.encode())]
            else:
                size += len(message.get("body", b""))
            await send(message)

        current = CURRENT.set(notes.request)
        try:
            await self.app(scope, receive, counted)
        except Exception:
            status = 500  # also where half of an answer was sent
            raise
        finally:
            seconds = time.perf_counter() - began
            self.tell(Ended(method_of(scope), route_of(scope), status, seconds, size, client_of(scope), notes))
            CURRENT.reset(current)


def method_of(scope: Scope) -> str:
    """The method, or `other` for one that nothing here answers to: a client may invent any."""
    return scope["method"] if scope["method"] in METHODS else "other"


def route_of(scope: Scope) -> str:
    """The template of the route that served the request, never its path."""
    route: Any = scope.get("route")
    if route is not None:
        return str(getattr(route, "path", UNKNOWN))
    return FILES if "endpoint" in scope else UNKNOWN


def client_of(scope: Scope) -> str:
    """The client's address, as far as it is known."""
    client = scope.get("client")
    return client[0] if client else ""
