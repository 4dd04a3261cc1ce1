"""scaled_dot_product_attention: one operation where PyTorch has a kernel for it, else products and a softmax."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.formula import wrapped
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.operation import Operation, wrap
from app.engine.ops.composed import call, method, plus, times
from app.engine.ops.lanes.block import softmax
from app.engine.ops.random.dropout import dropped
from app.engine.registry import offer
from app.engine.relation.attention import Attention, chances
from app.engine.tensor import Tensor

EXAMPLE = (
    "import torch.nn.functional as F\n"
    "q = torch.tensor([[[[1.0, 0.5], [-1.0, 2.0]]]], requires_grad=True)\n"
    "k = torch.tensor([[[[0.5, 1.5], [1.0, -0.5]]]], requires_grad=True)\n"
    "v = torch.tensor([[[[0.5, 1.0], [2.0, -1.0]]]], requires_grad=True)\n"
    "o = F.scaled_dot_product_attention(q, k, v)"
)


def _safe(x: Array, *, dim: int) -> Any:
    """softmax with 0 where every element is −∞."""
    y = softmax.forward(x, dim=dim)
    nothing = np.logical_and.reduce(x == -np.inf, axis=dim, keepdims=True)
    return np.where(nothing, x.dtype.type(0), y)


safe_softmax = Operation(
    "safe_softmax", _safe, softmax.structures, grad_fn="SafeSoftmaxBackward0", tex=softmax.tex, cost=softmax.cost
)


def _attended(q: Array, k: Array, v: Array, *mask: Array, scale: float) -> Array:
    p = chances(RAW, Call((q, k, v, *mask), (), {"scale": scale}))
    return np.asarray(p @ v, v.dtype)


def _cost(q: Array, k: Array, v: Array, *_: Array, scale: float) -> tuple[int, int]:
    scores = math.prod(q.shape[:-1]) * k.shape[-2]
    return scores + math.prod(q.shape[:-1]) * v.shape[-1], scores * (q.shape[-1] + v.shape[-1])


_ROLE = Attention(once="aten::_scaled_dot_product_flash_attention_for_cpu_backward")
attention = Operation(
    "scaled_dot_product_attention", _attended, [_ROLE, _ROLE, _ROLE, None], cost=_cost, shows=("scale",),
    grad_fn="ScaledDotProductFlashAttentionForCpuBackward0", example=EXAMPLE,
    tex=lambda q, k, v, *_, **__: wrapped(r"\operatorname{softmax}(s\,@1\,@2^{\mathsf T})\,@3", q, k, v),
)  # fmt: skip


def _attention(
    query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None = None, dropout_p: float = 0.0,
    is_causal: bool = False, scale: float | None = None, enable_gqa: bool = False,
) -> Any:  # fmt: skip
    _check(query, key, value, attn_mask)
    factor = 1 / math.sqrt(query.shape[-1]) if scale is None and query.shape[-1] else scale or 0.0
    if enable_gqa:
        key, value = (_repeated(x, query) for x in (key, value))
    mask = _as_float(attn_mask, query)
    if _has_kernel(query, key, value, mask, dropout_p):
        parts = [x for x in (mask, _causal(query, key) if is_causal else None) if x is not None]
        added = [parts[0] if len(parts) == 1 else plus(*parts)] if parts else []
        return attention.apply((query, key, value, *added), {"scale": factor})
    if is_causal:
        if mask is not None:
            raise TorchError(
                "RuntimeError",
                "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True",
            )
        mask = _causal(query, key)
    return _composed(query, key, value, mask, dropout_p, factor)


def _composed(q: Tensor, k: Tensor, v: Tensor, mask: Any, dropout_p: float, scale: float) -> Any:
    """The root of the scale goes to either side, as in PyTorch."""
    root = math.sqrt(abs(scale))
    left = times(q, root if scale >= 0 else -root)
    scores = call("matmul", left, times(method(k, "transpose", -2, -1), root))
    if mask is not None:
        scores = plus(scores, mask)
    p = safe_softmax.apply((scores,), {"dim": len(scores.shape) - 1})
    return call("matmul", dropped(p, dropout_p, True, inplace=False), v)


def _has_kernel(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, dropout_p: float) -> bool:
    a, b, c = q.shape, k.shape, v.shape
    if not len(a) == len(b) == len(c) == 4 or dropout_p or not a[-1] == b[-1] == c[-1]:
        return False
    if a[:2] != b[:2] or a[:2] != c[:2] or not (a[2] and b[2]) or b[2] != c[2]:
        return False
    return mask is None or (not mask.requires_grad and _fits(mask.shape, (*a[:3], b[2])))


def _fits(mask: Shape, scores: Shape) -> bool:
    return len(mask) in (2, 4) and all(n in (1, m) for n, m in zip(mask[::-1], scores[::-1], strict=False))


def _causal(q: Tensor, k: Tensor) -> Tensor:
    """0 on and below the diagonal, −∞ above."""
    rows, steps = q.shape[-2], k.shape[-2]
    return wrap(np.where(np.tri(rows, steps, dtype=bool), 0, -np.inf).astype(q.dtype.numpy))


def _as_float(mask: Tensor | None, q: Tensor) -> Tensor | None:
    """A mask of bools says who may be looked at."""
    if mask is None or mask.dtype.name != "bool":
        return mask
    return wrap(np.where(mask.array, 0, -np.inf).astype(q.dtype.numpy))


def _repeated(x: Tensor, query: Tensor) -> Any:
    """Heads of keys and values that several heads of queries share."""
    return method(x, "repeat_interleave", query.shape[-3] // x.shape[-3], -3)


def _check(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> None:
    named = (("query", q), ("key", k), ("value", v))
    if any(len(x.shape) < 2 for _, x in named):
        found = f"query.dim: {len(q.shape)} key.dim: {len(k.shape)} and value.dim: {len(v.shape)}"
        raise TorchError(
            "RuntimeError",
            f"Expected query, key, and value to all be  at least 2 dimensional, but got {found} instead.",
        )
    if not q.dtype is k.dtype is v.dtype:
        found = f"query.dtype: {q.dtype.c_name} key.dtype: {k.dtype.c_name} and value.dtype: {v.dtype.c_name}"
        raise TorchError(
            "RuntimeError", f"Expected query, key, and value to have the same dtype, but got {found} instead."
        )
    if not q.dtype.is_floating_point:
        raise TorchError("RuntimeError", f"expected scalar type Float but found {q.dtype.title}")
    if mask is not None and mask.dtype.name not in ("bool", "float32") and mask.dtype is not q.dtype:
        raise TorchError(
            "RuntimeError",
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: "
            f"{mask.dtype.c_name} and  query.dtype: {q.dtype.c_name} instead.",
        )


offer(
    "F.scaled_dot_product_attention",
    (
        "Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, "
        "float? scale=None, bool enable_gqa=False",
        _attention,
    ),
)
