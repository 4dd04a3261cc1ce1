#!/usr/bin/env python3
"""Runs, tests and checks Backpass from a source tree, with nothing but Python 3.11 on the machine."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tools import page, release, vendor

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".installed"
LOG = VENV / "install.log"
EXTRAS = {
    "run": {"server"},
    "test": {"server", "test"},
    "pictures": {"server", "test"},
    "check": {"server", "test", "check"},
    "lock": {"server", "lock"},
}
UNREACHABLE = (
    "NewConnectionError",
    "ConnectTimeout",
    "ProxyError",
    "name resolution",
    "No matching distribution",
)


def main() -> None:
    """Parses the command line and hands over to one command."""
    if sys.version_info < (3, 11):  # noqa: UP036 — the one file that an older Python may be given
        stop(f"Backpass needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("run", help="serve the page")
    serve.add_argument("--host", default=os.environ.get("BACKPASS_HOST", "127.0.0.1"))
    serve.add_argument("--port", type=port, default=os.environ.get("BACKPASS_PORT", "8000"))
    commands.add_parser("test", help="run pytest with the arguments that follow", add_help=False)
    commands.add_parser("check", help="lint, format and type checks")
    commands.add_parser("pictures", help="keep every state that the design draws as pictures/*.png")
    locking = commands.add_parser("lock", help="write requirements*.lock anew from pyproject.toml")
    locking.add_argument("--upgrade", action="store_true", help="take the newest versions")
    release.add_to(commands)
    options, rest = parser.parse_known_args()
    if rest and options.command != "test":
        parser.error(f"unknown argument {rest[0]}")
    if options.command == "run":
        run(options.host, options.port)
    if options.command == "release":
        publish(options.python, options.build_arg)
    install(EXTRAS[options.command])
    if options.command == "test":
        test(rest)
    if options.command == "pictures":
        os.environ["PICTURES"] = str(ROOT / "pictures")
        become([str(PYTHON), "-m", "pytest", "-q", "tests/browser/test_pictures.py"])
    if options.command == "lock":
        become([str(PYTHON), "-m", "tools.lock", *(["--upgrade"] if options.upgrade else [])])
    check()


def publish(pythons: list[str], build_args: list[str]) -> NoReturn:
    """Makes dist/backpass-VERSION."""
    try:
        release.make(ROOT, pythons, build_args)
    except release.ReleaseError as error:
        stop(str(error))
    raise SystemExit


def test(arguments: list[str]) -> NoReturn:
    """Runs pytest. Without arguments that is every test: side by side first, then those that measure time, alone."""
    pytest = [str(PYTHON), "-m", "pytest"]
    if arguments:
        become([*pytest, *arguments])
    # A browser test takes a thousand times as long as others: who is done takes over what another has before it.
    parts = (["-n", "auto", "--dist", "worksteal", "-m", "not alone"], ["-m", "alone"])
    failed = [part for part in parts if subprocess.run([*pytest, "-q", *part], cwd=ROOT, check=False).returncode]
    raise SystemExit(1 if failed else 0)


def port(text: str) -> int:
    """A port number. Raises ValueError, which argparse turns into one line."""
    number = int(text)
    if not 0 < number < 2**16:
        raise ValueError
    return number


def run(host: str, port: int) -> NoReturn:
    """Serves until stopped."""
    refuse_busy(host, port)
    install(EXTRAS["run"])
    os.environ.update(BACKPASS_HOST=host, BACKPASS_PORT=str(port))
    become([str(PYTHON), "-m", "app.cli", "serve"])


def refuse_busy(host: str, port: int) -> None:
    """Stops with one line when nothing can be served at this address."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name != "nt":  # there it means something else: two servers on one port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        stop(f"cannot serve on {host}:{port}: {error}. Try another --port")


