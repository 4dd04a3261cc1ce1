"""Connections that do not wait for ever: for a request, for the rest of its head, for a client that reads."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from app.web import errors
from app.web.shield import FIXED

HEAD_SECONDS: Final = 10.0  # from the connection, or the last answer, to a whole request line with its headers
HEAD_BYTES: Final = 32 * 1024
READ_SECONDS: Final = 10.0
SLOWEST: Final = 4096  # bytes per second that a client reads at least, over READ_SECONDS


class Metered:
    """A transport that knows how much was written to it."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self.written = 0

    def write(self, data: bytes) -> None:
        """As the transport does; one that was ended takes no more, and that is no failure of the application."""
        if self._transport.is_closing():
            return
        self.written += len(data)
        self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Timed(asyncio.Protocol):
    """What uvicorn's protocols do not have: limits of time and size before a request is there, and for its answer.

    With these, the budget of a body and the deadline of a run, a connection whose other end has silently gone is in
    no state for ever. Stands before one of uvicorn's protocols in the order of classes.
    """

    most: ClassVar[int] = 2000  # connections
    transport: Any
    cycle: Any  # uvicorn's present request with its answer
    connections: set[Any]
    loop: asyncio.AbstractEventLoop

    def connection_made(self, transport: Any) -> None:
        """Begins to wait for a request."""
        super().connection_made(Metered(transport))  # type: ignore[arg-type]
        self._waits_since: float | None = self.loop.time()
        self._in_head = False
        self._head_bytes = 0
        self._slow_since: float | None = None
        self._read_before = 0
        if len(self.connections) > self.most:
            self._make_room()

    @property
    def busy(self) -> bool:
        """Whether a request is being served."""
        return self.cycle is not None and not self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        """A part of a request."""
        if not self.busy and self._waits_since is None:
            self._waits_since = self.loop.time()
        self._head_bytes += len(data) if self._in_head else 0
        super().data_received(data)
        if self.busy:
            self._waits_since = None
        elif self._in_head and self._head_bytes > HEAD_BYTES:
            self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the request's headers are too large")

    def on_message_begin(self) -> None:
        """httptools: a request line has begun. (h11 has its own limit of a head's size.)"""
        self._in_head = True
        self._head_bytes = 0
        super().on_message_begin()  # type: ignore[misc]

    def on_headers_complete(self) -> None:
        """httptools: the head is over."""
        self._in_head = False
        super().on_headers_complete()  # type: ignore[misc]

    def send_400_response(self, msg: str) -> None:
        """uvicorn's name for the answer to what is not HTTP."""
        self.refuse(HTTPStatus.BAD_REQUEST, "this is not a request in HTTP/1.1")

    def _unsupported_upgrade_warning(self) -> None:
        """uvicorn would advise in the log to install WebSockets, as often as any client asks for them."""

    def refuse(self, status: HTTPStatus, message: str) -> None:
        """Says why and hangs up; says nothing where an answer is under way."""
        speaking = self.busy and self.cycle.response_started
        if not speaking and not self.transport.is_closing():
            self.transport.write(refusal(status, message))
        self.transport.close()

    def check(self) -> None:
        """Called about every second: ends what has waited long enough."""
        now = self.loop.time()
        if self._waits_since is not None and now - self._waits_since > HEAD_SECONDS:
            if self._in_head:
                self.refuse(HTTPStatus.REQUEST_TIMEOUT, "the request did not arrive in time")
            self.transport.close()
        self._check_reading(now)

    def _check_reading(self, now: float) -> None:
        """Ends a connection whose client reads too slowly. Also a closed one lives until all is read."""
        unsent = self.transport.get_write_buffer_size()
        read = self.transport.written - unsent
        if not unsent:
            self._slow_since = None
        elif self._slow_since is None or read - self._read_before >= SLOWEST * READ_SECONDS:
            self._slow_since, self._read_before = now, read
        elif now - self._slow_since > READ_SECONDS:
            self.transport.abort()

    def _make_room(self) -> None:
        """Ends a connection that only waits, else this one: descriptors are for those who ask something."""
        waiting = (other for other in self.connections if other is not self and not other.busy)
        if other := next(waiting, None):
            other.transport.abort()
        else:
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections")


def refusal(status: HTTPStatus, message: str) -> bytes:
    """A whole answer in the one shape of refusals, for requests that never reach the application."""
    fixed = {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store", "Connection": "close"}
    type = status.phrase.title().replace(" ", "")
    answer = errors.answer(status, type, message, headers={**FIXED, **fixed})
    head = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    head += [name + b": " + value for name, value in answer.raw_headers]
    return b"\r\n".join([*head, b"", bytes(answer.body)])


def protocol(most: int, parser: type[asyncio.Protocol] = AutoHTTPProtocol) -> type[asyncio.Protocol]:
    """The protocol for so many connections. `parser`: uvicorn's with httptools or, where that is not there, h11."""
    return type("Connection", (Timed, parser), {"most": most})
