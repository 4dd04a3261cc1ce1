"""A server of this work tree for as long as a benchmark runs."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 30


@contextlib.contextmanager
def served(url: str | None = None) -> Iterator[str]:
    """The given server, or one of our own on a free port, stopped at the end."""
    if url:
        yield url
        return
    with started() as (made, _):
        yield made


@contextlib.contextmanager
def started(*flags: str) -> Iterator[tuple[str, int]]:
    """Address and process id of a server of our own on a free port, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--log-level", "warning", *flags]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    """Until the server answers. Raises TimeoutError after 30 s."""
    give_up = time.monotonic() + SECONDS
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")
