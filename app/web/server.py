"""How the server is run: every option of uvicorn, and what is added to it, in one place."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from types import FrameType
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from app.web.connections import HEAD_BYTES, protocol

CONNECTIONS: Final = 2000  # a class of 300 with six each, and some
DESCRIPTORS: Final = 64  # for everything that is no connection
# A proxy keeps idle connections for about a minute; were we first to hang up, a request could meet the hanging up.
IDLE_SECONDS: Final = 75
FINISH_SECONDS: Final = 10  # after SIGTERM; longer than a wait in the queue and a run together
SAME_SECONDS: Final = 0.3  # who starts us may signal us and our process group: that is one request to end
NOT_STARTED: Final = 3
CUT_SHORT: Final = 1


class Server(uvicorn.Server):
    """Ends well: at the first signal when all requests are answered, at the second at once."""

    cut_short = False
    _asked_at = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn's; what a signal wants done is done in this loop."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Unlike uvicorn's, keeps no signal to raise again at the end: a server that was asked to end ends with 0."""
        if not self.should_exit:
            self._asked_at = time.monotonic()
            self.should_exit = True
        elif time.monotonic() - self._asked_at > SAME_SECONDS:
            self._loop.call_soon_threadsafe(self._cut_short)

    def _cut_short(self) -> None:
        """Answers nobody any more."""
        self.cut_short = True
        for task in list(self.server_state.tasks):
            task.cancel()
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    async def on_tick(self, counter: int) -> bool:
        """uvicorn's, ten times a second; once a second every connection looks at its clock."""
        if counter % 10 == 0:
            connections: list[Any] = list(self.server_state.connections)
            for connection in connections:
                connection.check()
        return await super().on_tick(counter)


def serve(app: ASGIApp, host: str, port: int) -> None:
    """Serves until a signal. Logging is left as it is. Ends the process with a status other than 0 when it failed."""
    hold_standard_descriptors()
    server = Server(config(app, host, port, protocol(min(CONNECTIONS, descriptors() - DESCRIPTORS))))
    server.run()
    if not server.started:
        sys.exit(NOT_STARTED)
    if server.cut_short:
        sys.exit(CUT_SHORT)


def config(app: ASGIApp, host: str, port: int, http: type[asyncio.Protocol]) -> uvicorn.Config:
    """Every option that is not uvicorn's own default."""
    return uvicorn.Config(
        app,
        host,
        port,
        http=http,
        h11_max_incomplete_event_size=HEAD_BYTES,
        ws="none",
        lifespan="on",
        proxy_headers=False,  # the application has its own list
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )


def hold_standard_descriptors() -> None:
    """Opens those of 0, 1 and 2 that are closed: else the next socket is one of them, and gets what is printed."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(opened)


def descriptors() -> int:
    """How many files and connections this process may have open, after asking for as many as we use."""
    if sys.platform == "win32":
        return CONNECTIONS + DESCRIPTORS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else soft
