"""What PyTorch computes in one kernel and we in several operations prints as that kernel's node."""

from __future__ import annotations

from app.engine.tensor import Tensor
from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords


@primitive("fused")
def _fused(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`_host.fused(tensor, grad_fn)`: the tensor; the last operation before it goes by PyTorch's name of the whole."""
    tensor, name = arguments
    node = tensor.value.node if type(tensor) is Tensor else None
    if node is not None and node.recorded:
        node.grad_fn = str(name)
    return tensor
