"""PyTorch's CPU random number generator: mt19937, and what torch.rand, randn and the rest make of its stream.

Arrays come back C-contiguous in the asked shape. Bad arguments raise ValueError, RuntimeError or
NotImplementedError with PyTorch's own messages, before anything is drawn.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.random import arguments, distributions
from app.engine.random.box_muller import BLOCK, normal_blocks, normal_pair
from app.engine.random.fused import scale_and_shift

DEFAULT_SEED = 67280421310721  # PyTorch's seed of a process that never called manual_seed
_WIDE_RANGE = 1 << 28  # from this range on, PyTorch draws 64 bits for one integer
_64_BITS = (1 << 64) - 1
_WORDS = 624  # words of the engine's state
_STATE_BYTES = 24 + 8 * _WORDS + 40
_LARGEST = {
    "bool": 1, "uint8": 255, "int8": 127, "int16": (1 << 15) - 1, "int32": (1 << 31) - 1, "int64": (1 << 63) - 1,
    "float32": 1 << 24, "float64": 1 << 53,
}  # fmt: skip

Shape = Sequence[int]
Array = NDArray[Any]


class Generator:
    """One stream of random numbers; every draw continues where the previous one, of whatever kind, ended."""

    __slots__ = ("_bits", "_fresh", "_spare_normal", "_undrawn", "initial_seed")

    def __init__(self, seed: int = DEFAULT_SEED) -> None:
        self._bits: np.random.MT19937 | None = None
        self.manual_seed(seed)

    def manual_seed(self, seed: int) -> "Generator":
        """Restarts the stream. Seeds from -2**63 to 2**64 - 1, of which the low 32 bits reach the engine."""
        arguments.require_seed(seed)
        self.initial_seed = seed & _64_BITS
        self._fresh = True
        self._undrawn = True
        self._spare_normal: float | None = None
        return self

    def _engine(self) -> np.random.MT19937:
        """Seeds at the first draw only: building the engine takes longer than running many a program."""
        if self._bits is None:
            self._bits = np.random.MT19937(0)
        if self._fresh:  # the classic initialisation by one integer (init_genrand), offered by RandomState alone
            np.random.RandomState(self._bits).seed(self.initial_seed & 0xFFFFFFFF)
            self._fresh = False
        return self._bits

    def random32(self, count: int) -> NDArray[np.uint64]:
        """The next `count` words of 32 bits."""
        engine = self._engine()
        self._undrawn = self._undrawn and not count
        return engine.random_raw(count)

    def random64(self, count: int) -> NDArray[np.uint64]:
        """The next `count` words of 64 bits, each from two draws, high half first."""
        words = self.random32(2 * count)
        return (words[0::2] << np.uint64(32)) | words[1::2]

    def _uniform(self, count: int, dtype: str) -> Array:
        """`count` numbers of [0, 1): 24 random bits for float32, 53 for float64."""
        if dtype == "float64":
            return (self.random64(count) & np.uint64((1 << 53) - 1)).astype(np.float64) * 2.0**-53
        bits = self.random32(count) & np.uint64((1 << 24) - 1)
        return bits.astype(np.float32) * np.float32(2.0**-24)

    def rand(self, shape: Shape, dtype: str = "float32") -> Array:
        """torch.rand."""
        return self.uniform(shape, 0.0, 1.0, dtype)

    def uniform(self, shape: Shape, low: float = 0.0, high: float = 1.0, dtype: str = "float32") -> Array:
        """Tensor.uniform_(low, high) on a new tensor."""
        arguments.require_float(dtype, "check_uniform_bounds")
        arguments.require_interval(low, high)
        values = self._uniform(math.prod(shape), dtype)
        if (low, high) != (0.0, 1.0):
            start, end = values.dtype.type(low), values.dtype.type(high)
            values = scale_and_shift(values, float(end - start), float(start))
            values[values == end] = start  # rounding may reach the excluded end
        return values.reshape(shape)

    def randn(self, shape: Shape, dtype: str = "float32") -> Array:
        """torch.randn."""
        return self.normal(shape, 0.0, 1.0, dtype)

    def normal(self, shape: Shape, mean: float = 0.0, std: float = 1.0, dtype: str = "float32") -> Array:
        """Tensor.normal_(mean, std) on a new tensor; from 16 elements on PyTorch works in blocks of 16."""
        arguments.require_float(dtype, "normal_kernel_cpu")
        arguments.require_deviation(std)
        count = math.prod(shape)
        draw = self._normals_in_blocks if count >= BLOCK else self._normals_one_by_one
        return draw(count, mean, std, dtype).reshape(shape)

    def _normals_one_by_one(self, count: int, mean: float, std: float, dtype: str) -> Array:
        """Float64 pairs whatever the dtype; the second of the last pair may wait for the next call."""
        samples = [] if self._spare_normal is None or not count else [self._spare_normal]
        if samples:
            self._spare_normal = None
        pairs = (count - len(samples) + 1) // 2
        uniform = self._uniform(2 * pairs, "float64").tolist()
        for turn, tail in zip(uniform[0::2], uniform[1::2], strict=True):
            samples += normal_pair(turn, tail)
        if len(samples) > count:
            self._spare_normal = samples.pop()
        return scale_and_shift(np.array(samples, np.float64), std, mean).astype(dtype)

    def _normals_in_blocks(self, count: int, mean: float, std: float, dtype: str) -> Array:
        values = self._uniform(count, dtype)
        whole = count - count % BLOCK
        values[:whole] = normal_blocks(values[:whole].reshape(-1, BLOCK), mean, std).ravel()
        if whole != count:  # the last 16 are drawn anew, over the end of the last whole block
            values[-BLOCK:] = normal_blocks(self._uniform(BLOCK, dtype).reshape(1, BLOCK), mean, std).ravel()
        return values

    def normals(self, shape: Shape, dtype: str) -> Array:
        """Standard normal numbers one by one, as PyTorch fills a tensor that is not contiguous."""
        arguments.require_float(dtype, "normal_kernel_cpu")
        return self._normals_one_by_one(math.prod(shape), 0.0, 1.0, "float64").reshape(shape)

    def random(self, shape: Shape, dtype: str) -> Array:
        """Tensor.random_(): integers from 0 to the largest that the dtype counts without gaps."""
        count = math.prod(shape)
        largest = _LARGEST[dtype]
        words = self.random64(count) if dtype in ("int64", "float64") else self.random32(count)
        return (words % np.uint64(largest + 1)).astype(dtype).reshape(shape)

    def transformed(self, shape: Shape, dtype: str, make: Callable[[float], float]) -> Array:
        """One float64 uniform number for each element, and what `make` makes of it."""
        uniform = self._uniform(math.prod(shape), "float64").tolist()
        return np.array([make(u) for u in uniform], np.float64).astype(dtype).reshape(shape)

    def log_normal(self, shape: Shape, mean: float, std: float, dtype: str) -> Array:
        """Tensor.log_normal_: exponentials of normal numbers, always drawn one by one."""
        normals = self._normals_one_by_one(math.prod(shape), mean, std, "float64").tolist()
        return np.array([_exponential(n) for n in normals], np.float64).astype(dtype).reshape(shape)

    def poisson(self, means: Array) -> Array:
        """torch.poisson: numbers of events, one for each mean, in row-major order."""
        if not (means >= 0).all():
            raise RuntimeError("invalid Poisson rate, expected rate to be non-negative")
        made = [distributions.poisson(self._next_uniform, mean) for mean in means.ravel().tolist()]
        return np.array(made, np.float64).astype(means.dtype).reshape(means.shape)

    def _next_uniform(self) -> float:
        return float(self._uniform(1, "float64")[0])

    def state(self) -> NDArray[np.uint8]:
        """torch.get_rng_state: the seed, the engine's 624 words and its place, and the normal number in waiting."""
        internal: Any = self._engine().state["state"]
        place = 0 if internal["pos"] == _WORDS and self._undrawn else int(internal["pos"])
        left = 1 if self._undrawn else _WORDS - place + 1
        head = np.array([self.initial_seed, left | 1 << 32, place], np.uint64)
        words = np.array(internal["key"], np.uint64)
        waiting = self._spare_normal is not None
        tail = np.array([0.0, self._spare_normal or 0.0, 0.0], np.float64)
        flags = np.array([int(waiting), 0], np.uint64)
        return np.concatenate([part.view(np.uint8) for part in (head, words, tail, flags)])

    def set_state(self, state: NDArray[np.uint8]) -> None:
        """torch.set_rng_state: continue where the state was taken."""
        if state.size != _STATE_BYTES:
            raise RuntimeError("RNG state is wrong size")
        head = state[:24].view(np.uint64).tolist()
        self._fresh = False
        self.initial_seed = head[0]
        self._undrawn = head[1] & 0xFFFFFFFF == 1 and head[2] == 0
        key = state[24 : 24 + 8 * _WORDS].view(np.uint64).astype(np.uint32)
        place = _WORDS if self._undrawn else head[2]
        if not 0 <= place <= _WORDS:
            raise RuntimeError("Invalid mt19937 state")
        self._bits = self._bits or np.random.MT19937(0)
        self._bits.state = {"bit_generator": "MT19937", "state": {"key": key, "pos": place}}
        waiting = state[-16:].view(np.uint64)[0]
        self._spare_normal = float(state[-40:-16].view(np.float64)[1]) if waiting else None

    def randint(self, low: int, high: int, shape: Shape, dtype: str = "int64") -> Array:
        """torch.randint: integers of [low, high)."""
        arguments.require_range(low, high, dtype)
        count, span = math.prod(shape), high - low
        words = self.random64(count) if span >= _WIDE_RANGE else self.random32(count)
        # Unsigned sums wrap as PyTorch's do: negative `low` and ranges beyond 2**63 come out right.
        shifted = words % np.uint64(span) + np.uint64(low & _64_BITS)
        return shifted.view(np.int64).astype(dtype).reshape(shape)

    def bernoulli(self, chance: float | Array, shape: Shape, dtype: str = "float32") -> Array:
        """Tensor.bernoulli_(p) for a number; torch.bernoulli(p) for an array of this shape."""
        if isinstance(chance, np.ndarray):
            arguments.require_chances(chance)
            precision = chance.dtype.name
        else:
            arguments.require_chance(chance)
            precision = "float64"
        return (self._uniform(math.prod(shape), precision).reshape(shape) < chance).astype(dtype)

    def randperm(self, count: int, dtype: str = "int64") -> Array:
        """torch.randperm: a permutation of 0 … count - 1 by Fisher and Yates' exchanges from the front."""
        arguments.require_length(count)
        order = list(range(count))
        steps = max(count - 1, 0)
        jumps = self.random32(steps) % np.arange(count, count - steps, -1, dtype=np.uint64)
        for position, jump in enumerate(jumps.tolist()):
            other = position + jump
            order[position], order[other] = order[other], order[position]
        return np.array(order, dtype)


def _exponential(number: float) -> float:
    try:
        return math.exp(number)
    except OverflowError:
        return math.inf
