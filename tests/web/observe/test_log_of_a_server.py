"""What a real server writes: every line in one form, whoever writes it and however it was started."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.conftest import ROOT, wait_until_up

APP = ["-m", "uvicorn", "app.main:app"]


def log_of(arguments: list[str], port: int, **variables: str) -> list[str]:
    """The standard error of a server that answered one request and was ended."""
    environment = {**os.environ, "BACKPASS_PORT": str(port), **variables}
    server = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server)
        with socket.create_connection(("127.0.0.1", port)) as strange:
            strange.sendall(b"no HTTP\r\n\r\n")
            strange.recv(100)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api/ops?sentinel", timeout=60).close()
    finally:
        server.send_signal(signal.SIGINT)
        said, wrote = server.communicate(timeout=30)
    assert said == b""
    return wrote.decode().splitlines()


@pytest.fixture
def port() -> int:
    """A free one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


@pytest.mark.parametrize("own", [True, False])
def test_every_line_is_json(own: bool, port: int) -> None:
    lines = [json.loads(line) for line in log_of(["-m", "app.main"] if own else [*APP, "--port", str(port)], port)]
    assert lines[0]["logger"] == "backpass.main"
    assert lines[0]["deadline_seconds"] == 3.0
    assert {"backpass.main", "backpass.request", "uvicorn.error"} == {line["logger"] for line in lines}
    (request,) = [line for line in lines if line["logger"] == "backpass.request"]
    assert (request["route"], request["address"]) == ("/api/ops", "127.0.0.0/24")
    assert "sentinel" not in json.dumps(lines)


def test_text_and_level(port: int) -> None:
    lines = log_of(["-m", "app.main"], port, BACKPASS_LOG_FORMAT="text", BACKPASS_LOG_LEVEL="warning")
    assert len(lines) == 1
    assert lines[0][8:].startswith(" warning Invalid HTTP request")


@pytest.mark.skipif(os.name == "nt", reason="descriptors are inherited otherwise there")
def test_a_server_without_standard_error_serves_and_ends(port: int) -> None:
    command = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-m", "app.main"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "BACKPASS_PORT": str(port)})
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api/ops", timeout=10).close()
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
