"""Putting tensors together: dstack, column_stack, meshgrid, broadcast_tensors, block_diag, cartesian_prod, …"""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.indexing.gather import index_select
from app.engine.ops.leaf import checked
from app.engine.ops.shapes.axis_calls import expanded
from app.engine.ops.shapes.join import concatenated, listed, stacked
from app.engine.ops.shapes.rearrange import unsqueeze
from app.engine.ops.shapes.shape_calls import reshaped, view
from app.engine.registry import offer
from app.engine.relation.rearrangement import Rearrangement
from app.engine.run import current
from app.engine.tensor import Tensor


def _blocks(*matrices: Array) -> Array:
    """Along the diagonal; a vector counts as one row."""
    whole = [np.atleast_2d(m) for m in matrices]
    out = np.zeros((sum(m.shape[0] for m in whole), sum(m.shape[1] for m in whole)), np.result_type(*matrices))
    row = column = 0
    for m in whole:
        out[row : row + m.shape[0], column : column + m.shape[1]] = m
        row, column = row + m.shape[0], column + m.shape[1]
    return out


block_diag = Operation(
    "block_diag", _blocks, [Rearrangement(operation="block_diag")],
    cost=lambda *ms: (sum(np.atleast_2d(m).shape[0] for m in ms) * sum(np.atleast_2d(m).shape[1] for m in ms), 0),
    example="a = torch.tensor([1.0, 2.0], requires_grad=True)\nb = torch.tensor([3.0, 4.0], requires_grad=True)\n"
    "o = torch.block_diag(a, b)",
)  # fmt: skip


def _given(tensors: tuple[Any, ...]) -> tuple[Any, ...]:
    """One sequence of tensors stands for all of them."""
    first = tensors[0] if len(tensors) == 1 else None
    return listed(tuple(first) if isinstance(first, (tuple, list)) else tensors, "the function")


def at_least(input: Tensor, rank: int) -> Tensor:
    """With new dims of size 1, where NumPy puts them."""
    known = len(input.shape)
    if known >= rank:
        return input
    made: Any
    if not known:
        made = view(input, (1,) * rank)
    elif rank == 3 and known == 2:
        made = unsqueeze.apply((input,), {"dim": 2})
    else:
        made = unsqueeze.apply((input,), {"dim": 0})
        made = unsqueeze.apply((made,), {"dim": 2}) if rank == 3 else made
    result: Tensor = made
    return result


def _raised(rank: int) -> Any:
    def run(tensors: tuple[Any, ...]) -> Any:
        given = _given(tensors)
        made = tuple(at_least(t, rank) for t in given)
        return made[0] if len(tensors) == 1 and isinstance(tensors[0], Tensor) else made

    return run


def _deep(tensors: Any) -> Any:
    return concatenated([at_least(t, 3) for t in listed(tensors, "dstack")], 2)


def _columns(tensors: Any) -> Any:
    found = listed(tensors, "column_stack")
    return concatenated([t if len(t.shape) > 1 else reshaped(t, (t.numel, 1)) for t in found], 1)


def _grid(tensors: tuple[Any, ...], indexing: str | None = None) -> Any:
    """Each along its own dim, stretched over those of the others; "xy" exchanges the first two."""
    given = _given(tensors)
    if not given:
        raise TorchError("RuntimeError", "meshgrid expects a non-empty TensorList")
    for t in given:
        if len(t.shape) > 1:
            raise TorchError(
                "RuntimeError",
                f"torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {t.array.tolist()}",
            )
    if indexing not in (None, "ij", "xy"):
        raise TorchError(
            "RuntimeError", f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    turned = indexing == "xy" and len(given) > 1
    ordered = (given[1], given[0], *given[2:]) if turned else given
    shape = tuple(t.numel for t in ordered)
    made = [
        expanded(view(t, tuple(-1 if d == n else 1 for d in range(len(shape)))), shape) for n, t in enumerate(ordered)
    ]
    if turned:
        made = [made[1], made[0], *made[2:]]
    return tuple(made)


def _alike(tensors: tuple[Any, ...]) -> Any:
    given = _given(tensors)
    shape = broadcast(t.shape for t in given)
    return tuple(t if tuple(t.shape) == shape else expanded(t, shape) for t in given)


def _on_diagonal(tensors: tuple[Any, ...]) -> Any:
    given = _given(tensors)
    for place, t in enumerate(given):
        if len(t.shape) > 2:
            raise TorchError(
                "RuntimeError",
                f"torch.block_diag: Input tensors must have 2 or fewer dimensions. Input {place} has {len(t.shape)} dimensions",
            )
    return block_diag.apply(given, {})


def picked(input: Tensor, places: Array) -> Any:
    """Elements of a vector by their numbers."""
    return index_select.apply((input, Tensor.of(np.asarray(places, np.int64))), {"dim": 0})


MANY_ROWS = 10**9


def _product(tensors: tuple[Any, ...]) -> Any:
    """Every choice of one element each, the last one running fastest."""
    given = _given(tensors)
    for t in given:
        if len(t.shape) != 1:
            raise TorchError("RuntimeError", f"Expect a 1D vector, but got shape {list(t.shape)}")
    if len(given) == 1:
        return given[0]
    return stacked([reshaped(grid, (-1,)) for grid in _grid(given)], 1)


def _admit(n: int, r: int) -> None:
    """Charge for the rows of r out of n, multiplied up only as far as anything may be made."""
    count = 1
    for k in range(min(r, n - r) if r <= n else 0):
        count = count * (n - k) // (k + 1)
        current().meter.work(1)
        if count > MANY_ROWS:
            break
    checked((count, r) if r <= n else (0, 0))


def _chosen(input: Tensor, r: int = 2, with_replacement: bool = False) -> Any:
    if len(input.shape) != 1:
        raise TorchError("RuntimeError", f"Expect a 1D vector, but got shape {list(input.shape)}")
    if r < 0:
        raise TorchError("RuntimeError", f"Expect a non-negative number, but got {r}")
    choose = combinations_with_replacement if with_replacement else combinations
    _admit(input.numel + (r - 1 if with_replacement and input.numel else 0), r)
    rows = np.array(list(choose(range(input.numel), r)), np.int64).reshape(-1, r)
    return stacked([picked(input, rows[:, n]) for n in range(r)], 1) if r else picked(input, np.zeros(0))


# fmt: off
MANY = "any... tensors"
for _rank in (1, 2, 3):
    offer(f"torch.atleast_{_rank}d", (f"def {MANY}", _raised(_rank)), operation="view")
offer("torch.dstack",             ("list tensors", _deep), operation="cat")
offer("torch.column_stack",       ("list tensors", _columns), operation="cat")
offer("torch.meshgrid",           (f"def {MANY}, *, str? indexing=None", _grid), operation="expand")
offer("torch.broadcast_tensors",  (f"def {MANY}", _alike), operation="expand")
offer("torch.block_diag",         (f"def {MANY}", _on_diagonal))
offer("torch.cartesian_prod",     (f"def {MANY}", _product), operation="stack")
offer("torch.combinations",             ("Tensor input, int r=2, bool with_replacement=False", _chosen), operation="stack")
# fmt: on
