"""`backpass trace`: the API's answer, an exit code that tells how the program went, and one line for every mistake."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.service import jobs
from tests.cli.running import ROOT, Typed, command, environment

PASSES = """import torch
x = torch.tensor([1., 2.], requires_grad=True)
# %%
y = (x * x).sum()
y.backward()
"""
FAILS = """import torch
x = torch.ones(2, requires_grad=True)

# %% the second cell
y = x * 3
y.backward()
"""


@pytest.fixture
def passing(tmp_path: Path) -> Path:
    """A program in two cells."""
    path = tmp_path / "passes.py"
    path.write_text(PASSES, "utf-8")
    return path


def notebook(*cells: Any) -> str:
    """A notebook of format 4 with a text cell before the code."""
    text = {"cell_type": "markdown", "metadata": {}, "source": ["# hello"]}
    code = [
        {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [text, *code]})


def test_the_trace_is_the_api_s(typed: Typed, passing: Path) -> None:
    done = typed("trace", passing)
    assert (done.returncode, done.stderr) == (0, b"")
    first, _, second = PASSES.partition("# %%")
    assert json.loads(done.stdout) == json.loads(jobs.run("trace", {"cells": [first, f"# %%{second}"]}).body)


def test_pretty_says_the_same_in_lines(typed: Typed, passing: Path) -> None:
    plain, pretty = typed("trace", passing), typed("trace", passing, "--pretty")
    assert json.loads(plain.stdout) == json.loads(pretty.stdout)
    assert plain.stdout.count(b"\n") == 1
    assert b'\n      "values": [1, 2],\n' in pretty.stdout


def test_it_writes_a_file_and_then_nothing_to_stdout(typed: Typed, passing: Path, tmp_path: Path) -> None:
    done = typed("trace", passing, "-o", tmp_path / "out.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["backward"][0]["error"] is None


def test_a_failed_program_is_1_with_its_trace_and_its_line_in_the_file(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("fails.py").write_text(FAILS, "utf-8")
    done = typed("trace", "fails.py")
    assert done.returncode == 1
    assert json.loads(done.stdout)["tensors"][0]["name"] == "x"
    said = done.stderr.decode().splitlines()
    assert said[0] == "fails.py:6: RuntimeError: grad can be implicitly created only for scalar outputs"
    assert said[1].startswith("  hint: ")
    assert typed("trace", "fails.py", "--quiet").stderr == b""


def test_a_notebook_gives_its_code_cells(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.ipynb").write_text(notebook("%matplotlib inline\nimport torch\n", ["x = torch.on(2)\n"]), "utf-8")
    done = typed("trace", "a.ipynb")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["cells"]) == 2
    assert done.stderr.decode().startswith("a.ipynb, cell 2, line 1: AttributeError: ")


@pytest.mark.parametrize("text", [PASSES, notebook(PASSES)])
def test_stdin_takes_both_kinds(typed: Typed, text: str) -> None:
    done = typed("trace", "-", stdin=text.encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["backward"][0]["error"] is None


def test_the_options_reach_the_run(typed: Typed) -> None:
    random = b"import torch\nprint(torch.rand(1))\ntorch.ones(2, requires_grad=True).sum().backward()"
    first, second = (json.loads(typed("trace", "-", "--seed", seed, stdin=random).stdout) for seed in "12")
    assert first["cells"][0]["stdout"] != second["cells"][0]["stdout"]
    strict = typed("trace", "-", "--strict", stdin=b"import torch\ntorch.ones(2, dtype=int, requires_grad=True)")
    assert strict.returncode == 1
    less = typed("trace", "-", "--limits", "edges=0, ops=5", stdin=random)
    assert json.loads(less.stdout)["ops"][0]["relations"][0]["edges"] is None
    assert typed("trace", "-", "--focus", "0", stdin=random).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (["nowhere.py"], b"", "nowhere.py: no such file or directory"),
        (["."], b"", ".: is a directory"),
        (["-"], b"x = '\xff'", "<stdin>: not UTF-8 text (byte 5)"),
        (["/dev/zero"], b"", "/dev/zero: larger than 32 MB"),
        (["-"], b"#" * 70_000, "<stdin>: 70000 bytes of code; a program may have 65536"),
        (["-"], b'{"nbformat": 3, "worksheets": []}', "<stdin>: not a notebook of format 4"),
        (["-"], b'{"nbformat": 4, "cells": []}', "<stdin>: a notebook without code cells"),
        (["-"], b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\ud800"}]}', "<stdin>: not a notebook"),
        (["-", "--seed", "-1"], b"", "--seed: input should be greater than or equal to 0"),
        (["-", "--focus", "-3"], b"", "--focus: input should be greater than or equal to 0"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_2(typed: Typed, arguments: list[str], stdin: bytes, said: str) -> None:
    done = typed("trace", *arguments, stdin=stdin)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"backpass trace: {said}")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("given", ["edges", "edges=x", "colours=3", "edges=1;ops=2", "edges=-1"])
def test_limits_that_are_none_are_usage(typed: Typed, given: str) -> None:
    done = typed("trace", "-", "--limits", given)
    assert done.returncode == 2
    assert b"not a list like edges=500,ops=20" in done.stderr


def test_a_file_that_cannot_be_written_is_3(typed: Typed, passing: Path, tmp_path: Path) -> None:
    done = typed("trace", passing, "-o", tmp_path / "nowhere" / "a.json")
    assert done.returncode == 3
    assert b"cannot write " in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_reader_who_leaves_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "big.py").write_text(
        "import torch\nx = torch.ones(100, 100, requires_grad=True)\n(x * x).sum().backward()"
    )
    trace = subprocess.Popen(
        command("trace", tmp_path / "big.py"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    )
    assert trace.stdout is not None
    trace.stdout.close()
    assert trace.stderr is not None
    with trace.stderr:
        assert trace.stderr.read() == b""
    assert trace.wait(60) == 141


def wait_for_a_child(process: subprocess.Popen[bytes]) -> None:
    """Returns when a process has made another, and that has had a moment to begin."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    give_up = time.monotonic() + 60
    while not children.read_text():
        assert time.monotonic() < give_up
        time.sleep(0.1)
    time.sleep(0.5)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_ctrl_c_is_130_and_leaves_no_worker(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("while True:\n    pass\n")
    trace = subprocess.Popen(
        command("trace", tmp_path / "long.py"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment({"BACKPASS_DEADLINE_SECONDS": "50"}),
        start_new_session=True,
    )
    wait_for_a_child(trace)
    trace.send_signal(signal.SIGINT)
    out, said = trace.communicate(timeout=30)  # ends only when no child holds the pipes any more
    assert (trace.returncode, out, said) == (130, b"", b"")


def test_without_workers_it_runs_in_this_process(typed: Typed, passing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = typed("trace", passing)
    monkeypatch.setenv("BACKPASS_WORKERS", "0")
    after = typed("trace", passing)
    assert (after.returncode, after.stderr) == (0, b"")
    assert after.stdout == before.stdout


def test_a_mistyped_setting_is_usage(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_DEADLINE", "5")
    done = typed("trace", "-", stdin=b"1")
    assert done.returncode == 2
    assert done.stderr.startswith(b"backpass trace: BACKPASS_DEADLINE")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_person_who_watches_sees_the_seconds_and_then_nothing_of_them(tmp_path: Path) -> None:
    import pty

    (tmp_path / "a.py").write_text(PASSES, "utf-8")
    near, far = pty.openpty()
    with os.fdopen(near, "rb", buffering=0) as screen:
        trace = subprocess.Popen(
            command("trace", tmp_path / "a.py"), stdout=subprocess.PIPE, stderr=far, cwd=ROOT, env=environment()
        )
        os.close(far)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
            while part := screen.read(1000):
                shown += part
        out, _ = trace.communicate(timeout=60)
    assert re.search(rb"running \xe2\x80\xa6 \d+\.\d s", shown)
    assert shown.endswith(b"\r\x1b[K")
    assert json.loads(out)["error"] is None
