"""The Dockerfile as it stands: what comes from outside is an argument or locked, what runs is small and not root."""

from __future__ import annotations

import json
import re
from pathlib import Path

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


def test_health_is_asked_without_a_shell_and_without_a_proxy() -> None:
    command = json.loads(argument("HEALTHCHECK").partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "HEALTHCHECK", "exec")
    assert "/healthz" in command[2]
    assert "urllib" not in command[2]


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
