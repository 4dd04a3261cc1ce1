"""`backpass render FILE`: the page's own diagram as a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.cli import browser, endings, link, local, output
from app.cli.program import Program, read
from app.cli.progress import Progress
from app.cli.steps import step_of
from app.cli.trace import request_of, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

SMALLEST, LARGEST = 200, 8000

EPILOG: Final = """FILE is a .py file, a Jupyter notebook or - for stdin. Without --step and --op the picture is of the
moment that the page opens with: the end of the last backward call. It is cut to what is drawn; a PNG has
two pixels for each of the page's.

examples:
  backpass render net.py -o net.svg
  backpass render net.py --step 0 -o first.svg
  backpass render net.py --op 2 --theme dark --lang zh -o matmul.png
  backpass render homework.ipynb --width 1600 --height 1000 --format png > homework.png

needs a Chromium on this machine and the extra 'render': pip install 'backpass[render]'

exit codes:
  0  the picture is written        2  the command line or FILE is wrong
  1  the program failed: the picture goes up to the failure, the error is on stderr
  3  no Chromium, or this machine lacks something else         130  stopped by Ctrl-C
"""


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """The command and its options."""
    parser = commands.add_parser(
        "render",
        help="run a program and write its diagram as SVG or PNG",
        description="Runs a program and writes the diagram that the page draws of it, through Chromium.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the program; - for stdin")
    parser.add_argument("-o", "--output", metavar="FILE", default=output.STDOUT, help="write there (default: stdout)")
    parser.add_argument("--format", choices=("svg", "png"), help="default: as FILE's name after -o ends, else svg")
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument("--step", type=whole, metavar="N", help="step of the timeline, from 0")
    moment.add_argument("--op", type=whole, metavar="N", help="the last step about operation N of the trace")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the words in it (default: en)")
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="colours (default: light)")
    parser.add_argument("--width", type=pixels, default=1000, metavar="PX", help="room for it (default: 1000)")
    parser.add_argument("--height", type=pixels, default=640, metavar="PX", help="room for it (default: 640)")
    parser.add_argument("--quiet", action="store_true", help="no progress on the terminal, no error of the program")
    parser.set_defaults(run=run, seed=None, strict=False, focus=None, limits=None)


def whole(text: str) -> int:
    """A number from 0."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("not a number from 0")
    return int(text)


def pixels(text: str) -> int:
    """A length that a window can have."""
    if not text.isdecimal() or not SMALLEST <= int(text) <= LARGEST:
        raise argparse.ArgumentTypeError(f"not a number of pixels from {SMALLEST} to {LARGEST}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Writes the picture; says on stderr what went wrong in the program."""
    form = form_of(options)
    program = read(options.file)
    request = request_of(program, options)
    with Progress(options.quiet) as progress:
        trace, picture = made(program, request, options, form, progress.say)
    if picture is not None:
        output.write(picture, options.output)
    elif trace["error"] is None:
        raise endings.usage(f"{program.name}: there is nothing to draw: no operation, no backward call")
    if trace["error"] is None:
        return endings.DONE
    if not options.quiet:
        print(told(program, trace["error"]), file=sys.stderr)
    return endings.PROGRAM_FAILED


def made(
    program: Program,
    request: dict[str, Any],
    options: argparse.Namespace,
    form: browser.Format,
    say: Callable[[str], None],
) -> tuple[dict[str, Any], bytes | None]:
    """The trace, and the picture as the page exports it; None where the trace has nothing to draw."""
    say("starting the browser")
    with browser.opened() as page:
        say("starting the server")
        with local.serving() as url:
            say("running the program")
            trace = local.trace(url, request)
            if not trace["ops"] and not trace["backward"]:
                return trace, None
            say("drawing")
            moment = moment_of(program, trace, options)
            return trace, drawn(page, url + address(program, moment), moment, options, form)


def form_of(options: argparse.Namespace) -> browser.Format:
    """What was asked for, else what the name of the output says, else SVG."""
    form: browser.Format = options.format or ("png" if Path(options.output).suffix.lower() == ".png" else "svg")
    if form == "png" and options.output == output.STDOUT and sys.stdout.isatty():
        raise endings.usage("a PNG is nothing for a terminal; write it with -o FILE")
    return form


def moment_of(program: Program, trace: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """What the link says: the cells, and where to open them."""
    said: dict[str, Any] = {"cells": program.cells, "lang": options.lang, "theme": options.theme}
    if options.step is not None:
        said["step"] = options.step
    if options.op is not None:
        said["step"] = step_of(options.op, trace)
        # A layer that is folded into one operation would hide those that it is made of.
        said["modules"] = {module["id"]: 1 for module in trace["modules"]}
        if said["step"] is None:
            raise endings.usage(f"--op {options.op}: the trace has {len(trace['ops'])} operations, from 0")
    return said


def address(program: Program, moment: dict[str, Any]) -> str:
    """The share link, from the server's root."""
    fragment = link.fragment(moment)
    if len(fragment) > link.LONGEST:
        raise endings.usage(f"{program.name}: too long for a share link, which pictures are made from")
    return f"/?lang={moment['lang']}{fragment}"


def drawn(page: Page, address: str, moment: dict[str, Any], options: argparse.Namespace, form: browser.Format) -> bytes:
    """The picture of a share link."""
    browser.show(page, address)
    browser.give_room(page, options.width, options.height)
    browser.come_to_rest(page)
    if "step" in moment and browser.current_step(page) != moment["step"]:
        raise endings.usage(f"--step {moment['step']}: the steps of this program are 0 to {browser.last_step(page)}")
    return browser.export(page, form, options.lang)
