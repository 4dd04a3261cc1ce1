"""torch.autograd.grad: scores of chosen tensors as an answer instead of in drawers."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.backward import source_of
from app.engine.errors import TorchError
from app.engine.namespaces import TENSORS
from app.engine.ops.autograd import NON_SCALAR, check_tensors, listed, start, walk
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.value import dense
from app.engine.walk import Walk

UNUSED = (
    "The differentiated Tensor at index {place} appears to not have been used in the graph. Set allow_unused=True if "
    "this is the desired behavior."
)
NOT_BOTH = "Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False."
BATCH_SHAPE = (
    "If `is_grads_batched=True`, we interpret the first dimension of each grad_output as the batch dimension. The sizes "
    "of the remaining dimensions are expected to match the shape of corresponding output, but a mismatch was detected: "
    "grad_output[{place}] has a shape of torch.Size({given}) and output[{place}] has a shape of torch.Size({wanted}). "
    "If you only want some tensors in `grad_output` to be considered batched, consider using vmap."
)


def grad(
    outputs: Any, inputs: Any, grad_outputs: Any = None, retain_graph: bool | None = None, create_graph: bool = False,
    is_grads_batched: bool = False, allow_unused: bool | None = None, materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]:  # fmt: skip
    """torch.autograd.grad: the scores of the inputs, returned instead of booked."""
    if materialize_grads and allow_unused is False:
        raise TorchError("ValueError", NOT_BOTH)
    if is_grads_batched:
        return _batched(outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused, materialize_grads)
    roots, wanted = listed(outputs, "outputs"), listed(inputs, "inputs")
    if not wanted:
        raise TorchError("RuntimeError", "`inputs` argument to `grad()` cannot be empty.")
    check_tensors(roots, wanted)
    call = start("grad", roots, listed(grad_outputs, "grad_outputs"), wanted, retain_graph, create_graph)
    for t in wanted:
        if not t.requires_grad:
            error = TorchError(
                "RuntimeError", "One of the differentiated Tensors does not require grad", code="no-grad-fn"
            )
            call.error = error
            raise error
    walked = walk(call, [t.value for t in wanted], book=False)
    results = tuple(_answer(walked, t, place, bool(allow_unused), materialize_grads) for place, t in enumerate(wanted))
    call.results = [None if r is None else r.array for r in results]
    return results


def _batched(
    outputs: Any, inputs: Any, grad_outputs: Any, retain: bool | None, create: bool, allow: bool | None,
    materialize: bool,
) -> tuple[Tensor | None, ...]:  # fmt: skip
    """One call for each slice of the gradients along their first dimension; the answers are stacked."""
    roots = listed(outputs, "outputs")
    rows = listed(grad_outputs, "grad_outputs")
    if any(not isinstance(g, Tensor) for g in rows):
        raise TorchError(
            "RuntimeError", NON_SCALAR, code="non-scalar-root", count=roots[0].numel, shape=list(roots[0].shape)
        )
    for place, (root, row) in enumerate(zip(roots, rows, strict=False)):
        if tuple(row.shape[1:]) != tuple(root.shape) or not row.shape:
            told = BATCH_SHAPE.format(place=place, given=list(row.shape[2:]), wanted=list(root.shape))
            raise TorchError(
                "RuntimeError", told, code="gradient-shape", given=list(row.shape), wanted=list(root.shape)
            )
    count = rows[0].shape[0] if rows else 0
    answers = []
    for n in range(count):
        keep = True if n + 1 < count else (create if retain is None else retain)
        slices = [TENSORS.select(row, dim=0, index=n) for row in rows]
        answers.append(grad(outputs, inputs, slices, keep, create, False, allow, materialize))
    return tuple(None if column[0] is None else TENSORS.stack(*column, dim=0) for column in zip(*answers, strict=True))


def _answer(walk: Walk, wanted: Tensor, place: int, allow_unused: bool, materialize: bool) -> Tensor | None:
    g = walk.arrived.get(source_of(wanted.value))
    if g is None and materialize:
        g = np.zeros(wanted.shape, wanted.array.dtype)
    if g is None:
        if not allow_unused:
            error = TorchError("RuntimeError", UNUSED.format(place=place), code="unused-input", place=place)
            walk.call.error = error
            raise error
        return None
    if isinstance(g, Tensor):
        return g
    run = current()
    answer = Tensor.of(dense(np.asarray(g)))
    run.tape.made(answer.value, run.here)
    return answer


OUTPUTS = (
    "def any outputs, any inputs, any grad_outputs=None, bool? retain_graph=None, bool create_graph=False, "
    "bool? only_inputs=True, bool? allow_unused=None, bool is_grads_batched=False, bool materialize_grads=False"
)
expose("torch.autograd.grad", (OUTPUTS, lambda only_inputs, **given: grad(**given)))
