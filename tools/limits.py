"""Writes the table of budgets and limits in docs/operations.md from the code: `python -m tools.limits`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.interpreter.budget import Limits as Budgets
from app.service import queue
from app.service.outcome import RESPONSE_BYTES
from app.settings import Settings, variable
from app.trace.graph import Limits as Described
from app.web import body, connections, server

TARGET: Final = Path(__file__).resolve().parents[1] / "docs" / "operations.md"
BEGIN: Final = "<!-- limits: made by python -m tools.limits -->\n"
END: Final = "<!-- end of limits -->\n"
LIMIT: Final = "200, `LimitError`"
LATER: Final = "429, `Retry-After`"
LESS: Final = "described less"

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """What is limited, to what, what happens beyond, and the setting that changes it."""
    return [*request_rows(), *program_rows(), *answer_rows(), *connection_rows()]


def request_rows() -> list[Row]:
    """Before a program runs."""
    return [
        ("body of a request", f"{number(body.BODY_BYTES)} bytes", "413", ""),
        ("time for a body to arrive", seconds(body.BODY_SECONDS), "408", ""),
        ("requests in the queue", number(default("queue")), LATER, name("queue")),
        ("of them, of one page", number(queue.PER_PAGE), LATER, ""),
        ("wait in the queue", seconds(queue.WAIT_SECONDS), LATER, ""),
        ("programs of one address, long run", f"{number(default('flood_per_second'))} per second", LATER,
         name("flood_per_second")),
        ("programs of one address, at once", number(default("flood_burst")), LATER, name("flood_burst")),
    ]  # fmt: skip


def program_rows() -> list[Row]:
    """While it runs."""
    most = Budgets()
    return [
        ("source", f"{number(most.source)} characters", LIMIT, ""),
        ("steps; with training", f"{number(most.steps)}; {number(most.training_steps)}", LIMIT, ""),
        ("tensor operations; with training", f"{number(most.operations)}; {number(most.training_operations)}", LIMIT,
         ""),
        ("arithmetic; with training", f"{number(most.flops)}; {number(most.training_flops)} units", LIMIT, ""),
        ("elements of a tensor; of all", f"{number(most.elements)}; {number(most.all_elements)}", LIMIT, ""),
        ("backward passes", number(most.backward), LIMIT, ""),
        ("calls inside each other", number(most.calls), LIMIT, ""),
        ("entries of a container; of all", f"{number(most.size)}; {number(most.allocation)}", LIMIT, ""),
        ("output", f"{number(most.output)} characters", LIMIT, ""),
        ("wall clock", seconds(default("deadline_seconds")), f"{LIMIT}, worker replaced", name("deadline_seconds")),
        ("address space of a worker", f"{number(default('memory_mb'))} MB", LIMIT, name("memory_mb")),
        ("programs of one worker", number(default("recycle_after")), "worker replaced", name("recycle_after")),
    ]  # fmt: skip


def answer_rows() -> list[Row]:
    """What is told of it."""
    told = Described()
    return [
        ("operations described", number(told.ops), LESS, ""),
        ("edges described", number(told.edges), LESS, ""),
        ("numbers described; of one tensor", f"{number(told.values)}; {number(told.values_per_tensor)}", LESS, ""),
        ("answer, before compression", f"{number(RESPONSE_BYTES)} bytes", LIMIT, ""),
        ("answers kept", f"{number(default('cache_mb'))} MB", "the oldest go", name("cache_mb")),
    ]


def connection_rows() -> list[Row]:
    """Whoever asks."""
    return [
        ("connections", number(server.CONNECTIONS), "an idle one is ended", ""),
        ("headers of a request", f"{number(connections.HEAD_BYTES)} bytes", "431 or 400", ""),
        ("time for headers to arrive", seconds(connections.HEAD_SECONDS), "408", ""),
        ("idle connection kept", seconds(server.IDLE_SECONDS), "ended", ""),
        ("slowest reader of an answer",
         f"{number(connections.SLOWEST)} bytes per second over {seconds(connections.READ_SECONDS)}", "dropped", ""),
        ("time to finish after SIGTERM", seconds(server.FINISH_SECONDS), "ended", ""),
    ]  # fmt: skip


def default(field: str) -> float:
    """A setting's default."""
    value: float = Settings.model_fields[field].default
    return value


def name(field: str) -> str:
    """A setting's variable."""
    return f"`{variable(field)}`"


def number(value: float) -> str:
    """With spaces between thousands."""
    return f"{value:,.0f}".replace(",", " ")


def seconds(value: float) -> str:
    """A time."""
    return f"{value:g} s"


def table() -> str:
    """The part of the document."""
    head = "| what | limit | beyond it | setting |\n| --- | --- | --- | --- |\n"
    return BEGIN + "\n" + head + "".join(f"| {' | '.join(row)} |\n" for row in rows()) + "\n" + END


def text() -> str:
    """The whole document with the present table."""
    before, _, rest = TARGET.read_text("utf-8").partition(BEGIN)
    return before + table() + rest.partition(END)[2]


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
