"""PyTorch's CPU random number generator: mt19937, and what torch.rand, randn and the rest make of its stream.

Arrays come back C-contiguous in the asked shape. Bad arguments raise ValueError, RuntimeError or
NotImplementedError with PyTorch's own messages, before anything is drawn.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.random import arguments
from app.engine.random.box_muller import BLOCK, normal_blocks, normal_pair
from app.engine.random.fused import scale_and_shift

DEFAULT_SEED = 67280421310721  # PyTorch's seed of a process that never called manual_seed
_WIDE_RANGE = 1 << 28  # from this range on, PyTorch draws 64 bits for one integer
_64_BITS = (1 << 64) - 1

Shape = Sequence[int]
Array = NDArray[Any]


class Generator:
    """One stream of random numbers; every draw continues where the previous one, of whatever kind, ended."""

    __slots__ = ("_bits", "_fresh", "_spare_normal", "initial_seed")

    def __init__(self, seed: int = DEFAULT_SEED) -> None:
        self._bits: np.random.MT19937 | None = None
        self.manual_seed(seed)

    def manual_seed(self, seed: int) -> "Generator":
        """Restarts the stream. Seeds from -2**63 to 2**64 - 1, of which the low 32 bits reach the engine."""
        arguments.require_seed(seed)
        self.initial_seed = seed & _64_BITS
        self._fresh = True
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
        return self._engine().random_raw(count)

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
