"""`python3 dev.py release`: a folder that installs Backpass with the cable unplugged.

dist/backpass-VERSION holds the wheel, the wheels that it needs, the image for `docker load`, compose.yaml with its
proxy configurations, the guides, and SHA256SUMS of all of it. Standard library only; what is fetched is held by the
lock files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

CARRIED = ("CHANGELOG.md", "LICENSE", "compose.yaml", "deploy", "requirements.lock")
BINARY = ["--only-binary", ":all:", "--require-hashes"]


class ReleaseError(Exception):
    """A step failed; the message is one line, what the step said has been printed."""


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """The command and its options."""
    parser = commands.add_parser("release", help="make dist/backpass-VERSION: wheels, image archive, checksums")
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="3.x",
        help="carry the wheels for this version of Python too; may be repeated (default: only the one that runs this)",
    )
    parser.add_argument(
        "--build-arg", action="append", default=[], metavar="NAME=VALUE", help="handed to docker build; may be repeated"
    )


def make(root: Path, pythons: Sequence[str], build_args: Sequence[str]) -> Path:
    """Makes the folder, replacing one of the same version, and returns it. Raises ReleaseError."""
    target = root / "dist" / f"backpass-{version(root)}"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=target.parent) as scratch:
        made = Path(scratch) / "new"
        made.mkdir()
        say("the wheel")
        build_wheel(root, builder(root, Path(scratch) / "builder"), made)
        say("the wheels that it needs")
        for python in ["", *pythons]:
            download(root, made / "wheels", python)
        say("the image")
        print(f"    {image(root, made, build_args)}", flush=True)
        carry(root, made)
        write_sums(made)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    say(f"done: {target.relative_to(root)}, {size(target)}")
    return target


def version(root: Path) -> str:
    """The package's version, read without importing it."""
    (found,) = re.findall(r'^__version__ = "(.*)"$', (root / "app" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    return str(found)


def builder(root: Path, folder: Path) -> Path:
    """The Python of a new environment that holds the locked build tools."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run([str(python), "-m", "pip", "install", "-q", *BINARY, "-r", "requirements-build.lock"], root)
    return python


def build_wheel(root: Path, python: Path, folder: Path) -> None:
    """The wheel of this tree. Its build tools are those of `python`; nothing else is fetched for it but the page's."""
    run([str(python), "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], root)


def download(root: Path, folder: Path, python: str) -> None:
    """The locked wheels for this platform, for the running Python or the one that is named."""
    chosen = ["--python-version", python] if python else []
    run(
        [sys.executable, "-m", "pip", "download", "-q", *BINARY, *chosen, "-r", "requirements.lock", "-d", str(folder)],
        root,
    )


def image(root: Path, folder: Path, build_args: Sequence[str]) -> str:
    """Builds and saves the image where an engine runs; a sentence about what was done, or why nothing was."""
    engine = next((name for name in ("docker", "podman") if runs(name)), None)
    if engine is None:
        return "skipped: neither docker nor podman runs here, so this release has no image archive"
    tag = f"backpass:{version(root)}"
    arguments = [part for given in [f"REVISION={revision(root)}", *build_args] for part in ("--build-arg", given)]
    run([engine, "build", "-t", tag, "-t", "backpass:latest", *arguments, "."], root)
    archive = folder / f"backpass-{version(root)}-image.tar.gz"
    # Without a time in its head, equal images give equal archives.
    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
        subprocess.Popen([engine, "save", tag, "backpass:latest"], stdout=subprocess.PIPE) as saving,
    ):
        shutil.copyfileobj(saving.stdout or file, packed, 2**20)
    if saving.returncode:
        raise ReleaseError(f"{engine} save failed")
    return f"{archive.name}, {archive.stat().st_size // 2**20} MB, for `{engine} load`"


def runs(engine: str) -> bool:
    """Whether the engine is installed and answers."""
    command = [engine, "info"]
    return bool(shutil.which(engine)) and not subprocess.run(command, capture_output=True, check=False).returncode


def revision(root: Path) -> str:
    """The commit of this tree, with a mark when it has changes; "unknown" without git."""
    command = ["git", "describe", "--always", "--abbrev=40", "--exclude", "*", "--dirty"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "unknown"
    return done.stdout.strip() or "unknown"


def carry(root: Path, folder: Path) -> None:
    """Copies what is deployed beside wheel and image."""
    for name in CARRIED:
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / name)
    (folder / "docs").mkdir()
    for guide in (root / "docs").glob("*.md"):
        shutil.copy2(guide, folder / "docs")


def write_sums(folder: Path) -> None:
    """SHA256SUMS of every file, for `sha256sum -c`."""
    lines = [f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files(folder)]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def files(folder: Path) -> Iterable[Path]:
    """All files below, in an order that does not depend on the disk."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def digest(path: Path) -> str:
    """SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size(folder: Path) -> str:
    """For example `84 MB in 31 files`."""
    found = list(files(folder))
    return f"{sum(path.stat().st_size for path in found) // 2**20} MB in {len(found)} files"


def say(text: str) -> None:
    """Progress, one line per step."""
    print(f"· {text}", flush=True)


def run(command: list[str], root: Path) -> None:
    """Runs one step. Raises ReleaseError after printing what it said."""
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise ReleaseError(f"{Path(command[0]).name} {' '.join(command[1:4])} failed")
