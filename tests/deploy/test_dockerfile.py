"""The Dockerfile as it stands: what comes from outside is an argument or locked, what runs is small and not root."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from app import __version__

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "Dockerfile").read_text("utf-8")
LINES = [line for line in re.sub(r"\\\n\s*", "", TEXT).splitlines() if line and not line.startswith("#")]
STAGES = re.split(r"^(?=FROM )", "\n".join(LINES), flags=re.MULTILINE)
BUILD, FINAL = STAGES[1], STAGES[2]


def argument(instruction: str) -> str:
    """What follows the only `instruction` of the final stage."""
    (found,) = re.findall(rf"^{instruction} (.*)$", FINAL, re.MULTILINE)
    return str(found)


def test_every_base_is_an_argument() -> None:
    assert [line for line in LINES if line.startswith("FROM")] == [
        "FROM ${PYTHON_IMAGE} AS build",
        "FROM ${PYTHON_IMAGE}",
    ]
    assert "ARG PYTHON_IMAGE=python:3." in STAGES[0]


def test_indexes_are_arguments_of_the_build_stage_and_no_address_is_in_the_file() -> None:
    for name in ("PIP_INDEX_URL", "NPM_CONFIG_REGISTRY"):
        assert re.search(rf"^ARG {name}$", BUILD, re.MULTILINE)  # no default
        assert name not in FINAL  # else it would be in the history of what is shipped
    assert not re.search(r"https?://", TEXT)


def test_everything_that_is_installed_is_locked() -> None:
    installs = [
        part for part in re.split(r" && |^RUN ", BUILD, flags=re.MULTILINE) if "pip" in part and " install " in part
    ]
    assert len(installs) == 3
    for command in installs:
        assert "--require-hashes -r requirements" in command or "--no-index --no-deps" in command, command
    assert "apt-get" not in TEXT
    assert "RUN" not in FINAL  # the final stage is the base and one folder
    assert re.findall(r"^COPY (.*)$", FINAL, re.MULTILINE) == ["--from=build /opt/venv /opt/venv"]


def test_runs_as_a_numbered_user_and_as_the_first_process() -> None:
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", argument("USER"))
    assert json.loads(argument("CMD")) == ["backpass", "serve", "--host", "0.0.0.0"]
    assert "HOME=/tmp" in argument("ENV")
    assert "PYTHONDONTWRITEBYTECODE=1" in argument("ENV")


@pytest.mark.parametrize(("status", "told"), [(200, 0), (503, 1), (None, 1)])
def test_health_is_asked_without_a_shell(status: int | None, told: int) -> None:
    command = json.loads(argument("HEALTHCHECK").partition("CMD ")[2])
    assert command[:3] == ["python", "-IS", "-c"]
    with answering(status) as port:
        program = command[3].replace("8000", str(port))
        done = subprocess.run([sys.executable, *command[1:3], program], capture_output=True, check=False)
    assert done.returncode == told


@contextmanager
def answering(status: int | None) -> Iterator[int]:
    """A port where GET /healthz is answered with `status`, or where nobody listens."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" and status else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        if status is not None:
            Thread(target=server.serve_forever, daemon=True).start()
            yield server.server_port
            server.shutdown()
            return
    yield server.server_port


@pytest.mark.parametrize("label", ["title", "description", "version", "revision", "licenses"])
def test_image_says_what_it_is(label: str) -> None:
    assert re.search(rf'org\.opencontainers\.image\.{label}="[^"]+"', argument("LABEL"))


def test_version_is_the_package_s() -> None:
    assert f"ARG VERSION={__version__}\n" in FINAL


def test_context_holds_only_what_is_named() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    named = {line[1:] for line in lines if line.startswith("!")}
    assert all((ROOT / name).exists() for name in named)
    assert not named & {".env", ".git", "tests", "dist"}
