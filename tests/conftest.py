"""What all tests share: the course documents where they are present, and a running server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents import SHARED

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the documents that the product is measured against; without it the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("the documents are not on this machine; BACKPASS_SHARED names their folder")
    return SHARED


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of the real server, in a process of its own, for as long as the tests run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "BACKPASS_LOG_LEVEL": "warning"})
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def wait_until_up(url: str, server: subprocess.Popen[bytes]) -> None:
    """Returns when the server answers; raises RuntimeError when it died or takes too long."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended at its start with status {server.returncode}")
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"no server after {START_SECONDS:g} s")
