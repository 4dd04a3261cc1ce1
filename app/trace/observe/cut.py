"""A chain that was cut before backward: by a bare number, by numpy, by detach or under no_grad."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.node import Node
from app.engine.run import Notice
from app.engine.tape import Tape
from app.engine.value import Value
from app.interpreter import Execution

NUMBERS = frozenset({"float", "bool"})


def cuts(execution: Execution) -> Iterator[Notice]:
    """Where the way back ended, for the first error that says there is none."""
    tape = execution.run.tape
    for cell in execution.cells:
        error = cell.error
        if error is None:
            continue
        if error.code == "no-grad-fn":
            roots = [value for call in tape.calls if call.error is not None for value, _ in call.roots]
            yield from _behind(tape, roots[-1:])
        elif error.type == "AttributeError" and _of_a_number(error.message):
            yield from _read_outs(tape, None)


def _of_a_number(message: str) -> bool:
    kind, _, rest = message.partition(" object has no attribute ")
    return kind.strip("'") in NUMBERS and rest.strip("'") in {"backward", "grad", "requires_grad"}


def _behind(tape: Tape, roots: list[Value]) -> Iterator[Notice]:
    """The last operation on the way to the root that took in a tensor with a history and gave one without."""
    makers = {id(value): applied.node for applied in tape.applied for value in applied.outputs}
    edge, seen = list(roots), set[int]()
    while edge:
        value = edge.pop()
        node = makers.get(id(value))
        if id(value) in seen or node is None:
            continue
        seen.add(id(value))
        if any(source.requires_grad for source in node.inputs):
            yield Notice("chain-cut-by-operation", {"operation": _called(node)}, node.here)
            return
        edge.extend(node.inputs)
    for root in roots:
        yield from _read_outs(tape, tape.order_of(root))


def _called(node: Node) -> str:
    return node.operation.name


def _read_outs(tape: Tape, before: int | None) -> Iterator[Notice]:
    """The last number that was taken out of a tensor with a history before the root was made."""
    for made, how, here in reversed(tape.read_outs):
        if before is None or made <= before:
            yield Notice("chain-cut-by-number", {"how": how}, here)
            return
