"""The memory behind a tensor as a program sees it: `x.data_ptr()`, `x.storage()`, `x.untyped_storage()`."""

from __future__ import annotations

from app.engine.dtypes import DType
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.value import Memory

FIRST = 0x5600_0000_0000  # addresses are made up in the order of asking, so that a program always prints the same
ALIGNED = 64
KEPT = "engine.addresses"


class Storage:
    """All numbers of a memory in order; `dtype` is None for one that only knows bytes."""

    __slots__ = ("dtype", "memory")

    def __init__(self, memory: Memory, dtype: DType | None) -> None:
        self.memory = memory
        self.dtype = dtype

    @property
    def size(self) -> int:
        return self.memory.flat.nbytes if self.dtype is None else self.memory.flat.size

    def __repr__(self) -> str:
        listed = self.memory.flat.view("uint8") if self.dtype is None else self.memory.flat
        lines = "\n".join(f" {number}" for number in listed.tolist())
        kind = "UntypedStorage(" if self.dtype is None else f"TypedStorage(dtype={self.dtype!r}, "
        return f"{lines}\n[torch.storage.{kind}device=cpu) of size {self.size}]"


def address(memory: Memory) -> int:
    """Where a memory begins; the same for the same memory as long as the run lasts."""
    known = current().kept.setdefault(KEPT, {})
    assert isinstance(known, dict)
    if id(memory) not in known:
        next_free = sum(next(reversed(known.values()))[:2]) if known else FIRST
        size = -(-memory.flat.nbytes // ALIGNED) * ALIGNED + ALIGNED
        known[id(memory)] = (next_free, size, memory)
    start: int = known[id(memory)][0]
    return start


def _memory(x: Tensor) -> Memory:
    memory = x.value.memory
    assert memory is not None
    return memory


def _pointer(input: Tensor) -> int:
    return address(_memory(input)) + input.value.offset * input.array.itemsize if input.numel else 0


expose("Tensor.data_ptr", ("Tensor input", _pointer))
expose("Tensor.storage", ("Tensor input", lambda input: Storage(_memory(input), input.dtype)))
expose("Tensor.untyped_storage", ("Tensor input", lambda input: Storage(_memory(input), None)))
