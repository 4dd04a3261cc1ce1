"""In-place writes: a tensor's handle moves on to a new version; the old value stays as the graph knew it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.arrays import Array
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.node import Call, Node, Saved, lost_view, own_view
from app.engine.operation import Number, Operation, constant
from app.engine.overlap import refuse_internal, refuse_partial
from app.engine.region import Region, places_of
from app.engine.relation.write import Write
from app.engine.run import Run, current
from app.engine.tensor import Chain, Tensor, settle
from app.engine.value import Value, strided

LEAF = "a leaf Variable that requires grad is being used in an in-place operation."
ONE_NUMBER = ("fill_", "zero_")
"""`y.fill_(3.)` and `y.zero_()` may write to one place twice; `y[...] = 3.` may not."""
MADE_IN_NO_GRAD = (
    "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this use case "
    "is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace "
    "either both inside the no_grad block (if you don't want the inplace to be tracked) or both outside (if you want "
    "the inplace to be tracked)."
)
INFERENCE = (
    "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a normal "
    "tensor before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for more details."
)
VIEW_OF_LEAF = "a view of a leaf Variable that requires grad is being used in an in-place operation."


def write(
    target: Tensor,
    operation: Operation,
    others: Sequence[Tensor | Number],
    params: dict[str, Any],
    *,
    region: Region | None = None,
    name: str | None = None,
    listed: bool = True,
) -> Tensor:
    """target ← operation(target, *others) in place, on the whole tensor or on a region of it.

    Raises PyTorch's errors for leaves, for results that do not fit the type or the shape, and for regions in
    which one memory place appears twice.
    """
    run = current()
    name = name or f"{operation.name}_"
    if region is None and target.window is not None:
        region = Region(target.window.shape, target.window.strides, target.window.offset)
    base = target.chain.current()
    if base.inference and not run.tape.inference:
        raise TorchError("RuntimeError", INFERENCE, code="inference-tensor")
    _check_leaf(run, target, base, region)
    old = target.value if region is None else _read(base, region)
    values, arrays = _operands(run, operation, target, old, others)
    made, flops = operation.price(arrays, params)
    run.meter.operation(base.array.size + made, flops)
    run.meter.wrote()
    if name not in ONE_NUMBER or params.get("tensor"):
        refuse_internal(old)
    if operation.name != "fill":
        refuse_partial(base.memory, old, values[1:])
    part = _result(operation, arrays, params, old.array)
    _store(base, part, region)
    node = _node(run, operation, base, region, values, arrays, part, params, name)
    fresh = _next_version(base, node)
    _move(run, target, fresh)
    _save(node, operation, values, fresh)
    if listed:
        run.tape.ran(node, (fresh,))
        fresh.inference = base.inference
        run.tape.succeeded(base, fresh)
    return target


def _move(run: Run, target: Tensor, fresh: Value) -> None:
    if run.journal is not None:
        chain = target.chain
        run.journal.append(partial(_moved_back, chain, chain.value, chain.edits))
    target.chain.move(fresh)


def _moved_back(chain: Chain, value: Value, edits: int) -> None:
    chain.value, chain.edits = value, edits


def _note(base: Value) -> None:
    """Note what undoes a write to the memory of a value."""
    journal, memory, counter = current().journal, base.memory, base.counter
    if journal is None or memory is None:
        return
    flat, edits, version = memory.flat, memory.edits, 0 if counter is None else counter.version

    def undo() -> None:
        memory.flat, memory.edits = flat, edits
        if counter is not None:
            counter.version = version

    journal.append(undo)


def _check_leaf(run: Run, target: Tensor, base: Value, region: Region | None) -> None:
    if not run.grad_enabled:
        return
    if target.window is not None and target.window.unrecorded:
        raise TorchError("RuntimeError", MADE_IN_NO_GRAD, code="inplace-no-grad-view")
    if base.node is not None and base.index in base.node.operation.views:
        raise own_view(base.node, base.index)
    if base.requires_grad and base.node is None:
        if region is None:
            raise TorchError("RuntimeError", LEAF, code="inplace-leaf")
        raise TorchError("RuntimeError", VIEW_OF_LEAF, code="inplace-leaf-view")
    window = target.window
    if window is not None and window.one_of_many and base.requires_grad and target.value.node is not None:
        raise lost_view(target.value, "is being modified inplace")


def _read(base: Value, region: Region) -> Value:
    assert base.memory is not None
    value = Value(strided(base.memory.flat, region.shape, region.strides, region.offset))
    settle(value, base.memory, base.counter, region.offset)
    return value


def _operands(
    run: Run, operation: Operation, target: Tensor, old: Value, others: Sequence[Tensor | Number]
) -> tuple[tuple[Value, ...], tuple[Array, ...]]:
    dtype = operation.compute_dtype(run, (target, *others))
    kept = (old, *(o.value if isinstance(o, Tensor) else constant(run, o, dtype or target.dtype) for o in others))
    if dtype is None:
        return kept, tuple(v.array for v in kept)
    broadcast(v.array.shape for v in kept)
    return kept, tuple(v.array.astype(dtype.numpy, copy=False) for v in kept)


def _result(operation: Operation, arrays: tuple[Array, ...], params: dict[str, Any], old: Array) -> Array:
    """The new numbers of the region, in its own type and shape."""
    made = np.asarray(operation.forward(*arrays, **params))
    if made.shape != old.shape:
        raise TorchError(
            "RuntimeError",
            f"output with shape {list(old.shape)} doesn't match the broadcast shape {list(made.shape)}",
            code="broadcast-shape",
        )
    source, target = dtypes.of(made), dtypes.of(old)
    if not dtypes.can_cast(source, target):
        raise TorchError(
            "RuntimeError", f"result type {source.title} can't be cast to the desired output type {target.title}"
        )
    return made.astype(old.dtype, copy=False)


def _store(base: Value, part: Array, region: Region | None) -> None:
    """Replace the memory by a copy that holds the new numbers."""
    memory = base.memory
    assert memory is not None
    _note(base)
    flat = memory.flat.copy()
    shape, strides, offset = (
        (base.array.shape, base.array.strides, base.offset)
        if region is None
        else (region.shape, region.strides, region.offset)
    )
    strided(flat, shape, strides, offset)[...] = part
    memory.flat = flat
    memory.edits += 1
    if base.counter is not None:
        base.counter.version += 1


def _next_version(base: Value, node: Node) -> Value:
    memory = base.memory
    assert memory is not None
    array = strided(memory.flat, base.array.shape, base.array.strides, base.offset)
    node.call.outputs = (array,)
    if node.recorded:
        fresh = Value(array, node, 0, True)
        fresh.meta = base.meta if base.node is not None else None
    else:
        fresh = Value(array, base.node, base.index, base.requires_grad)
        fresh.meta = base.meta
    settle(fresh, memory, base.counter, base.offset)
    return fresh


def _node(
    run: Run,
    operation: Operation,
    base: Value,
    region: Region | None,
    values: tuple[Value, ...],
    arrays: tuple[Array, ...],
    part: Array,
    params: dict[str, Any],
    name: str,
) -> Node:
    """The node of the write: the operation's own on a whole tensor, a copy of slices on a region."""
    if region is None:
        stated = operation if operation.name == name else renamed(operation, name)
        call = Call(arrays, (part,), params)
    else:
        stated = _on_region(operation, places_of(base, region), name)
        call = Call((base.array, *arrays[1:]), (base.array,), params)
    node = Node(stated, (base, *values[1:]), call, run.here, len(run.tape.applied))
    stated.record(run, node)
    return node


def renamed(operation: Operation, name: str) -> Operation:
    """The operation under its in-place name."""
    return Operation(
        name, operation.forward, operation.structures,
        grad_fn=operation.grad_fn_of, tex=operation.tex, register=False,
    )  # fmt: skip


def _on_region(operation: Operation, places: Array, name: str) -> Operation:
    structures = [s and Write(inner=s, places=places) for s in operation.structures]
    return Operation(name, operation.forward, structures, grad_fn="CopySlices", register=False)


def _save(node: Node, operation: Operation, values: tuple[Value, ...], fresh: Value) -> None:
    """As for any operation, but the old self is kept as a copy, so that no later version can spoil it."""
    if not node.recorded:
        return
    node.operation.save(node, values, (fresh,))
    if node.grad_fn == "CopySlices" and not node.saved:  # PyTorch lets go of the written operation's own node
        node.saved = (Saved("input", 0, node.inputs[0].version, None),)
    node.saved = tuple(replace(s, counter=None) if (s.kind, s.position) == ("input", 0) else s for s in node.saved)
