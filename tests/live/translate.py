"""PyTorch's arguments as ours: the same numbers, in the same order in memory where they fill a block."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.arrays import Array
from app.engine.registry import TORCH
from app.engine.tensor import Size, Tensor
from tests.live.oracle import torch


class Inexpressible(Exception):
    """No program could hand this to us: complex or sparse tensors, functions."""


class Translation:
    """Arguments of one sample; `leaves` pairs the tensors of both sides that require grad."""

    def __init__(self) -> None:
        self.leaves: list[tuple[Any, Tensor]] = []
        self._known: dict[int, Tensor] = {}

    def __call__(self, value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, torch.Size):
            return Size(value)
        if isinstance(value, (list, tuple)):
            return type(value)(self(item) for item in value)
        if isinstance(value, slice):
            return slice(self(value.start), self(value.stop), self(value.step))
        return self._plain(value)

    def _plain(self, value: Any) -> Any:
        if value is None or value is Ellipsis or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, np.generic):
            return value.item()
        if isinstance(value, torch.dtype):
            return _named(str(value).removeprefix("torch."))
        if isinstance(value, (torch.layout, torch.memory_format)):
            return TORCH.get(str(value).removeprefix("torch."), str(value))
        if isinstance(value, torch.device):
            return str(value)
        raise Inexpressible(type(value).__name__)

    def _tensor(self, value: Any) -> Tensor:
        if id(value) not in self._known:
            mine = Tensor.of(array_of(value).copy(order="K"), value.requires_grad)
            self._known[id(value)] = mine
            if value.requires_grad:
                self.leaves.append((value, mine))
        return self._known[id(value)]


def _named(name: str) -> Any:
    found = TORCH.get(name)
    if not isinstance(found, dtypes.DType):
        raise Inexpressible(f"torch.{name}")
    return found


def array_of(value: Any) -> Array:
    """The numbers of one of PyTorch's tensors."""
    if value.layout is not torch.strided or value.is_complex() or value.dtype in (torch.bfloat16, torch.float16):
        raise Inexpressible(f"{value.layout} {value.dtype}")
    array: Array = value.detach().resolve_conj().resolve_neg().numpy(force=True)
    return array


def flat(result: Any) -> list[Any]:
    """Tensors and numbers of a result, in order."""
    if isinstance(result, (list, tuple)):
        return [leaf for item in result for leaf in flat(item)]
    return [result]
