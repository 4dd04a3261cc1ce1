"""Elementwise relations, with broadcasting: each output element reads the input element at its own place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.affine import Affine, Axes, Coordinates, at
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Elementwise(Structure):
    """weight[output place] = rule, which broadcasts to the output's shape."""

    name: ClassVar[str] = "elementwise"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        share = self.passed(xp, g, call)
        return xp.sum_to(share, shape=tuple(call.inputs[k].shape))

    def relation(self, call: Call, k: int, j: int) -> Affine:
        shape = call.outputs[j].shape
        weight = np.broadcast_to(np.asarray(self.weight(RAW, call), call.outputs[j].dtype), shape)
        every: Axes = tuple(range(len(shape)))

        def weigh(mesh: Coordinates) -> Array:
            return at(weight, every, mesh)

        return Affine(shape, call.inputs[k].shape, aligned(call.inputs[k].shape, shape), shape, every, weigh)

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "i"), self.on_symbols(call))


@dataclass(frozen=True, kw_only=True)
class Refused(Elementwise):
    """A relation with a derivative that PyTorch does not state: it can be shown, but backward says no."""

    function: str
    listed: bool = False
    """PyTorch's table of derivatives names it, to say that there is none."""

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        if self.listed:
            raise TorchError("NotImplementedError", f"the derivative for '{self.function}' is not implemented.")
        raise TorchError("RuntimeError", f"derivative for aten::{self.function} is not implemented")


@dataclass(frozen=True, kw_only=True)
class Once(Elementwise):
    """What a backward function has made that PyTorch cannot derive again; `params["function"]` is its name."""

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        function = call.params["function"]
        if function.startswith("aten::"):
            raise TorchError("RuntimeError", f"derivative for {function} is not implemented")
        raise TorchError("NotImplementedError", f"the derivative for '{function}' is not implemented.")


@dataclass(frozen=True, kw_only=True)
class Unstated(Refused):
    """No derivative at all, in PyTorch or in mathematics: there are no edges to show either."""

    def relation(self, call: Call, k: int, j: int) -> Any:
        none = np.empty(0, np.int64)
        return Listed(none, none, np.empty(0, call.outputs[j].dtype), call.inputs[k].size, call.outputs[j].size)


def aligned(shape: tuple[int, ...], target: tuple[int, ...]) -> Axes:
    """Which dimension of `target` each axis of `shape` runs along under broadcasting; None where it is stretched."""
    shift = len(target) - len(shape)
    return tuple(None if n == 1 and target[d + shift] != 1 else d + shift for d, n in enumerate(shape))
