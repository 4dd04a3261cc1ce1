"""A leaf that was made and never used: usually another name was meant (x beside X)."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.run import Notice
from app.engine.tensor import Tensor
from app.interpreter import Execution


def unused_leaves(execution: Execution) -> Iterator[Notice]:
    """At the making of every leaf that a variable still holds and no operation has read, once backward ran."""
    tape = execution.run.tape
    roots = [value for call in tape.calls if call.accumulated for value, _ in call.roots]
    if not roots:
        return
    last = tape.order_of(roots[-1])
    used = {id(value.meta) for applied in tape.applied for value in applied.node.inputs if value.meta is not None}
    used |= {id(value.meta) for call in tape.calls for value, _ in call.roots if value.meta is not None}
    for name, held in execution.namespace.items():
        if type(held) is not Tensor or not held.requires_grad or held.value.node is not None:
            continue
        if held.meta.grad is None and id(held.meta) not in used and tape.order_of(held.value) < last:
            other = next((n for n in execution.namespace if n != name and n.lower() == name.lower()), None)
            code = "leaf-unused" if other is None else "leaf-unused-beside"
            yield Notice(code, {"name": name, "other": other}, tape.places.get(id(held.value)))
