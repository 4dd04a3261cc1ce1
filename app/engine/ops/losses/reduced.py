"""How a loss is reduced: the word, PyTorch's older words for it, and what it does to the relation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.kernels.sums import total
from app.engine.ops.reductions.reduce import mean, sum
from app.engine.run import current
from app.engine.tensor import Tensor

LEGACY = "bool? size_average=None, bool? reduce=None"
REDUCTION = "str reduction='mean'"
WORDS = ("none", "mean", "sum")


def word(reduction: str, size_average: bool | None = None, reduce: bool | None = None) -> str:
    """The reduction that a call asks for; ValueError for a word that is none."""
    if size_average is not None or reduce is not None:
        reduction = _legacy(size_average is None or size_average, reduce is None or reduce)
        message = f"size_average and reduce args will be deprecated, please use reduction='{reduction}' instead."
        current().notice("legacy-reduction", message=message, reduction=reduction)
    if reduction == "elementwise_mean":
        return "mean"
    if reduction not in WORDS:
        raise TorchError("ValueError", f"{reduction} is not a valid value for reduction")
    return reduction


def _legacy(average: bool, reduce: bool) -> str:
    return "mean" if average and reduce else "sum" if reduce else "none"


def placed(shape: Shape, reduction: str) -> dict[str, Any]:
    """The parameters of the relation: the dims that are summed, and what each term is divided by."""
    if reduction == "none":
        return {"reduction": reduction, "dims": (), "n": 1}
    return {
        "reduction": reduction, "dims": tuple(range(len(shape))), "n": math.prod(shape) if reduction == "mean" else 1,
    }  # fmt: skip


def folded(terms: Array, reduction: str) -> Array:
    """The terms themselves, their mean, or their sum."""
    if reduction == "none":
        return terms
    added = total(terms, tuple(range(terms.ndim)), False)
    return np.asarray(added / terms.dtype.type(terms.size) if reduction == "mean" else added, terms.dtype)


def summed_up(terms: Tensor, reduction: str) -> Any:
    """The same in operations of their own, as PyTorch reduces the losses that it composes."""
    if reduction == "none":
        return terms
    operation = mean if reduction == "mean" else sum
    if reduction == "mean" and not terms.dtype.is_floating_point:
        raise TorchError(
            "RuntimeError",
            "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. "
            f"Got: {terms.dtype.title}",
            code="mean-of-integers",
        )
    return operation.apply((terms,), {"dims": tuple(range(len(terms.shape))), "keepdim": False, "given": False})
