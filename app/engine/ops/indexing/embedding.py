"""embedding: rows of a matrix, picked by integers; and one_hot, the matrix that a product with would do the same."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation, wrap
from app.engine.ops.dims import sized
from app.engine.registry import expose, offer
from app.engine.relation.taken import Taken
from app.engine.run import current, grad_mode
from app.engine.tensor import Tensor
from app.engine.write import write

EXAMPLE = (
    "import torch.nn.functional as F\n"
    "w = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], requires_grad=True)\n"
    "o = F.embedding(torch.tensor([2, 0, 2]), w)"
)


def _complete(arrays: tuple[Array, ...], params: dict[str, Any]) -> dict[str, Any]:
    """The edges; `padding_idx` has none, and with `by_freq` a row's score is shared among its uses."""
    weight, index = arrays
    rows, width = index.reshape(-1).astype(np.int64), weight.shape[1]
    used = np.arange(rows.size)[rows != params["padding_idx"]]
    places = np.arange(width)
    shares = None
    if params["by_freq"]:
        shares = np.repeat(1 / np.bincount(rows, minlength=1)[rows[used]], width)
    return {
        **params,
        "source": (rows[used, None] * width + places).reshape(-1),
        "into": (used[:, None] * width + places).reshape(-1),
        "weights": shares,
    }


embedding = Operation(
    "embedding", lambda weight, index, **_: weight[index],
    [Taken(tex=lambda p: "1" if p["weights"] is None else r"\frac{1}{\#}", saves=frozenset({("input", 1)})), None],
    complete=_complete, example=EXAMPLE, shows=("padding_idx",),
    cost=lambda weight, index, **_: (index.size * weight.shape[1], 0),
)  # fmt: skip


def _renormed(weight: Array, *, index: Array, max_norm: float, norm_type: float) -> Array:
    """The used rows, scaled down to the largest norm that is allowed."""
    out = weight.copy()
    for row in np.unique(index):
        size = float(np.linalg.norm(weight[row].astype(np.float64), norm_type))
        if size > max_norm:
            out[row] = weight[row] * weight.dtype.type(max_norm / (size + 1e-7))
    return out


_renorm = Operation("embedding_renorm", _renormed, [], register=False)


def looked_up(
    weight: Tensor, indices: Tensor, padding_idx: int = -1, scale_grad_by_freq: bool = False, sparse: bool = False
) -> Any:
    """The rows of `weight` that `indices` name; PyTorch's errors for what is no matrix or no index."""
    require_index(indices)
    if len(weight.shape) != 2:
        raise TorchError("RuntimeError", "'weight' must be 2-D")
    rows = indices.array
    if rows.size and (rows.min() < 0 or rows.max() >= weight.shape[0]):
        raise TorchError("IndexError", "index out of range in self", code="index-range")
    params = {"padding_idx": padding_idx, "by_freq": scale_grad_by_freq}
    return embedding.apply((weight, indices), params)


def require_index(indices: Tensor, function: str = "embedding") -> None:
    """RuntimeError for indices that are neither int64 nor int32."""
    if indices.dtype.name not in ("int64", "int32"):
        title = "CPUBoolType" if indices.dtype.name == "bool" else f"torch.{indices.dtype.title}Tensor"
        raise TorchError(
            "RuntimeError",
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got "
            f"{title} instead (while checking arguments for {function})",
            code="index-type",
        )


def _embedding(
    input: Tensor, weight: Tensor, padding_idx: int | None, max_norm: float | None, norm_type: float,
    scale_grad_by_freq: bool, sparse: bool,
) -> Any:  # fmt: skip
    if padding_idx is not None:
        if not -sized(weight.shape, 0) <= padding_idx < weight.shape[0]:
            raise TorchError("AssertionError", "Padding_idx must be within num_embeddings")
        padding_idx %= weight.shape[0]
    if max_norm is not None:
        if len(weight.shape) != 2:
            raise TorchError(
                "RuntimeError",
                f"Expected 2-dimensional tensor, but got {len(weight.shape)}-dimensional tensor for argument #1 'self' "
                "(while checking arguments for embedding_renorm_)",
            )
        require_index(input, "embedding_renorm_")
        if input.numel and (input.array.min() < 0 or input.array.max() >= weight.shape[0]):
            raise TorchError("IndexError", "index out of range in self", code="index-range")
        current().meter.operation(weight.numel)
        with grad_mode(False):
            write(weight, _renorm, (), {"index": input.array, "max_norm": max_norm, "norm_type": norm_type})
    return looked_up(weight, input, -1 if padding_idx is None else padding_idx, scale_grad_by_freq, sparse)


def _one_hot(input: Tensor, num_classes: int = -1) -> Tensor:
    if input.dtype.name != "int64":
        raise TorchError(
            "RuntimeError", "one_hot is only applicable to index tensor of type LongTensor.", code="index-type"
        )
    index = input.array
    if not index.size:
        if num_classes <= 0:
            raise TorchError("RuntimeError", "Can not infer total number of classes from empty tensor.")
        return wrap(np.zeros((*index.shape, num_classes), np.int64))
    if index.min() < 0:
        raise TorchError("RuntimeError", "Class values must be non-negative.")
    classes = int(index.max()) + 1 if num_classes == -1 else num_classes
    if index.max() >= classes:
        raise TorchError("RuntimeError", "Class values must be smaller than num_classes.")
    current().meter.operation(math.prod(index.shape) * classes)
    return wrap((index[..., None] == np.arange(classes)).astype(np.int64))


# fmt: off
offer("F.embedding",     ("def Tensor input, Tensor weight, int? padding_idx=None, float? max_norm=None, float norm_type=2.0, bool scale_grad_by_freq=False, bool sparse=False", _embedding))
offer("torch.embedding", ("Tensor weight, Tensor indices, int padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False", looked_up))
expose("F.one_hot",      ("Tensor input, int num_classes=-1", _one_hot))
# fmt: on
