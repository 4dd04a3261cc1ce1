"""`backpass serve`: every setting is a flag, and a flag is stronger than its BACKPASS_ variable."""

from __future__ import annotations

import argparse
from typing import Any, Final

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from app import main, settings
from app.cli import endings

# What people type comes first; the rest follows in the order in which the settings stand.
TYPED: Final = ("host", "port", "root_path", "workers")

EPILOG = """examples:
  backpass serve                                  for this machine only, on http://127.0.0.1:8000
  backpass serve --host 0.0.0.0 --port 80         for everybody who can reach this machine
  backpass serve --queue 200                      longer lines before somebody is asked to come back
  BACKPASS_PORT=9000 backpass serve               every flag is also a variable; the flag wins

Ctrl-C or SIGTERM ends the server. A setting that does not exist, or cannot have its value, is exit code 2.
"""


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """The command and its options."""
    parser = commands.add_parser(
        "serve",
        help="serve the page and the REST API",
        usage="backpass serve [--host TEXT] [--port N] [--SETTING VALUE …]",
        description="Serves the page and the REST API until it is stopped.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    fields = settings.Settings.model_fields
    typed = parser.add_argument_group("where, and how much of this machine")
    others = parser.add_argument_group("other settings")
    for name in sorted(fields, key=lambda name: TYPED.index(name) if name in TYPED else len(TYPED)):
        add_flag(typed if name in TYPED else others, name, fields[name])
    parser.set_defaults(run=run)


def add_flag(group: argparse._ArgumentGroup, name: str, field: FieldInfo) -> None:
    """--deadline-seconds for BACKPASS_DEADLINE_SECONDS; its value is checked where the variable's is."""
    told = f"{field.description or name.replace('_', ' ')} ({settings.variable(name)}{default(field)})".replace(
        "%", "%%"
    )
    if field.annotation is bool:
        group.add_argument(
            settings.flag(name), action=argparse.BooleanOptionalAction, default=argparse.SUPPRESS, help=told
        )
    else:
        metavar = "N" if field.annotation in (int, float, int | None) else "TEXT"
        group.add_argument(settings.flag(name), default=argparse.SUPPRESS, metavar=metavar, help=told)


def default(field: FieldInfo) -> str:
    """`; default: 8000`, or nothing where the default is not one word."""
    if field.default in (None, "", PydanticUndefined):
        return ""
    return f"; default: {field.default}"


def run(options: argparse.Namespace) -> int:
    """Serves until stopped. Raises StopError for a setting that cannot be."""
    given = {name: getattr(options, name) for name in settings.Settings.model_fields if hasattr(options, name)}
    try:
        values = settings.read(given)
    except settings.SettingError as error:
        raise endings.usage(str(error)) from None
    main.serve(values)
    return endings.DONE
