"""The installed PyTorch, and its database of operators with sample inputs."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

warnings.simplefilter("ignore")
torch: Any = import_module("torch")
torch.set_num_threads(1)
SEED = 42
"""The database seeds its random operators with it before each call, and so do we."""


@cache
def operators() -> dict[str, Any]:
    """Every operator that takes float64 on the CPU, by its name with its variant: "max.binary"."""
    database = import_module("torch.testing._internal.common_methods_invocations").op_db
    found = [op for op in database if torch.float64 in op.dtypes]
    return {f"{op.name}.{op.variant_test_name}".rstrip("."): op for op in found}


def samples(op: Any) -> Iterator[Any]:
    """Its sample inputs, the same ones every time."""
    torch.manual_seed(SEED)
    yield from op.sample_inputs("cpu", torch.float64, requires_grad=op.supports_autograd)
