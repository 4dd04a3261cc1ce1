"""Writes docs/supported.md, the table of everything that a program may use: `python -m tools.supported`."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from app.engine.registry import ATTRIBUTES
from app.interpreter.library.listing import public_names
from app.trace import catalogue

TARGET = Path(__file__).resolve().parents[1] / "docs" / "supported.md"
HEAD = """# What a program may use

Made from the registry by `python -m tools.supported`; a test holds that it is up to date. `GET /api/ops` gives the same
with formulas and examples. A name of PyTorch's that is not here fails with `not supported yet: torch.…` and the nearest
name that is. What behaves otherwise on purpose stands in [differences.md](differences.md).

"""
WIDTH = 110


def text() -> str:
    """The whole document."""
    names = public_names()
    parts = [HEAD, _operations(catalogue()), _attributes()]
    parts += [_module(module, names[module]) for module in names if not _is_inner(module)]
    return "\n".join(parts)


def _operations(entries: list[dict[str, Any]]) -> str:
    drawn = [entry for entry in entries if entry["kind"]]
    rows = [f"| `{e['name']}` | {e['kind']} | {e['structure']} | {_spelled(e['spellings'])} |" for e in drawn]
    head = (
        f"## Operations with edges ({len(drawn)})\n\n"
        "The relation between the first input and the result, in the example that the gallery shows.\n\n"
        "| name | relation | structure | spellings |\n| --- | --- | --- | --- |\n"
    )
    return head + "\n".join(rows) + "\n"


def _spelled(spellings: list[str]) -> str:
    return ", ".join(f"`{spelling}`".replace("|", "\\|") for spelling in spellings)


def _attributes() -> str:
    return f"## Attributes of tensors ({len(ATTRIBUTES)})\n\n{_wrapped(sorted(ATTRIBUTES))}\n"


def _module(module: str, names: list[str]) -> str:
    return f"## `{module}` ({len(names)})\n\n{_wrapped(names)}\n"


def _is_inner(module: str) -> bool:
    """Modules that PyTorch keeps its classes in; everything in them has a shorter name."""
    return module.startswith(("torch.nn.modules.", "torch.optim.")) and module != "torch.optim.lr_scheduler"


def _wrapped(names: list[str]) -> str:
    """The names in lines of a readable length."""
    lines: list[str] = []
    for name in (f"`{name}`" for name in names):
        if lines and len(lines[-1]) + len(name) + 2 <= WIDTH:
            lines[-1] += f" {name}"
        else:
            lines.append(name)
    return "\n".join(itertools.chain(lines))


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
