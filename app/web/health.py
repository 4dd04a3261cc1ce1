"""GET /healthz: the server answers. It asks neither worker nor disk."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app import __version__

router = APIRouter(tags=["service"])


class Health(BaseModel):
    """The server is up, and which one it is."""

    status: str = "ok"
    version: str = __version__


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="Is the server up?", response_description="It is")
async def healthz() -> Health:
    """Answers while the process serves requests."""
    return Health()
