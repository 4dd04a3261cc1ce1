"""One JSON shape for every refusal; it never repeats what the client sent."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.service import BadRequestError, BusyError, UnavailableError
from app.web.models import EdgesRequest, Limits, TraceRequest, fields
from app.web.observe.notes import note_refusal

# The only names that an answer may repeat: ours.
_PLACES = {"body", *(name for model in (Limits, EdgesRequest, TraceRequest) for name in fields(model))}


class ErrorWords(BaseModel):
    """What kind of refusal, and a sentence."""

    type: str = Field(examples=["ValidationError"])
    message: str = Field(examples=["the request does not have the documented form"])


class ErrorAnswer(BaseModel):
    """The body of every 4xx and 5xx answer."""

    error: ErrorWords
    detail: Any = Field(None, description="where the request is wrong, as far as that is known")


class RequestError(Exception):
    """A request that cannot be served. `message` is ours: no part of the request."""

    def __init__(self, status: int, type: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.type = type
        self.message = message
        self.headers = headers


class Refusal(JSONResponse):
    """An answer in the error shape."""

    def __init__(self, type: str, content: dict[str, Any], status: int, headers: dict[str, str] | None) -> None:
        super().__init__(content, status, headers)
        self.type = type


Handler = Callable[[Request, Any], Coroutine[Any, Any, Refusal]]


def answer(status: int, type: str, message: str, detail: Any = None, headers: dict[str, str] | None = None) -> Refusal:
    """The error shape as a response."""
    content = {"error": {"type": type, "message": message}, "detail": detail}
    return Refusal(type, content, status, headers)


async def on_request_error(request: Request, error: Exception) -> Refusal:
    """A refusal of our own."""
    assert isinstance(error, RequestError)
    return answer(error.status, error.type, error.message, headers=error.headers)


async def on_http_exception(request: Request, error: Exception) -> Refusal:
    """Starlette's refusals: no such route, method not allowed."""
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    type = status.phrase.title().replace(" ", "")
    return answer(status, type, status.phrase.lower(), headers=dict(error.headers or {}))


async def on_validation_error(request: Request, error: Exception) -> Refusal:
    """A body of the wrong form: where, and what was expected."""
    assert isinstance(error, RequestValidationError)
    detail = [
        {
            "place": [part for part in found["loc"] if isinstance(part, int) or part in _PLACES],
            "message": found["msg"],
        }
        for found in error.errors()[:20]
    ]
    return answer(422, "ValidationError", "the request does not have the documented form", detail)


async def on_busy(request: Request, error: Exception) -> Refusal:
    """The queue is full, or the wait was too long."""
    assert isinstance(error, BusyError)
    headers = {"Retry-After": str(error.retry_after)}
    return answer(429, "TooManyRequests", "too many programs are waiting", headers=headers)


async def on_unavailable(request: Request, error: Exception) -> Refusal:
    """No worker can be started; whoever runs the server finds the reason in its log."""
    message = "the server cannot run programs at the moment"
    return answer(503, "ServiceUnavailable", message, headers={"Retry-After": "5"})


async def on_bad_request(request: Request, error: Exception) -> Refusal:
    """The program has no such operation, element or tensor."""
    return answer(422, "BadRequest", str(error))


def noted(handle: Handler) -> Handler:
    """A handler that also leaves the type of the refusal in the notes of its request."""

    async def handler(request: Request, error: Exception) -> Refusal:
        refusal = await handle(request, error)
        note_refusal(request.scope, refusal.type)
        return refusal

    return handler


HANDLERS: dict[int | type[Exception], Handler] = {
    RequestError: noted(on_request_error),
    HTTPException: noted(on_http_exception),
    RequestValidationError: noted(on_validation_error),
    BusyError: noted(on_busy),
    UnavailableError: noted(on_unavailable),
    BadRequestError: noted(on_bad_request),
}
