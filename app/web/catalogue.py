"""GET /api/ops: every torch name that a program may use."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter
from starlette.responses import Response

from app.trace import catalogue
from app.trace.encode import encode
from app.web.answers import SupportedName

router = APIRouter(prefix="/api", tags=["catalogue"])


@router.get(
    "/ops",
    summary="The supported operations",
    response_model=list[SupportedName],
    response_description="All of them, by name",
)
def ops() -> Response:
    """Name, kind, forward formula, local derivative and example of every supported operation."""
    return Response(described(), media_type="application/json")


@cache
def described() -> bytes:
    """The catalogue as JSON; it cannot change while the server runs."""
    return encode(catalogue())