def install(extras: set[str]) -> None:
    """Brings .venv in step with pyproject.toml, static/vendor with the lock file; usually does nothing."""
    wanted = fingerprint()
    last, present = installed()
    if last == wanted and extras <= present and vendor.fresh(ROOT):
        bundle_page()
        return
    if not PYTHON.exists():
        create_venv()
    together = sorted(extras | present)
    print(
        f"Installing Backpass [{', '.join(together)}] into .venv; the first time takes half a minute.",
        flush=True,
    )
    node = [vendor.NODE_WHEEL] if "check" in together and not vendor.system_npm() else []
    pip("install", "-e", f".[{','.join(together)}]", *node)
    STAMP.write_text("\n".join([wanted, *together]), "utf-8")


def bundle_page() -> None:
    """Edited modules are bundled anew where that can be done; where not, the server serves them one by one."""
    with contextlib.suppress(vendor.VendorError):
        page.ensure(ROOT)


def fingerprint() -> str:
    """Changes whenever an installed .venv could be out of date."""
    digest = hashlib.sha256(vendor.fingerprint(ROOT).encode())
    for name in ("pyproject.toml", "hatch_build.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def installed() -> tuple[str, set[str]]:
    """The fingerprint and the extras of the last finished install; empty without one."""
    if not PYTHON.exists() or not STAMP.exists():
        return "", set()
    fingerprint, *extras = STAMP.read_text("utf-8").splitlines()
    return fingerprint, set(extras)


def create_venv() -> None:
    """Makes .venv with pip in it, replacing one whose Python is gone."""
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(VENV, ignore_errors=True)
        stop("this Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv")


def pip(*arguments: str) -> None:
    """Runs pip in .venv; its words go to a log and a failure becomes one line."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--retries", "2", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    LOG.write_bytes(done.stdout)
    if done.returncode:
        text = done.stdout.decode(errors="replace")
        stop(f"{reason(text)}. Everything that pip said is in {LOG.relative_to(ROOT)}")


def reason(log: str) -> str:
    """The cause of a failed install, from pip's own words."""
    if vendored := re.search(r"VendorError: (.*)", log):
        return str(vendored[1])
    if any(sign in log for sign in UNREACHABLE):
        return "the package index could not be reached: the first run needs a network or a mirror set for pip"
    causes = re.findall(r"^\s*(?:error: .*|[\w.]+Error: .*)$", log, re.MULTILINE | re.IGNORECASE)
    raised = [cause for cause in causes if "Error: " in cause]
    told = [*causes[-1:], *raised[-1:]] or ["no reason given"]
    return f"pip could not install Backpass: {told[-1].strip()}"


def check() -> NoReturn:
    """Every check, each run even when one before it failed; ends with 1 if any did."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        become([str(PYTHON), str(ROOT / "dev.py"), "check"])  # where ruff, mypy and Node's wheel are
    try:
        failed = [command[0] for command in checks() if not passes(command)]
    except vendor.VendorError as error:
        stop(str(error))
    if failed:
        stop(f"{len(failed)} checks failed")
    raise SystemExit


def checks() -> list[list[str]]:
    """The command lines of all checks. Raises VendorError when there is no Node to run the page's with."""
    npm = vendor.npm()
    if not (ROOT / "node_modules" / "typescript").is_dir() or not vendor.packages_fresh(ROOT):
        vendor.install_packages(ROOT, development=True)
    modules, node = ROOT / "node_modules", vendor.node(npm)
    python = [str(PYTHON), "-m"]
    return [
        [*python, "ruff", "check", "."],
        [*python, "ruff", "format", "--check", "."],
        [*python, "mypy"],
        [node, str(modules / "@biomejs" / "biome" / "bin" / "biome"), "check", "--error-on-warnings"],
        [node, str(modules / "typescript" / "bin" / "tsc"), "--project", "jsconfig.json"],
    ]


def passes(command: Sequence[str]) -> bool:
    """Runs one check and shows what it says."""
    names = [Path(part).name for part in command]
    print("·", *names, flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def become(command: list[str]) -> NoReturn:
    """Replaces this process by `command`, so that signals reach it."""
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "nt":  # execv there returns to the shell at once
        raise SystemExit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def stop(message: str) -> NoReturn:
    """One line for a person, exit status 1."""
    raise SystemExit(f"dev.py: {message}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
