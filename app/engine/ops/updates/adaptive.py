"""Updates that divide by the gradient's size so far. Sources: Kingma and Ba (2015: Adam, Adamax), Loshchilov and
Hutter (2019: AdamW), Reddi et al. (2018: amsgrad), Dozat (2016: NAdam), Liu et al. (2020: RAdam), Hinton (2012:
RMSprop), Duchi et al. (2011: Adagrad), Zeiler (2012: Adadelta)."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.ops.updates.arithmetic import (
    added,
    added_product,
    added_quotient,
    divided,
    largest,
    magnitude,
    scaled,
    shifted,
    towards,
)
from app.engine.ops.updates.descent import counted, directed, kept
from app.engine.ops.updates.update import Options, State, update

RECTIFIED = 5.0  # below this many degrees of freedom RAdam does not trust the running variance
NADAM_DECAY = 0.96


def _decayed(w: Array, g: Array, o: Options) -> tuple[Any, Any]:
    """(w, gradient) with the weight decay in the one or, when decoupled, in the other."""
    if o["weight_decay"] and o["decoupled_weight_decay"]:
        return scaled(w, 1 - o["lr"] * o["weight_decay"]), -g if o["maximize"] else g
    return w, directed(w, g, o)


def _decays(o: Options) -> int:
    """Decoupled decay is a write of its own."""
    return int(o["weight_decay"] != 0 and o["decoupled_weight_decay"])


def _moments(w: Array, g: Array, state: State, o: Options) -> tuple[Any, Any]:
    """The running means of the gradient and of its square."""
    first, second = o["betas"]
    mean = state["exp_avg"] = towards(kept(state, "exp_avg", w), g, 1 - first)
    decayed = scaled(kept(state, "exp_avg_sq", w), second)
    square = state["exp_avg_sq"] = added_product(decayed, g, g, 1 - second)
    return mean, square


@update(
    "adam", r"@1 - lr \cdot \frac{\hat m(@2)}{\sqrt{\hat v(@2)} + \epsilon}",
    "lr betas eps weight_decay amsgrad maximize decoupled_weight_decay",
    writes=lambda o: 1 + _decays(o),
)  # fmt: skip
def adam(w: Array, g: Array, state: State, o: Options) -> Any:
    """w ← w − lr·m̂ / (√v̂ + ε) with the running means m of g and v of g², both corrected for their start at 0."""
    count = counted(state)
    w, g = _decayed(w, g, o)
    mean, square = _moments(w, g, state, o)
    first, second = o["betas"]
    if o["amsgrad"]:
        square = state["max_exp_avg_sq"] = largest(kept(state, "max_exp_avg_sq", w), square)
    root = divided(np.sqrt(square), (1 - second**count) ** 0.5)
    return added_quotient(w, mean, shifted(root, o["eps"]), -(o["lr"] / (1 - first**count)))


@update(
    "nadam", r"@1 - lr \cdot \frac{\bar m(@2)}{\sqrt{\hat v(@2)} + \epsilon}",
    "lr betas eps weight_decay momentum_decay decoupled_weight_decay maximize",
    writes=lambda o: 2 + _decays(o),
)  # fmt: skip
def nadam(w: Array, g: Array, state: State, o: Options) -> Any:
    """Adam with Nesterov's look ahead: the mean as it will be after the next step."""
    count = counted(state)
    first, second = o["betas"]
    product = state.get("mu_product", np.float32(1))
    w, g = _decayed(w, g, o)
    now = first * (1 - 0.5 * NADAM_DECAY ** (count * o["momentum_decay"]))
    then = first * (1 - 0.5 * NADAM_DECAY ** ((count + 1) * o["momentum_decay"]))
    state["mu_product"] = np.asarray(product * np.float32(now))
    mean, square = _moments(w, g, state, o)
    root = shifted(np.sqrt(divided(square, 1 - second**count)), o["eps"])
    so_far = float(state["mu_product"])
    w = added_quotient(w, g, root, -o["lr"] * (1.0 - now) / (1.0 - so_far))
    return added_quotient(w, mean, root, -o["lr"] * then / (1.0 - so_far * then))


