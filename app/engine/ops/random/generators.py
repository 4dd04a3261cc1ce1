"""Generators as a program holds them: torch.Generator, manual_seed, and the state of the stream."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.operation import wrap
from app.engine.ops.random.draw import drawn
from app.engine.random import Generator
from app.engine.registry import Function, Overload, expose
from app.engine.run import current
from app.engine.signature import parse
from app.engine.tensor import Tensor


def _seeded(seed: Any) -> Generator:
    """torch.manual_seed: whatever `int` understands."""
    if not isinstance(seed, (int, float, str)):
        raise TorchError(
            "TypeError",
            f"int() argument must be a string, a bytes-like object or a real number, not '{type(seed).__name__}'",
        )
    return _restarted(current().generator, seed)


def _restarted(generator: Generator, seed: Any) -> Generator:
    try:
        return generator.manual_seed(int(seed))
    except (RuntimeError, ValueError, OverflowError) as refusal:
        raise TorchError(type(refusal).__name__, str(refusal)) from None


def _seed_of_chance(generator: Generator) -> int:
    """A seed that nobody chose. Here it follows from the stream, so that the same program prints the same text."""
    seed = int(generator.random64(1)[0])
    generator.manual_seed(seed)
    return seed


def _state(generator: Generator) -> Tensor:
    return wrap(generator.state())


def _set_state(generator: Generator, new_state: Tensor) -> Generator:
    if new_state.dtype.name != "uint8":
        raise TorchError("TypeError", "RNG state must be a torch.ByteTensor")
    drawn(generator.set_state, new_state.array.ravel())  # type: ignore[arg-type]
    return generator


def _method(name: str, signature: str, run: Any) -> Function:
    return Function(name, (Overload(parse(signature), run),))


GENERATOR_METHODS = {
    "manual_seed": _method("manual_seed", "any generator, int seed", _restarted),
    "seed": _method("seed", "any generator", _seed_of_chance),
    "initial_seed": _method("initial_seed", "any generator", lambda generator: generator.initial_seed),
    "get_state": _method("get_state", "any generator", _state),
    "set_state": _method("set_state", "any generator, Tensor new_state", _set_state),
}
"""What a program may call on a generator; the generator itself is the first argument."""

expose("torch.manual_seed torch.random.manual_seed", ("def any seed", _seeded))
expose("torch.Generator", ("device? device=None", lambda device: Generator()))
expose("torch.seed torch.random.seed", ("def ", lambda: _seed_of_chance(current().generator)))
expose("torch.initial_seed torch.random.initial_seed", ("def ", lambda: current().generator.initial_seed))
expose("torch.get_rng_state torch.random.get_rng_state", ("def ", lambda: _state(current().generator)))
expose(
    "torch.set_rng_state torch.random.set_rng_state",
    ("def Tensor new_state", lambda new_state: _set_state(current().generator, new_state) and None),
)
