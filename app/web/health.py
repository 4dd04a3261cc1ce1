"""Questions that machines ask about the server: is it up, can it run programs, how is it doing."""

from __future__ import annotations

from typing import Any, Final, Literal

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.web.errors import ErrorAnswer, RequestError
from app.web.observe.observer import Observer

NOT_READY: Final[dict[int | str, dict[str, Any]]] = {
    503: {"model": ErrorAnswer, "description": "No program can be run; the message says why"}
}
METRICS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
    403: {"model": ErrorAnswer, "description": "Not for this address, or asked through a proxy"},
    404: {"model": ErrorAnswer, "description": "Switched off"},
}

router = APIRouter(tags=["service"])


class Health(BaseModel):
    """The server is up, and which one it is."""

    status: Literal["ok"] = "ok"
    version: str = __version__


class Ready(BaseModel):
    """Programs can be run."""

    status: Literal["ready"] = "ready"
    version: str = __version__


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="Is the server up?", response_description="It is")
async def healthz() -> Health:
    """Answers while the process serves requests. It asks neither worker nor disk."""
    return Health()


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="Can it run programs?", response_description="It can", responses=NOT_READY)
async def readyz(request: Request) -> Ready:
    """Runs a small program, unless one has been run within the last two seconds."""
    observer: Observer = request.app.state.observer
    reason = await observer.readiness.reason() if observer.readiness else "the server is starting"
    if reason is not None:
        raise RequestError(503, "NotReady", reason, {"Retry-After": "1"})
    return Ready()


@router.get(
    "/metrics",
    summary="Counts and times, for Prometheus",
    response_class=Response,
    response_description="Prometheus' text format",
    responses=METRICS,
)
def metrics(request: Request) -> Response:
    """Who may read them is a setting (`BACKPASS_METRICS`): by default nobody from a public address or by a proxy."""
    observer: Observer = request.app.state.observer
    if observer.readers == "none":
        raise HTTPException(404)
    if not observer.admits(request):
        message = "metrics are told to private addresses that ask directly; BACKPASS_METRICS changes that"
        raise RequestError(403, "Forbidden", message)
    return Response(observer.metrics.text(), media_type=CONTENT_TYPE_LATEST)