@update(
    "radam", r"@1 - lr \cdot r \cdot \frac{\hat m(@2)}{\sqrt{\hat v(@2)} + \epsilon}",
    "lr betas eps weight_decay decoupled_weight_decay maximize",
    writes=lambda o: 1 + _decays(o),
)  # fmt: skip
def radam(w: Array, g: Array, state: State, o: Options) -> Any:
    """Adam whose division waits until the running variance can be trusted."""
    count = counted(state)
    w, g = _decayed(w, g, o)
    mean, square = _moments(w, g, state, o)
    first, second = o["betas"]
    correction = 1 - second**count
    most = 2 / (1 - second) - 1
    freedom = most - 2 * count * second**count / correction
    direction = scaled(divided(mean, 1 - first**count), o["lr"])
    if freedom > RECTIFIED:
        rect = ((freedom - 4) * (freedom - 2) * most / ((most - 4) * (most - 2) * freedom)) ** 0.5
        root = shifted(np.sqrt(square), o["eps"])
        direction = scaled(direction * (root.dtype.type(correction**0.5) / root), rect)
    return added(w, direction, -1)


@update("adamax", r"@1 - lr \cdot \frac{\hat m(@2)}{u(@2)}", "lr betas eps weight_decay maximize")
def adamax(w: Array, g: Array, state: State, o: Options) -> Any:
    """Adam by the largest gradient so far instead of the mean square."""
    count = counted(state)
    g = directed(w, g, o)
    first, second = o["betas"]
    mean = state["exp_avg"] = towards(kept(state, "exp_avg", w), g, 1 - first)
    decayed = scaled(kept(state, "exp_inf", w), second)
    size = state["exp_inf"] = largest(decayed, shifted(magnitude(g), o["eps"]))
    return added_quotient(w, mean, size, -(o["lr"] / (1 - first**count)))


@update(
    "rmsprop", r"@1 - lr \cdot \frac{@2}{\sqrt{v(@2)} + \epsilon}",
    "lr momentum alpha eps centered weight_decay maximize",
)  # fmt: skip
def rmsprop(w: Array, g: Array, state: State, o: Options) -> Any:
    """w ← w − lr·g / (√v + ε) with the running mean v of g², or of its variance when centered."""
    counted(state)
    g = directed(w, g, o)
    decayed = scaled(kept(state, "square_avg", w), o["alpha"])
    square = state["square_avg"] = added_product(decayed, g, g, 1 - o["alpha"])
    buffer = kept(state, "momentum_buffer", w) if o["momentum"] > 0 else None
    if o["centered"]:
        mean = state["grad_avg"] = towards(kept(state, "grad_avg", w), g, 1 - o["alpha"])
        square = added_product(square, mean, mean, -1)
    root = shifted(np.sqrt(square), o["eps"])
    if buffer is None:
        return added_quotient(w, g, root, -o["lr"])
    buffer = state["momentum_buffer"] = added_quotient(scaled(buffer, o["momentum"]), g, root, 1)
    return added(w, buffer, -o["lr"])


@update(
    "adagrad", r"@1 - lr \cdot \frac{@2}{\sqrt{s(@2)} + \epsilon}",
    "lr lr_decay eps weight_decay initial_accumulator_value maximize",
)  # fmt: skip
def adagrad(w: Array, g: Array, state: State, o: Options) -> Any:
    """w ← w − lr·g / (√s + ε) with the sum s of all squares so far."""
    count = counted(state)
    g = directed(w, g, o)
    total = kept(state, "sum", w, o["initial_accumulator_value"])
    total = state["sum"] = added_product(total, g, g, 1)
    return added_quotient(w, g, shifted(np.sqrt(total), o["eps"]), -(o["lr"] / (1 + (count - 1) * o["lr_decay"])))


@update(
    "adadelta", r"@1 - lr \cdot \frac{\sqrt{d + \epsilon}}{\sqrt{v(@2) + \epsilon}} @2",
    "lr rho eps weight_decay maximize",
)  # fmt: skip
def adadelta(w: Array, g: Array, state: State, o: Options) -> Any:
    """The step's unit comes from the running mean d of the squared steps themselves."""
    counted(state)
    g = directed(w, g, o)
    decayed = scaled(kept(state, "square_avg", w), o["rho"])
    square = state["square_avg"] = added_product(decayed, g, g, 1 - o["rho"])
    before = kept(state, "acc_delta", w)
    delta = np.sqrt(shifted(before, o["eps"])) / np.sqrt(shifted(square, o["eps"])) * g
    state["acc_delta"] = added_product(scaled(before, o["rho"]), delta, delta, 1 - o["rho"])
    return added(w, delta, -o["lr"])
