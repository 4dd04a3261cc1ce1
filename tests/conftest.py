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


@pytest.fixture(scope="session", autouse=True)
def _only_settings() -> None:
    """The variable that names the documents' folder is for the tests; a server would call it a mistyped setting."""
    os.environ.pop("BACKPASS_SHARED", None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the documents that the product is measured against; without it the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("the documents are not on this machine; BACKPASS_SHARED names their folder")
    return SHARED


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of the real server, in a process of its own, for as long as the tests run.

    Its flood guard is off: all tests have one address, and together they send more than a class does.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    settings = {"BACKPASS_LOG_LEVEL": "warning", "BACKPASS_FLOOD_PER_SECOND": "0"}
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def wait_until_up(url: str, server: subprocess.Popen[bytes]) -> None:
    """Returns when the server runs programs; raises RuntimeError when it died or takes too long."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended at its start with status {server.returncode}")
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"no server after {START_SECONDS:g} s")
