"""`backpass trace FILE`: the REST API's answer without a server."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Final

from pydantic import ValidationError

from app.cli import confined, endings, output
from app.cli.program import Program, read
from app.cli.progress import Progress
from app.web.models import TraceRequest
from app.web.pretty import pretty

BUDGETS: Final = ("edges", "values", "ops")

EPILOG = """FILE is a .py file (cells begin at `# %%` lines), a Jupyter notebook (.ipynb; its code cells), or - for
stdin. The program is interpreted, not executed: it can neither read files nor reach a network.

examples:
  backpass trace net.py --pretty | less
  backpass trace homework.ipynb -o homework.json
  backpass trace net.py | jq '.backward[].scores'
  echo 'import torch; x = torch.ones(2, requires_grad=True); x.sum().backward()' | backpass trace -

exit codes:
  0  the program ran through       2  the command line or FILE is wrong
  1  the program failed: the trace goes up to the failure and is written all the same, the error is on stderr
  3  this machine lacks something  130  stopped by Ctrl-C
"""


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """The command and its options."""
    parser = commands.add_parser(
        "trace",
        help="run a program and write its trace as JSON",
        description="Runs a program and writes its graph and its backward pass, as POST /api/trace answers.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the program; - for stdin")
    parser.add_argument("-o", "--output", metavar="FILE", default=output.STDOUT, help="write there (default: stdout)")
    parser.add_argument("--pretty", action="store_true", help="indent the JSON for reading")
    parser.add_argument("--quiet", action="store_true", help="no progress on the terminal, no error of the program")
    add_run_options(parser)
    parser.set_defaults(run=run)


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """How the program is run: the optional fields of the request."""
    parser.add_argument(
        "--seed", type=int, metavar="N", help="where a program that never seeds draws from (default: 0)"
    )
    parser.add_argument("--strict", action="store_true", help="integer tensors that require grad raise, as in PyTorch")
    parser.add_argument("--focus", type=int, metavar="N", help="backward call that the budgets serve first, from 0")
    parser.add_argument(
        "--limits",
        type=limits,
        metavar="NAME=N,…",
        help=f"describe less: any of {', '.join(BUDGETS)}; edges=500,ops=20",
    )


def limits(text: str) -> dict[str, int]:
    """`edges=500,ops=20` as the request has it. Raises ArgumentTypeError, which argparse turns into one line."""
    found: dict[str, int] = {}
    for part in text.split(","):
        name, _, number = part.partition("=")
        if name.strip() not in BUDGETS or not number.strip().isdecimal():
            raise argparse.ArgumentTypeError(f"not a list like edges=500,ops=20; there are {', '.join(BUDGETS)}")
        found[name.strip()] = int(number)
    return found


def run(options: argparse.Namespace) -> int:
    """Writes the trace; says on stderr what went wrong in the program."""
    program = read(options.file)
    request = request_of(program, options)
    with Progress(options.quiet) as progress:
        progress.say("running")
        body = confined.trace(request)
    answer = json.loads(body)
    output.write((pretty(answer) if options.pretty else body.decode()).encode() + b"\n", options.output)
    if answer["error"] is None:
        return endings.DONE
    if not options.quiet:
        print(told(program, answer["error"]), file=sys.stderr)
    return endings.PROGRAM_FAILED


def request_of(program: Program, options: argparse.Namespace) -> dict[str, Any]:
    """The request as a worker takes it. Raises StopError where the server would refuse it."""
    said = {name: getattr(options, name) for name in ("seed", "focus", "limits") if getattr(options, name) is not None}
    try:
        return TraceRequest.model_validate({"cells": program.cells, "strict": options.strict, **said}).arguments()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = str(wrong["loc"][0]) if wrong["loc"] else "request"
        where = "FILE: its cells" if name == "cells" else f"--{name}"
        raise endings.usage(f"{where}: {wrong['msg'][:1].lower()}{wrong['msg'][1:]}") from None


def told(program: Program, error: dict[str, Any]) -> str:
    """The program's error as a compiler says it: place, kind, message, and below it what we know about it."""
    place = program.name if error["line"] is None else program.place(error["cell"], error["line"])
    lines = [f"{place}: {error['type']}: {error['message']}"]
    if error.get("hint"):
        lines.append(f"  hint: {error['hint']['en']}")
    return "\n".join(lines)
