"""Replaying a view after a write to its base."""

from __future__ import annotations

from app.engine.node import Call, Node
from app.engine.operation import Operation
from app.engine.ops.internal import pick
from app.engine.relation.rearrangement import Rearrangement
from app.engine.run import current
from app.engine.tensor import Window, settle, window_array
from app.engine.value import Value
from app.engine.write import Region, places_of

as_strided = Operation("as_strided", pick.forward, [Rearrangement(operation="pick")], grad_fn="AsStridedBackward0")


def replay(base: Value, window: Window) -> Value:
    """The view's numbers as they are now, by an operation whose grad_fn is AsStridedBackward0."""
    run = current()
    places = places_of(base, Region(window.shape, window.strides, window.offset))
    array = window_array(base, window)
    params = {"source": places.reshape(-1), "shape": window.shape}
    node = Node(as_strided, (base,), Call((base.array,), (array,), params), run.here, len(run.tape.applied))
    if base.requires_grad:
        node.needs, node.recorded, node.grad_fn = (True,), True, "AsStridedBackward0"
    value = Value(array, node if node.recorded else None, 0, node.recorded)
    assert base.memory is not None
    settle(value, base.memory, base.counter, window.offset)
    run.tape.ran(node, (value,))
    run.tape.succeeded(window.value, value)
    return value
