"""A release installs without a network, serves every page by itself, and says what is in it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __version__
from tests.conftest import wait_until_up
from tools import release, vendor

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["/", "/embed", "/docs", "/privacy", "/healthz", "/api/programs", "/static/vendor/cm.js"]
PROGRAM = {"code": "import torch\nx = torch.ones(2, requires_grad=True)\n(x * x).sum().backward()"}
# A network that is not there: whatever asks for one fails at once.
UNPLUGGED = {
    "PIP_NO_INDEX": "1",
    "PIP_CONFIG_FILE": os.devnull,
    "http_proxy": "http://127.0.0.1:9",
    "no_proxy": "127.0.0.1",
}

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the wheels that it needs."""
    assert vendor.fresh(ROOT), "static/vendor is stale: python3 dev.py run"
    folder = tmp_path_factory.mktemp("release")
    release.build_wheel(ROOT, Path(sys.executable), folder)
    try:
        release.download(ROOT, folder / "wheels", "")
    except release.ReleaseError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no package index to carry the wheels from")
    return folder


@pytest.fixture(scope="module")
def installed(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment, made as docs/deploy.md says and without a network."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    (wheel,) = released.glob("*.whl")
    pip = [str(folder / "bin" / "pip"), "install", "-q", "--no-index", "--find-links", str(released / "wheels")]
    done = subprocess.run(
        [*pip, f"{wheel}[server]"], env={**os.environ, **UNPLUGGED}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "bin"


@pytest.fixture(scope="module")
def server(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`backpass serve` of that environment, run from an empty folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    empty = tmp_path_factory.mktemp("empty")
    running = subprocess.Popen(
        [str(installed / "backpass"), "serve", "--port", str(port)], cwd=empty, env=UNPLUGGED, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}", running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


@pytest.mark.parametrize("path", PAGES)
def test_installed_release_serves(server: str, path: str) -> None:
    with urllib.request.urlopen(server + path, timeout=20) as answer:
        assert answer.status == 200


def test_installed_release_serves_every_file_that_its_page_names(server: str) -> None:
    page = urllib.request.urlopen(server + "/", timeout=20).read().decode()
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert named
    for path in named:
        assert urllib.request.urlopen(server + path, timeout=20).status == 200


def test_installed_release_becomes_ready(server: str) -> None:
    # The probe waits for the first run itself; on a machine that has much else to do, longer than one probe does.
    for _ in range(4):
        with (
            contextlib.suppress(urllib.error.HTTPError),
            urllib.request.urlopen(f"{server}/readyz", timeout=30) as answer,
        ):
            assert json.load(answer)["status"] == "ready"
            return
    pytest.fail("it never was ready")


def test_installed_release_runs_programs(server: str) -> None:
    request = urllib.request.Request(
        f"{server}/api/trace", json.dumps(PROGRAM).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        trace = json.load(answer)
    assert trace["error"] is None
    assert trace["tensors"][0]["grad"] == [2, 2]


def test_installed_release_names_its_version(installed: Path) -> None:
    said = subprocess.run([installed / "backpass", "version"], capture_output=True, text=True, check=True).stdout
    assert __version__ in said


def test_checksums_are_those_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "wheels" / "b").write_bytes(b"2")
    release.write_sums(tmp_path)
    sums = [f"{hashlib.sha256(text).hexdigest()}  {name}" for text, name in ((b"1", "a"), (b"2", "wheels/b"))]
    assert (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines() == sums


def test_release_without_an_engine_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "no image archive" in release.image(ROOT, tmp_path, [])
    assert not list(tmp_path.iterdir())


def test_release_carries_what_the_guide_needs(tmp_path: Path) -> None:
    release.carry(ROOT, tmp_path)
    for name in (
        "compose.yaml",
        "deploy/nginx/https.conf",
        "deploy/kubernetes.yaml",
        "docs/deploy.md",
        "requirements.lock",
    ):
        assert (tmp_path / name).is_file(), name


def test_version_is_read_without_an_import() -> None:
    assert release.version(ROOT) == __version__
