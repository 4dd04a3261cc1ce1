"""Making a view's value again after a write to its base."""

from __future__ import annotations

from app.engine.arrays import Array
from app.engine.namespaces import OPERATIONS
from app.engine.node import Call, Node, lost_view
from app.engine.region import Region, places_of
from app.engine.run import Run, current
from app.engine.tensor import Window, settle, window_array
from app.engine.value import Value


def replay(base: Value, window: Window) -> Value:
    """The view's numbers as they are now.

    After a write that its version counter knows of, by an operation whose grad_fn is AsStridedBackward0; after an edit
    behind autograd's back (`x.data`) the view keeps its own node, and so does a view that is a leaf of its own.
    """
    run, old = current(), window.value
    array = window_array(base, window)
    assert base.memory is not None
    assert base.counter is not None
    if old.version == base.counter.version:
        value = Value(array, old.node, old.index, old.requires_grad)
        run.tape.made(value, run.here)
    else:
        value = _strided_again(run, base, window, array)
    if old.is_leaf:
        value.requires_grad = value.requires_grad or old.requires_grad
    if window.one_of_many and base.requires_grad and value.node is not old.node and old.node is not None:
        value.lost = lost_view(old, "its base or another view of its base has been modified inplace")
    value.meta = old.meta
    settle(value, base.memory, base.counter, window.offset)
    run.tape.succeeded(old, value)
    return value


def _strided_again(run: Run, base: Value, window: Window, array: Array) -> Value:
    """A new window of the base, recorded where the base requires grad."""
    places = places_of(base, Region(window.shape, window.strides, window.offset))
    params = {"source": places.reshape(-1), "shape": window.shape}
    node = Node(
        OPERATIONS["as_strided"], (base,), Call((base.array,), (array,), params), run.here, len(run.tape.applied)
    )
    if base.requires_grad:
        node.needs, node.recorded, node.grad_fn = (True,), True, node.operation.grad_fn_of(node.call)
    value = Value(array, node if node.recorded else None, 0, node.recorded)
    run.tape.ran(node, (value,))
    return value
