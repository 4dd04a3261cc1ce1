"""Request bodies: read with a limit, and strictly JSON, before anything else looks at them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine
from typing import Any, Final, NoReturn

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from app.web import flood
from app.web.errors import RequestError

BODY_BYTES: Final = 64 * 1024
BODY_SECONDS: Final = 10.0
DEEPEST: Final = 950  # nothing that we take is nested more than 3 deep
STRINGS: Final = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS: Final = re.compile(rb"[\[\]{}]")
# A client that is still sending may not read our answer; so much more of its body is thrown away.
DISCARDED_BYTES: Final = 16 * BODY_BYTES

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class JsonBodyRoute(APIRoute):
    """A route whose body is vetted first: its size, its type, its syntax."""

    def get_route_handler(self) -> Handler:
        """FastAPI's own handler behind the checks."""
        handle = super().get_route_handler()

        async def vetted(request: Request) -> Response:
            body = await read(request)
            flood.require_calm(request)
            require_json_type(request)
            require_strict_json(body)
            return await handle(Request(request.scope, replay(body, request.receive)))

        return vetted


def require_json_type(request: Request) -> None:
    """Raises RequestError 415 unless the body is declared as JSON."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared != "application/json":
        raise RequestError(415, "UnsupportedMediaType", "send the body as Content-Type: application/json")


async def read(request: Request) -> bytes:
    """The whole body. Raises RequestError 413 beyond BODY_BYTES, 408 when it takes longer than BODY_SECONDS."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await within_limit(request)
    except TimeoutError:
        message = f"the body did not arrive within {BODY_SECONDS:g} s"
        raise RequestError(408, "RequestTimeout", message, {"Connection": "close"}) from None


async def within_limit(request: Request) -> bytes:
    """The whole body. Raises RequestError 413 beyond BODY_BYTES, whatever length was declared."""
    declared = request.headers.get("content-length", "")
    if "expect" in request.headers and declared.isdecimal() and int(declared[:9]) > BODY_BYTES:
        raise too_large()  # it asks before it sends
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= BODY_BYTES:
            parts.append(part)
        elif size > BODY_BYTES + DISCARDED_BYTES:
            break
    if size > BODY_BYTES:
        raise too_large()
    return b"".join(parts)


def too_large() -> RequestError:
    """The refusal of a body over the limit; what is left of it is not read."""
    return RequestError(413, "ContentTooLarge", f"the body is larger than {BODY_BYTES} bytes", {"Connection": "close"})


def require_strict_json(body: bytes) -> None:
    """Raises RequestError 400 for what is not JSON (RFC 8259), 422 for JSON that text cannot hold."""
    if _nesting(body) > DEEPEST:  # before the parser, which is as deep as the host's stack allows
        raise RequestError(400, "InvalidJSON", "the body is not JSON that can be read")
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise RequestError(422, "ValidationError", "the body holds half of a surrogate pair") from None
    except _DuplicateKeyError:
        raise RequestError(422, "ValidationError", "the body names one key twice") from None
    except (ValueError, RecursionError):  # ValueError: syntax, encoding, a number of thousands of digits
        raise RequestError(400, "InvalidJSON", "the body is not JSON that can be read") from None


def _nesting(body: bytes) -> int:
    """How deep brackets stand in each other, outside of strings."""
    deepest = depth = 0
    for bracket in BRACKETS.findall(STRINGS.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


class _DuplicateKeyError(Exception):
    pass


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _DuplicateKeyError
    return made


def replay(body: bytes, receive: Receive) -> Receive:
    """A receive channel that gives the body that was read already, and then what else the client does: it leaves."""
    left = [body]

    async def again() -> Message:
        return {"type": "http.request", "body": left.pop(), "more_body": False} if left else await receive()

    return again
