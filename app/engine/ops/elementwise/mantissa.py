"""frexp: a number as mantissa · 2^exponent."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.stating import tex_of
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.returns import named
from app.engine.tensor import Tensor


def _parts(x: Array) -> tuple[Array, Array]:
    mantissa, exponent = np.frexp(x)
    return np.asarray(mantissa), np.asarray(exponent, np.int32)


frexp = Operation(
    "frexp", _parts, [Elementwise(rule=lambda xp, x, y: xp.exp2(-y[1]))], tex=tex_of(r"\operatorname{frexp}(@1)"),
    example="x = torch.tensor([0.5, 1.0, 6.0], requires_grad=True)\no, exponent = torch.frexp(x)",
)  # fmt: skip


def _split(input: Tensor) -> Any:
    if not input.dtype.is_floating_point:
        raise TorchError("RuntimeError", "torch.frexp() only supports floating-point dtypes")
    return named("frexp", ("mantissa", "exponent"), frexp.apply((input,), {}))


offer("frexp", ("Tensor input", _split))
