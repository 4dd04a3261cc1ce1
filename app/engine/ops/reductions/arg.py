"""Queries along dims without a derivative: argmax, argmin, any, all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.kinds import no_bool
from app.engine.operation import Operation
from app.engine.ops.dims import reduced, wrapped
from app.engine.registry import expose
from app.engine.tensor import Tensor


def _place(argument: Callable[..., Any]) -> Callable[..., Any]:
    def forward(x: Array, *, dim: int | None, keepdim: bool) -> Any:
        if dim is None or not x.ndim:
            shape = (1,) * x.ndim if keepdim else ()
            return np.asarray(argument(x), np.int64).reshape(shape)
        return argument(x, axis=dim, keepdims=keepdim).astype(np.int64)

    return forward


def _expose_place(name: str, argument: Callable[..., Any]) -> None:
    operation = Operation(name, _place(argument), [], refuses=no_bool(f"{name}(): does not support bool input"))

    def run(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Any:
        if input.numel == 0 and dim is None:
            raise TorchError("IndexError", f"{name}(): Expected reduction dim to be specified for input.numel() == 0.")
        at = None if dim is None else wrapped(dim, len(input.shape))
        if at is not None and input.shape and input.shape[at] == 0:
            raise TorchError("IndexError", f"{name}(): Expected reduction dim {at} to have non-zero size.")
        return operation.apply((input,), {"dim": at, "keepdim": keepdim})

    expose(f"torch.{name} Tensor.{name}", ("Tensor input, int? dim=None, bool keepdim=False", run), operation=name)


def _expose_test(name: str, test: np.ufunc) -> None:
    def forward(x: Array, *, dims: tuple[int, ...], keepdim: bool) -> Any:
        return test.reduce(x != 0, axis=dims, keepdims=keepdim)

    operation = Operation(name, forward, [])

    def run(input: Tensor, dim: tuple[int, ...] | None = None, keepdim: bool = False) -> Any:
        return operation.apply((input,), {"dims": reduced(dim, len(input.shape)), "keepdim": keepdim})

    expose(f"torch.{name} Tensor.{name}", ("Tensor input, ints? dim=None, bool keepdim=False", run), operation=name)


_expose_place("argmax", np.argmax)
_expose_place("argmin", np.argmin)
_expose_test("any", np.logical_or)
_expose_test("all", np.logical_and)
