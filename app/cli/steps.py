"""The steps of a trace in the page's order (static/js/trace/steps.js), as far as the command line speaks of them."""

from __future__ import annotations

from typing import Any


def steps(trace: dict[str, Any]) -> list[int | None]:
    """The operation of each step with every module opened, None for a step that is about none."""
    calls = sorted(trace["backward"], key=lambda call: int(call["after_op"]))
    found: list[int | None] = []
    for position, op in enumerate(trace["ops"]):
        while calls and calls[0]["after_op"] <= position:
            found += call_steps(calls.pop(0), trace)
        found.append(op["id"])
    for call in calls:
        found += call_steps(call, trace)
    return found


def call_steps(call: dict[str, Any], trace: dict[str, Any]) -> list[int | None]:
    """Of one backward call: its seed, the operations as walked, the booking in `.grad`, the failure."""
    described = {op["id"] for op in trace["ops"]}
    booked = [None] if call["accumulated"] else []
    failed = [call["error"].get("op")] if call["error"] else []
    return [None, *[op for op in call["order"] if op in described], *booked, *failed]


def step_of(op: int, trace: dict[str, Any]) -> int | None:
    """The last step about an operation: in the backward call where one walked it. None: there is no such operation."""
    about = [number for number, other in enumerate(steps(trace)) if other == op]
    return about[-1] if about else None
