"""Writes docs/settings.md, the table of every setting: `python -m tools.settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from app.allowed import words
from app.settings import Settings, variable

TARGET: Final = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
# The first setting of each part.
PARTS: Final = {
    "host": "Where the server is reached",
    "workers": "Programs",
    "queue": "Load",
    "log_format": "What the server tells",
}
HEAD: Final = """# Settings

Made from `app/settings.py` by `python -m tools.settings`; a test holds that it is up to date.

Every setting is an environment variable; there is no configuration file, and no setting is a secret. Without any of
them the server works, for this machine alone. `backpass serve --help` names the flags that some settings have; a flag
goes before its variable. An empty variable counts as not set.

A variable that begins with `BACKPASS_` and names no setting, or a value that cannot be, stops the server at its start
with one line on standard error and exit code 2:

```text
backpass: BACKPASS_DEADLNE_SECONDS is not a setting; did you mean BACKPASS_DEADLINE_SECONDS?
backpass: BACKPASS_PORT must be a whole number from 0 to 65535, not 'http'
```

What Kubernetes sets beside a Service that is called backpass (`BACKPASS_SERVICE_HOST`, `BACKPASS_PORT=tcp://…`) is not
read.
"""
TAIL: Final = """
## Notes

- `BACKPASS_WORKERS=0` runs programs inside the server. Nothing can then end a program that runs too long but its own
  budgets, and no wall of the operating system stands around it: for tests and for systems that cannot fork.
- `BACKPASS_METRICS=private` refuses every request that came through a proxy, and every public address. A Prometheus on
  the same machine or network that asks the server directly needs no setting; a proxy in front shows the metrics to
  nobody. They hold counts and times, and neither addresses nor programs. `all` is for a server that only a cluster can
  reach, `none` answers 404.
- `BACKPASS_PROXIES` left empty behind a proxy is safe but coarse: all readers then look like one address, the proxy's.
- `BACKPASS_OPERATOR` and `BACKPASS_CONTACT` are shown on `/privacy` as text, whatever they hold; a mail or
  web address becomes a link.
"""


def text() -> str:
    """The whole document."""
    rows = [row(name) for name in Settings.model_fields]
    return HEAD + "".join(rows) + TAIL


def row(name: str) -> str:
    """One line of a table; before the first of a part, its head."""
    field = Settings.model_fields[name]
    told: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    default = f"`{written(field.default)}`" if field.default not in ("", None) else "unset"
    example = written((field.examples or [field.default])[0])
    cells = [
        f"`{variable(name)}`",
        field.description or "",
        str(told.get("unit", "")),
        default,
        words(Settings, name),
        f"`{variable(name)}={quoted(example)}`",
    ]
    return head(name) + "| " + " | ".join(cells) + " |\n"


def head(name: str) -> str:
    """The heading of the part that begins with a setting."""
    if name not in PARTS:
        return ""
    columns = ["variable", "meaning", "unit", "default", "allowed", "example"]
    return f"\n## {PARTS[name]}\n\n| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"


def written(value: object) -> str:
    """A value as a variable has it: 3, not 3.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def quoted(value: str) -> str:
    """A value as a shell takes it."""
    return f'"{value}"' if " " in value else value


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
