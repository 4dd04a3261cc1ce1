"""A server of our own on a free loopback port, for as long as a picture takes."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any, Final

from app import settings
from app.cli.endings import environment

START_SECONDS: Final = 60.0
# What a machine's settings may say about its server and must not say about ours.
ELSEWHERE: Final = ("host", "port", "root_path", "proxies", "frame_ancestors", "log_level", "workers")


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The address of a running server. Raises StopError when it does not come up."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    flags = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--log-level", "error"]
    command = [sys.executable, "-m", "app.cli", "serve", *flags]
    # In a session of its own: Ctrl-C is for this command, which then ends its server.
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, env=variables(), start_new_session=True, stdout=silent, stderr=silent) as server:
        try:
            wait(url, server)
            yield url
        finally:
            server.terminate()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def variables() -> dict[str, str]:
    """This process's environment, where the budgets of programs count and the server's place in the world does not."""
    dropped = {settings.PREFIX + name.upper() for name in ELSEWHERE}
    return {name: value for name, value in os.environ.items() if name.upper() not in dropped}


def wait(url: str, server: subprocess.Popen[bytes]) -> None:
    """Returns when the server answers."""
    give_up = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < give_up:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=5):
            return
        time.sleep(0.05)
    raise environment("the local server that draws the picture did not start")


def trace(url: str, request: dict[str, Any]) -> dict[str, Any]:
    """What POST /api/trace answers."""
    body = json.dumps(request).encode()
    asked = urllib.request.Request(f"{url}/api/trace", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=START_SECONDS) as got:
        answer: dict[str, Any] = json.load(got)
        return answer
