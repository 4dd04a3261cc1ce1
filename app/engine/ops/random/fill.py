"""Fills in place: uniform_, normal_ and the other distributions. The old numbers leave no trace, so no score passes.

PyTorch fills in the order of memory; a normal fill works in blocks only on a contiguous tensor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array, Shape
from app.engine.operation import Operation
from app.engine.ops.random.draw import chosen, drawn
from app.engine.random import Generator, arguments, distributions
from app.engine.registry import expose
from app.engine.relation.elementwise import Elementwise
from app.engine.tensor import Tensor
from app.engine.write import write

Draw = Callable[..., Array]
NOTHING = Elementwise(rule=lambda xp, *_, made: 0, selects=True)
"""What is drawn depends on no element."""
SLOW = 200  # what a number costs that Python makes from a uniform one, in normal numbers


def random_operation(name: str, grad_fn: str, inputs: int = 1) -> Operation:
    """An operation whose numbers have been drawn before it runs, and stand in `made`."""
    return Operation(
        name, lambda *arrays, made: made, [NOTHING] * inputs, grad_fn=grad_fn, register=False,
        tex=lambda *operands, made: formula.wrapped(rf"\operatorname{{{name}}}", *operands),
    )  # fmt: skip


def in_memory_order(x: Array, flat: Array) -> Array:
    """`flat`, drawn in the order in which x's elements lie in memory, in x's shape."""
    order = sorted(range(x.ndim), key=lambda dim: -abs(x.strides[dim]))
    made = flat.reshape([x.shape[dim] for dim in order])
    return made.transpose([order.index(dim) for dim in range(x.ndim)])


def _fill(name: str, grad_fn: str, draw: Callable[..., Draw], costly: int = 1) -> Callable[..., Tensor]:
    """`x.name_(*numbers)`; `draw(generator, array, dtype, *numbers)` gives what makes so many of them."""
    operation = random_operation(name, grad_fn)

    def run(input: Tensor, generator: Generator | None = None, **numbers: Any) -> Tensor:
        array, kind = input.array, input.dtype.name
        make = draw(chosen(generator), array, kind, *numbers.values())
        flat = drawn(make, (array.size,), costly=array.size * costly)
        return write(input, operation, (), {"made": in_memory_order(array, flat)})

    return run


def _uniform(generator: Generator, x: Array, kind: str, low: float, high: float) -> Draw:
    return lambda shape: generator.uniform(shape, low, high, kind)


def _normal(generator: Generator, x: Array, kind: str, mean: float, std: float) -> Draw:
    if x.flags.c_contiguous:
        return lambda shape: generator.normal(shape, mean, std, kind)

    def one_by_one(shape: Shape) -> Array:
        arguments.require_deviation(std)
        return (generator.normals(shape, kind) * std + mean).astype(kind)

    return one_by_one


def _exponential(generator: Generator, x: Array, kind: str, rate: float) -> Draw:
    def make(shape: Shape) -> Array:
        arguments.require_continuous(kind, "Exponential")
        arguments.require_rate(rate)
        return generator.transformed(shape, kind, lambda u: distributions.exponential(u, rate))

    return make


def _cauchy(generator: Generator, x: Array, kind: str, median: float, sigma: float) -> Draw:
    def make(shape: Shape) -> Array:
        arguments.require_continuous(kind, "Cauchy")
        arguments.require_width(sigma)
        return generator.transformed(shape, kind, lambda u: distributions.cauchy(u, median, sigma))

    return make


def _geometric(generator: Generator, x: Array, kind: str, chance: float) -> Draw:
    def make(shape: Shape) -> Array:
        arguments.require_open_chance(chance)
        return generator.transformed(shape, kind, lambda u: distributions.geometric(u, chance))

    return make


def _log_normal(generator: Generator, x: Array, kind: str, mean: float, std: float) -> Draw:
    def make(shape: Shape) -> Array:
        arguments.require_spread(std)
        arguments.require_float(kind, "log_normal_cpu")
        return generator.log_normal(shape, mean, std, kind)

    return make


def _bernoulli(generator: Generator, x: Array, kind: str, chance: float) -> Draw:
    return lambda shape: generator.bernoulli(chance, shape, kind)


def _random(generator: Generator, x: Array, kind: str) -> Draw:
    return lambda shape: generator.random(shape, kind)


def _between(generator: Generator, x: Array, kind: str, low: int, high: int | None) -> Draw:
    def make(shape: Shape) -> Array:
        end = high if high is not None else _end(kind)
        return generator.randint(low, end, shape, kind)

    return make


def _end(kind: str) -> int:
    """One past the largest integer that random_(from, None) draws."""
    if kind.startswith("float"):
        return (1 << (24 if kind == "float32" else 53)) + 1
    return 2 if kind == "bool" else int(np.iinfo(kind).max) + 1


def _below(generator: Generator, x: Array, kind: str, high: int) -> Draw:
    return _between(generator, x, kind, 0, high)


# fmt: off
G = "*, generator? generator=None"
uniform_, normal_ = _fill("uniform", "UniformBackward0", _uniform, costly=0), _fill("normal", "NormalBackward0", _normal)
expose("Tensor.uniform_",     (f"Tensor input, float from=0.0, float to=1.0, {G}", uniform_))
expose("Tensor.normal_",      (f"Tensor input, float mean=0.0, float std=1.0, {G}", normal_))
expose("Tensor.exponential_", (f"Tensor input, float lambd=1.0, {G}", _fill("exponential", "ExponentialBackward0", _exponential, SLOW)))
expose("Tensor.cauchy_",      (f"Tensor input, float median=0.0, float sigma=1.0, {G}", _fill("cauchy", "CauchyBackward0", _cauchy, SLOW)))
expose("Tensor.geometric_",   (f"Tensor input, float p, {G}", _fill("geometric", "GeometricBackward0", _geometric, SLOW)))
expose("Tensor.log_normal_",  (f"Tensor input, float mean=1.0, float std=2.0, {G}", _fill("log_normal", "LogNormalBackward0", _log_normal, SLOW)))
bernoulli_ = _fill("bernoulli", "BernoulliBackward2", _bernoulli, costly=0)
expose("Tensor.random_",
      (f"Tensor input, {G}", _fill("random", "RandomBackward2", _random, costly=0)),
      (f"Tensor input, int to, {G}", _fill("random", "RandomBackward1", _below, costly=0)),
      (f"Tensor input, int from, int? to, {G}", _fill("random", "RandomBackward0", _between, costly=0)))
# fmt: on
