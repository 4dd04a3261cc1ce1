"""What is shipped: a wheel that serves every page by itself, made from pinned parts that name no registry."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dev
from tools import vendor

pytestmark = pytest.mark.alone
ROOT = Path(__file__).resolve().parent.parent

SERVES = """
from fastapi.testclient import TestClient
import app, app.main, app.paths
assert app.__file__.startswith({folder!r}), app.__file__
assert app.paths.DATA.name == "_data"
client = TestClient(app.main.create_app())
for path in ["/", "/docs", "/static/vendor/cm.js", "/static/vendor/fonts.css", "/static/locales/zh.json"]:
    assert client.get(path).status_code == 200, path
assert len(client.get("/api/programs").json()) >= 18
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built as pip builds it."""
    assert vendor.fresh(ROOT), "static/vendor is stale: python3 dev.py run"
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_holds_the_app_and_its_files_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"app"}
    wanted = [path for folder in ("static", "templates") for path in (ROOT / folder).rglob("*") if path.is_file()]
    missing = {f"app/_data/{path.relative_to(ROOT).as_posix()}" for path in wanted} - names
    assert not missing
    assert not [name for name in names if "node_modules" in name or name.endswith((".pyc", ".map"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "app/_data/static/vendor/THIRD_PARTY_LICENSES" in names


def test_wheel_serves_without_the_source_tree(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = SERVES.format(folder=str(tmp_path))
    environment = {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error::DeprecationWarning:app", "-P", "-c", program]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_wheel_names_its_command(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    entries = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "backpass = app.cli:main" in archive.read(entries).decode()


def test_front_end_versions_are_exact() -> None:
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_lock_is_complete_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages[""]["dependencies"] == json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    installed = {name.rpartition("node_modules/")[2] for name in packages}
    for name, entry in packages.items():
        assert "resolved" not in entry
        assert not name or entry["integrity"].startswith("sha512-")
        # A lock that was made on one platform may lack the others' packages; `npm ci` then fails there.
        assert {*entry.get("optionalDependencies", {}), *entry.get("dependencies", {})} <= installed, name


def test_bundles_are_stale_when_a_source_changes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copy(ROOT / "package-lock.json", tmp_path)
    assert not vendor.fresh(tmp_path)
    (tmp_path / "static" / "vendor").mkdir(parents=True)
    (tmp_path / "static" / "vendor" / ".stamp").write_text(vendor.fingerprint(tmp_path))
    assert vendor.fresh(tmp_path)
    (tmp_path / "tools" / "vendor" / "d3.js").write_text("export {};\n")
    assert not vendor.fresh(tmp_path)


def test_bundles_carry_their_licences_and_only_woff2() -> None:
    folder = ROOT / "static" / "vendor"
    licences = (folder / "THIRD_PARTY_LICENSES").read_text("utf-8")
    for name in ("@codemirror/state", "katex", "elkjs", "d3-zoom", "@fontsource-variable/inter"):
        assert re.search(rf"^{re.escape(name)} \d", licences, re.MULTILINE)
    for sheet in ("katex.min.css", "fonts.css"):
        files = re.findall(r"url\(([^)]*)\)", (folder / sheet).read_text("utf-8"))
        assert files
        assert all(file.endswith(".woff2") and (folder / file).is_file() for file in files)


def test_busy_port_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "dev.py", "run", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr


@pytest.mark.parametrize("port", ["x", "99999", "0", "-1"])
def test_impossible_port_is_no_traceback(port: str) -> None:
    command = [sys.executable, "dev.py", "run", f"--port={port}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith(f"invalid port value: '{port}'\n")


def test_python_without_venv_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_ensurepip(folder: Path, **_: object) -> None:
        folder.mkdir()
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr("venv.create", no_ensurepip)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        dev.create_venv()
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("log", "words"),
    [
        (
            "WARNING: Retrying … NewConnectionError('…')\nERROR: No matching distribution found for fastapi",
            "network",
        ),
        ("  tools.vendor.VendorError: no npm: install Node 18 or newer\nerror: subprocess-exited", "no npm"),
        ("ERROR: Cannot install a and b because these versions conflict", "versions conflict"),
        (
            "  FileNotFoundError: Forced include not found: templates\nerror: metadata-generation-failed",
            "Forced include",
        ),
        ("", "no reason"),
    ],
)
def test_failed_install_is_told_in_one_line(log: str, words: str) -> None:
    said = dev.reason(log)
    assert words in said
    assert "\n" not in said
