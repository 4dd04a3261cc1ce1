"""`backpass serve`: flags over variables, mistakes told in the words in which they were typed."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app import settings
from tests.cli.running import ROOT, Typed, backpass, command, environment, free_port


@contextmanager
def serving(*flags: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is asked to end when the test has seen enough."""
    server = subprocess.Popen(command("serve", *flags), cwd=ROOT, env=environment(variables))
    try:
        yield server
    finally:
        server.terminate()
        server.wait(20)


def answered(url: str, server: subprocess.Popen[bytes]) -> bytes:
    """What the server says at this address once it is up."""
    give_up = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as got:
                body: bytes = got.read()
                return body
        except OSError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < give_up, "no server"
            time.sleep(0.1)


def test_a_flag_is_stronger_than_its_variable() -> None:
    port = free_port()
    with serving("--port", str(port), BACKPASS_PORT="1", backpass_host="127.0.0.1") as server:
        assert json.loads(answered(f"http://127.0.0.1:{port}/healthz", server))["status"] == "ok"


def test_a_variable_alone_is_obeyed() -> None:
    port = free_port()
    with serving(BACKPASS_PORT=str(port)) as server:
        assert json.loads(answered(f"http://127.0.0.1:{port}/healthz", server))["status"] == "ok"


def test_every_setting_is_a_flag_with_its_variable_and_default(typed: Typed) -> None:
    done = typed("serve", "--help")
    text = " ".join(done.stdout.decode().split())
    assert done.returncode == 0
    for name, field in settings.Settings.model_fields.items():
        assert f"--{name.replace('_', '-')}" in text
        assert f"BACKPASS_{name.upper()}" in text.replace(" ", "")
        assert field.default is None or str(field.default).lower() in text.lower()


@pytest.mark.parametrize(
    ("flags", "variables", "said"),
    [
        (["--port", "70000"], {}, "--port must be "),
        ([], {"BACKPASS_PORT": "http"}, "BACKPASS_PORT must be "),
        (["--host", "127.0.0.1"], {"BACKPASS_PROT": "80"}, "BACKPASS_PROT is not a setting"),
    ],
)
def test_a_mistyped_setting_is_told_in_one_line(flags: list[str], variables: dict[str, str], said: str) -> None:
    done = backpass("serve", *flags, variables=variables)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().startswith(f"backpass serve: {said}")
    assert done.stderr.count(b"\n") == 1
