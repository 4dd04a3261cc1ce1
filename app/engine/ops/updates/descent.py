"""Updates along the gradient itself: SGD, ASGD, Rprop. Sources: Robbins and Monro (1951), Sutskever et al. (2013),
Polyak and Juditsky (1992), Riedmiller and Braun (1993)."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.ops.updates.arithmetic import added, added_product, scaled
from app.engine.ops.updates.update import Options, State, update


def directed(w: Array, g: Array, o: Options) -> Any:
    """The gradient to descend along, with the weight decay of its penalty."""
    if o["maximize"]:
        g = -g
    return added(g, w, o["weight_decay"]) if o["weight_decay"] else g


def counted(state: State) -> float:
    """Count this step; the number of steps so far."""
    step = state.get("step")
    state["step"] = np.asarray(1.0 if step is None else step + 1, np.float32)
    return float(state["step"])


def kept(state: State, key: str, w: Array, start: float = 0.0) -> Array:
    """An entry of the state; at the first step an array like the parameter's."""
    if key not in state:
        state[key] = np.full(w.shape, start, w.dtype)
    return state[key]


@update("sgd", r"@1 - lr \cdot @2", "lr momentum dampening weight_decay nesterov maximize")
def sgd(w: Array, g: Array, state: State, o: Options) -> Any:
    """w ← w − lr·v with v ← momentum·v + (1 − dampening)·g; v = g without momentum."""
    g = directed(w, g, o)
    if o["momentum"]:
        buffer = state.get("momentum_buffer")
        v = g if buffer is None else added(scaled(buffer, o["momentum"]), g, 1 - o["dampening"])
        state["momentum_buffer"] = v
        g = added(g, v, o["momentum"]) if o["nesterov"] else v
    return added(w, g, -o["lr"])


@update("asgd", r"(1 - \lambda \eta) @1 - \eta \cdot @2", "lr lambd alpha t0 weight_decay maximize", writes=lambda o: 2)
def asgd(w: Array, g: Array, state: State, o: Options) -> Any:
    """Descent with a falling rate; the state keeps the average of the iterates."""
    count = counted(state)
    g = directed(w, g, o)
    eta = float(state.setdefault("eta", np.asarray(o["lr"], np.float32)))
    mu = float(state.setdefault("mu", np.ones((), np.float32)))
    mean = kept(state, "ax", w)
    w = added(scaled(w, 1 - o["lambd"] * eta), g, -eta)
    falling = o["lr"] / (1 + o["lambd"] * o["lr"] * count) ** o["alpha"]
    state["eta"] = np.asarray(falling, np.float32)
    state["mu"] = np.asarray(1 / max(1, count - o["t0"]), np.float32)
    state["ax"] = w if mu == 1 else mean + scaled(w - mean, mu)
    return w


@update("rprop", r"@1 - \operatorname{sign}(@2) \cdot s", "lr etas step_sizes maximize")
def rprop(w: Array, g: Array, state: State, o: Options) -> Any:
    """Each element has a step size of its own; it grows while the gradient keeps its sign and shrinks when it turns."""
    counted(state)
    g = -g if o["maximize"] else g
    before, size = kept(state, "prev", w), kept(state, "step_size", w, o["lr"])
    (shrink, grow), (low, high) = o["etas"], o["step_sizes"]
    turned = np.sign((g * before).real)
    factor = np.where(turned > 0, grow, np.where(turned < 0, shrink, 1.0)).astype(size.dtype)
    size = np.clip(size * factor, size.dtype.type(low), size.dtype.type(high))
    g = np.where(turned < 0, g.dtype.type(0), g)
    state["prev"], state["step_size"] = g, size
    return added_product(w, np.sign(g.real).astype(size.dtype), size, -1)
