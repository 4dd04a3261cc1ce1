"""POST /api/trace and POST /api/edges: programs go to the worker, its bytes come back as they are."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.service import Worker
from app.trace.schema import Trace
from app.web.answers import EdgesAnswer
from app.web.body import JsonBodyRoute
from app.web.errors import ErrorAnswer
from app.web.models import EdgesRequest, TraceRequest

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorAnswer, "description": "Not JSON"},
    413: {"model": ErrorAnswer, "description": "Body over 64 kB"},
    415: {"model": ErrorAnswer, "description": "Not sent as application/json"},
    422: {
        "model": ErrorAnswer,
        "description": "JSON of another form, or the program has no such operation or element",
    },
    429: {"model": ErrorAnswer, "description": "Too many programs are waiting; see Retry-After"},
}

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
    """The worker's answer. Raises BusyError and BadRequestError."""
    worker: Worker = request.app.state.worker
    return Response(await worker.call(kind, arguments), media_type="application/json")
