"""Samples whose distribution other tensors say: normal, bernoulli, poisson, multinomial."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.kinds import not_implemented
from app.engine.operation import wrap
from app.engine.ops.random.draw import NORMAL_SIZED, chosen, drawn
from app.engine.ops.random.fill import bernoulli_, random_operation
from app.engine.random import Generator, distributions
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write

_normal = {k: random_operation("normal", f"NormalBackward{k}", 2) for k in (1, 2, 3)}
POISSON = 25  # what a number costs, in normal numbers
_poisson = random_operation("poisson", "PoissonBackward0")
_bernoulli = random_operation("bernoulli", "BernoulliBackward0")
_bernoulli_of = random_operation("bernoulli", "BernoulliBackward1", 2)


def _normals(mean: Any, std: Any, generator: Generator | None) -> Tensor:
    """mean + std · z; the standard normal numbers z are drawn in the broadcast shape."""
    tensors = [x for x in (mean, std) if isinstance(x, Tensor)]
    if isinstance(std, Tensor) and std.numel and not bool((std.array >= 0).all()):
        raise TorchError("RuntimeError", "normal expects all elements of std >= 0.0")
    if not isinstance(std, Tensor) and std < 0:
        raise TorchError("RuntimeError", f"normal expects std >= 0.0, but found std {std:g}")
    shape = broadcast(t.shape for t in tensors)
    kind = tensors[0].dtype
    current().meter.operation(math.prod(shape))
    spread = 1.0 if isinstance(std, Tensor) else std  # a number scales within the kernel, which rounds once
    z = drawn(chosen(generator).normal, shape, 0.0, spread, kind.name, costly=math.prod(shape))
    scaled = z * std.array.astype(z.dtype) if isinstance(std, Tensor) else z
    made = (scaled + (mean.array if isinstance(mean, Tensor) else z.dtype.type(mean))).astype(z.dtype)
    which = 3 if len(tensors) == 2 else 1 if isinstance(mean, Tensor) else 2
    result: Tensor = _normal[which].apply(tuple(tensors), {"made": made})
    return result


def _drawn_chances(input: Tensor, generator: Generator | None = None) -> Tensor:
    """torch.bernoulli(p): 1 with the chance that each element states."""
    if not input.dtype.is_floating_point:
        raise not_implemented("bernoulli_tensor_cpu_p_", input.dtype)
    made = drawn(chosen(generator).bernoulli, np.asarray(input.array, order="C"), input.shape, input.dtype.name)
    result: Tensor = _bernoulli.apply((input,), {"made": made})
    return result


def _same_chance(input: Tensor, p: float, generator: Generator | None = None) -> Tensor:
    current().meter.operation(input.numel)
    made = drawn(chosen(generator).bernoulli, p, input.shape, input.dtype.name)
    return wrap(made)


def _bernoulli_by(input: Tensor, p: Tensor, generator: Generator | None = None) -> Tensor:
    """`x.bernoulli_(p)` with a chance for each element."""
    if not p.dtype.is_floating_point:
        raise not_implemented("bernoulli_tensor_cpu_p_", p.dtype)
    chances = np.broadcast_to(p.array, broadcast((input.shape, p.shape)))
    made = drawn(chosen(generator).bernoulli, np.asarray(chances, order="C"), input.shape, input.dtype.name)
    return write(input, _bernoulli_of, (p,), {"made": made})


def _events(input: Tensor, generator: Generator | None = None) -> Tensor:
    """torch.poisson(means)."""
    made = drawn(chosen(generator).poisson, input.array, costly=POISSON * input.numel)
    result: Tensor = _poisson.apply((input,), {"made": made})
    return result


def _multinomial(
    input: Tensor, num_samples: int, replacement: bool = False, generator: Generator | None = None
) -> Tensor:
    """Categories drawn with the weights that each row states."""
    _require_weights(input, num_samples, replacement)
    weights = input.array.reshape(-1, input.shape[-1])
    source = chosen(generator)
    current().meter.operation(weights.shape[0] * num_samples, weights.size)
    draw = _one_by_one if replacement and num_samples > 1 else _without_return
    rows = drawn(draw, source, weights, num_samples, costly=2 * weights.size)
    return wrap(rows.reshape(*input.shape[:-1], num_samples))


def _require_weights(input: Tensor, count: int, replacement: bool) -> None:
    if len(input.shape) not in (1, 2):
        raise TorchError("RuntimeError", "prob_dist must be 1 or 2 dim")
    if not input.dtype.is_floating_point:
        words = f"multinomial only supports floating-point dtypes for input, got: {input.dtype.title}"
        raise TorchError("RuntimeError", words)
    if count <= 0:
        raise TorchError("RuntimeError", "cannot sample n_sample <= 0 samples")
    if not replacement and count > input.shape[-1]:
        words = "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
        raise TorchError("RuntimeError", words)
    if not bool((np.isfinite(input.array) & (input.array >= 0)).all()):
        raise TorchError("RuntimeError", "probability tensor contains either `inf`, `nan` or element < 0")
    if bool((input.array.sum(axis=-1) == 0).any()):
        raise TorchError("RuntimeError", "invalid multinomial distribution (sum of probabilities <= 0)")


def _without_return(generator: Generator, weights: Array, count: int) -> Array:
    """The largest of weight / exponential number: the winners of a race (the "exponential clocks" of Gumbel's trick)."""
    kind = weights.dtype.name
    clocks = generator.transformed(weights.shape, kind, lambda u: distributions.exponential(u, 1.0))
    order: Array = np.argsort(-(weights / clocks), axis=-1, kind="stable")[:, :count]
    return order


def _one_by_one(generator: Generator, weights: Array, count: int) -> Array:
    """Each uniform number is looked up in the row's cumulative distribution."""
    cumulative = np.cumsum(weights, axis=-1)
    cumulative /= cumulative[:, -1:]
    cumulative[:, -1] = 1
    uniform = generator.rand((weights.shape[0], count), "float64")
    rows = [np.searchsorted(row, draws) for row, draws in zip(cumulative, uniform, strict=True)]
    return np.array(rows, np.int64)


G = "*, generator? generator=None"
expose(
    "torch.normal",
    (f"Tensor mean, Tensor std, {G}", _normals),
    (f"Tensor mean, float std=1, {G}", _normals),
    (f"float mean, Tensor std, {G}", _normals),
    NORMAL_SIZED,
)
expose("bernoulli", (f"Tensor input, {G}", _drawn_chances), (f"Tensor input, float p, {G}", _same_chance))
expose(
    "Tensor.bernoulli_",
    (f"Tensor input, Tensor p, {G}", _bernoulli_by),
    (f"Tensor input, float p=0.5, {G}", bernoulli_),
)
expose("torch.poisson", ("Tensor input, generator? generator=None", _events))
expose("multinomial", (f"Tensor input, int num_samples, bool replacement=False, {G}", _multinomial))
