"""POST /api/trace and POST /api/edges: programs go to the worker, its bytes come back as they are."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.service import Crowd, Outcome, Service
from app.trace.schema import Trace
from app.web.answers import EdgesAnswer
from app.web.asker import address_of, page_of
from app.web.body import JsonBodyRoute
from app.web.encodings import accepts_gzip
from app.web.errors import ErrorAnswer
from app.web.models import EdgesRequest, TraceRequest
from app.web.observe.notes import note_answer, note_program

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorAnswer, "description": "Not JSON"},
    408: {"model": ErrorAnswer, "description": "The body did not arrive in time"},
    413: {"model": ErrorAnswer, "description": "Body over 64 kB"},
    415: {"model": ErrorAnswer, "description": "Not sent as application/json"},
    422: {
        "model": ErrorAnswer,
        "description": "JSON of another form, or the program has no such operation or element",
    },
    429: {
        "model": ErrorAnswer,
        "description": "Too many programs are waiting, or come from one address",
        "headers": {
            "Retry-After": {
                "required": True,
                "description": "seconds until another try makes sense",
                "schema": {"type": "integer", "minimum": 1},
            }
        },
    },
}

THREAD_BYTES: Final = 64 * 1024  # compressed; beyond, other requests would notice

router = APIRouter(prefix="/api", route_class=JsonBodyRoute, tags=["trace"], responses=REFUSALS)


@router.post(
    "/trace",
    summary="Run a program, get its graph and its backward pass",
    response_model=Trace,
    response_description="The trace, also of a program that failed",
)
async def trace(body: TraceRequest, request: Request) -> Response:
    """Also a program that fails is answered with 200: the trace up to the failure, and the error."""
    return await run(request, "trace", body.arguments())


@router.post(
    "/edges",
    summary="The edges of chosen elements, or between two tensors",
    response_model=EdgesAnswer,
    response_description="One relation, or the budget that it went over",
)
async def edges(body: EdgesRequest, request: Request) -> Response:
    """One relation: of an operation (`op`, `input`, `output`, elements), or over all paths (`from`, `to`)."""
    return await run(request, "edges", body.arguments())


async def run(request: Request, kind: str, arguments: dict[str, Any]) -> Response:
    """The service's answer. Raises BusyError and BadRequestError, and ClientDisconnect when nobody waits for it."""
    service: Service = request.app.state.service
    page = page_of(request)
    note_program(request.scope, kind, arguments["cells"], page)
    answer = asyncio.create_task(service.call(kind, arguments, page or Crowd(address_of(request))))
    leaving = asyncio.create_task(left(request))
    try:
        await asyncio.wait((answer, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise ClientDisconnect
        note_answer(request.scope, answer.result())
        return await encoded(answer.result().outcome, request)
    finally:
        leaving.cancel()
        answer.cancel()


async def encoded(outcome: Outcome, request: Request) -> Response:
    """The answer as it came compressed from the worker, unless the client cannot take that."""
    if outcome.compressed and accepts_gzip(request.headers.get("accept-encoding", "")):
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(outcome.body, media_type="application/json", headers=headers)
    large = len(outcome.body) > THREAD_BYTES
    body = await asyncio.to_thread(outcome.plain) if large else outcome.plain()
    return Response(body, media_type="application/json")


async def left(request: Request) -> None:
    """Returns when the client has closed its connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
