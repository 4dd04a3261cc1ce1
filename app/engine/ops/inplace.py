"""Writes that replace what was there: copy_, fill_, zero_; and requires_grad_."""

from __future__ import annotations

import numpy as np

from app.engine import dtypes
from app.engine.arrays import Array
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Number, Operation
from app.engine.ops.leaf import become_float
from app.engine.registry import expose, offer
from app.engine.relation.rearrangement import Rearrangement
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write

ONLY_FLOATS = "only Tensors of floating point dtype can require gradients"
"""requires_grad_() says so; `x.requires_grad = True` names complex types as well."""
INTEGER_GRAD_SETTER = "only Tensors of floating point and complex dtype can require gradients"
INFERENCE_LEAF = "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed."
NOT_A_LEAF = (
    " If you want to use a computed variable in a subgraph that doesn't require differentiation use "
    "var_no_grad = var.detach()."
)


def _copied(old: Array, new: Array, *, tensor: bool = True) -> Array:
    """The new numbers in the old shape; nothing of the old ones is left. `tensor`: they came as one."""
    try:
        return np.array(np.broadcast_to(_droppable(new, old.ndim), old.shape), old.dtype)
    except ValueError:
        raise _misfit(old, _droppable(new, 0)) from None


def _droppable(new: Array, rank: int) -> Array:
    """Leading dims of size 1 may be dropped, as PyTorch does."""
    while new.ndim > rank and new.shape[0] == 1:
        new = new[0]
    return new


def _misfit(target: Array, source: Array) -> TorchError:
    old, new = target.shape, source.shape
    if len(new) > len(old):
        return TorchError(
            "RuntimeError",
            f"expand(torch.{dtypes.of(source).title}Tensor{{{list(new)}}}, size={list(old)}): the number of sizes "
            f"provided ({len(old)}) must be greater or equal to the number of dimensions in the tensor ({len(new)})",
            code="broadcast-shape",
        )  # fmt: skip
    shift = len(old) - len(new)
    dim = next(d for d in range(len(old) - 1, -1, -1) if d >= shift and new[d - shift] not in (1, old[d]))
    return TorchError(
        "RuntimeError",
        f"The expanded size of the tensor ({old[dim]}) must match the existing size ({new[dim - shift]}) at "
        f"non-singleton dimension {dim}.  Target sizes: {list(old)}.  Tensor sizes: {list(new)}",
        code="broadcast-shape", left=list(old), right=list(new), dim=dim,
    )  # fmt: skip


def _filled_name(call: Call) -> str:
    return "FillBackward3" if call.params["tensor"] else "FillBackward2"


copied = Operation(
    "copy", _copied, [Rearrangement(operation="copy"), Rearrangement(operation="copy")], grad_fn="CopyBackwards"
)
filled = Operation(
    "fill", _copied, [Rearrangement(operation="copy"), Rearrangement(operation="copy")],
    grad_fn=_filled_name,
)  # fmt: skip
zeroed = Operation("zero", np.zeros_like, [Rearrangement(operation="zero")])


def _fill_(input: Tensor, value: Tensor | Number) -> Tensor:
    if isinstance(value, Tensor) and value.shape:
        raise TorchError(
            "RuntimeError",
            f"fill_ only supports 0-dimension value tensor but got tensor with {len(value.shape)} dimensions.",
        )
    return write(input, filled, (value,), {"tensor": isinstance(value, Tensor)})


def requires_grad_(input: Tensor, requires_grad: bool = True) -> Tensor:
    """Make a leaf take part in backward, or not."""
    set_requires_grad(input, requires_grad)
    return input


def set_requires_grad(x: Tensor, wanted: bool, only_floats: str = ONLY_FLOATS) -> None:
    """Make a leaf take part in backward, or not; PyTorch's errors for non-leaves and integers."""
    value = x.value
    if wanted and value.inference and not current().tape.inference:
        raise TorchError("RuntimeError", INFERENCE_LEAF, code="inference-tensor")
    if wanted and not x.dtype.is_floating_point and not _as_float(x):
        raise TorchError("RuntimeError", only_floats, code="integer-requires-grad")
    if not wanted and value.node is not None:
        raise TorchError(
            "RuntimeError",
            f"you can only change requires_grad flags of leaf variables.{NOT_A_LEAF}",
            code="flag-of-result",
        )
    value = x.value
    if value.node is None:
        value.requires_grad = wanted
        value.meta = x.meta if wanted else value.meta


def _as_float(x: Tensor) -> bool:
    """Outside strict mode an integer tensor becomes float32, as the older documents expect; a notice says so."""
    run = current()
    if run.strict or x.is_view:
        return False
    run.notice("integer-requires-grad")
    become_float(x)
    return True


def _copy_(input: Tensor, other: Tensor, non_blocking: bool = False) -> Tensor:
    common = broadcast((input.shape, other.shape))
    if common != input.shape:
        raise TorchError(
            "RuntimeError",
            f"output with shape {list(input.shape)} doesn't match the broadcast shape {list(common)}",
            code="broadcast-shape",
        )
    return write(input, copied, (other,), {})


offer("Tensor.copy_", ("Tensor input, Tensor other, bool non_blocking=False", _copy_))
offer("Tensor.fill_", ("Tensor input, operand value", _fill_))
offer("Tensor.zero_", ("Tensor input", lambda input: write(input, zeroed, (), {})))
expose("Tensor.requires_grad_", ("Tensor input, bool requires_grad=True", requires_grad_))
