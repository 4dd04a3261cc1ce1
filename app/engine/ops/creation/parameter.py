"""nn.Parameter: a leaf that says of itself that it is to be learned."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.engine.ops.leaf import INTEGER_GRAD
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Chain, Tensor, settle
from app.engine.value import Value


def parameter(data: Tensor, requires_grad: bool = True) -> Tensor:
    """A leaf on the data's memory, detached from how it was made."""
    run = current()
    seen = data.value
    if requires_grad and not data.dtype.is_floating_point:
        raise TorchError("RuntimeError", INTEGER_GRAD, code="integer-requires-grad")
    value = Value(seen.array, requires_grad=requires_grad)
    assert seen.memory is not None
    settle(value, seen.memory, seen.counter, seen.offset)
    made = Tensor(value, Chain(value))
    made.is_parameter = True
    value.meta = made.meta
    run.tape.made(value, run.here)
    return made


expose("torch.nn.Parameter torch.nn.parameter.Parameter", ("Tensor data, bool requires_grad=True", parameter))
