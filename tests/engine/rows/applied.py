"""A row at work: its tensors in some memory layout, the tape of its call, and derivatives by central differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.node import Node
from app.engine.ops import python
from app.engine.registry import METHODS, TORCH
from app.engine.relation.edges import Edges, Relation
from app.engine.run import Run, activate
from app.engine.tensor import Tensor
from app.engine.value import Value
from tests.engine.rows.row import Row

STEP = 1e-6
LAYOUTS = ("dense", "transposed", "sliced")


@dataclass
class Applied:
    """The leaves that hold the row's inputs, what came out, and the run that recorded it."""

    run: Run
    leaves: list[Tensor]
    outputs: list[Tensor]

    @property
    def nodes(self) -> list[Node]:
        return [applied.node for applied in self.run.tape.applied]


def apply(row: Row, layout: str = "dense", inputs: tuple[Array, ...] | None = None, grad: bool = True) -> Applied:
    """Run the row's call on fresh tensors."""
    with activate(Run()) as run:
        pairs = [_operand(x, layout, grad) for x in (row.inputs if inputs is None else inputs)]
        with np.errstate(all="ignore"):
            made = row.call(*(operand for _, operand in pairs))
    outputs = list(made) if isinstance(made, tuple) else [made]
    return Applied(run, [leaf for leaf, _ in pairs], outputs)


def _operand(x: Array, layout: str, grad: bool) -> tuple[Tensor, Tensor]:
    """(leaf, the tensor that is passed): the leaf itself, or a window of it that is not contiguous."""
    base = x.T if layout == "transposed" else np.stack([x, x[::-1] if x.ndim else x], -1) if layout == "sliced" else x
    leaf = TORCH["tensor"](base.tolist(), dtype=TORCH[base.dtype.name])
    if leaf.shape != base.shape:
        leaf = METHODS["reshape"](leaf, base.shape)
    if grad and base.dtype.kind == "f":
        METHODS["requires_grad_"](leaf)
    if layout == "transposed":
        return leaf, METHODS["permute"](leaf, tuple(range(base.ndim))[::-1])
    return leaf, python.getitem(leaf, (..., 0)) if layout == "sliced" else leaf


def floats(tensors: list[Tensor]) -> list[Tensor]:
    return [t for t in tensors if t.dtype.is_floating_point]


def weights_of(outputs: list[Array], seed: int = 0) -> list[Array]:
    """Random upstream gradients."""
    rng = np.random.default_rng(seed)
    return [np.asarray(rng.standard_normal(o.shape)) for o in outputs]


def weighted(row: Row, layout: str, inputs: tuple[Array, ...]) -> float:
    """Σ weights · outputs at these inputs."""
    made = [t.array for t in floats(apply(row, layout, inputs, grad=False).outputs)]
    return float(sum((w * o).sum() for w, o in zip(weights_of(made), made, strict=True)))


def differences(function: Callable[[tuple[Array, ...]], float], inputs: tuple[Array, ...]) -> list[Array]:
    """Central differences with respect to every floating-point input."""
    found = []
    for k, x in enumerate(inputs):
        if x.dtype.kind != "f":
            continue
        slope = np.zeros(x.size)
        for i in range(x.size):
            ends: list[float] = []
            for sign in (1, -1):
                moved = x.reshape(-1).copy()
                moved[i] += sign * STEP
                ends.append(function((*inputs[:k], moved.reshape(x.shape), *inputs[k + 1 :])))
            slope[i] = (ends[0] - ends[1]) / (2 * STEP)
        found.append(slope.reshape(x.shape))
    return found


def relations(node: Node) -> list[tuple[int, int, Relation, Edges]]:
    """Every relation of one application that has a local derivative."""
    found = []
    with np.errstate(all="ignore"):
        for k, x in enumerate(node.call.inputs):
            structure = node.operation.structure(k)
            if structure is None or x.dtype.kind != "f":
                continue
            for j, y in enumerate(node.call.outputs):
                if y.dtype.kind == "f":
                    relation = structure.relation(node.call, k, j)
                    found.append((k, j, relation, relation.edges()))
    return found


def by_edges(applied: Applied, leaf: Tensor, upstream: list[Array]) -> Array:
    """The score of a leaf from nothing but edges: at every application, newest first, Σ weight × score."""
    scores: dict[tuple[int, int], Array] = {}
    for output, g in zip(floats(applied.outputs), upstream, strict=True):
        _add(scores, output.value, g.reshape(-1))
    for node in reversed(applied.nodes):
        if not any(node.needs):
            continue
        for k, j, _, edges in relations(node):
            score = scores.get((id(node), j))
            if score is not None and node.needs[k]:
                terms = edges.weight * score[edges.output]
                share = np.bincount(edges.input, terms, minlength=node.call.inputs[k].size)
                _add(scores, node.inputs[k], share)
    return scores.get(_key(leaf.value), np.zeros(leaf.value.array.size)).reshape(leaf.value.array.shape)


def _add(scores: dict[tuple[int, int], Array], value: Value, share: Array) -> None:
    before = scores.get(_key(value))
    scores[_key(value)] = share if before is None else before + share


def _key(value: Value) -> tuple[int, int]:
    return (id(value.node), value.index) if value.node is not None else (id(value), -1)


def operand_of(leaf_score: Array, layout: str) -> Array:
    """The part of a leaf's score that belongs to the operand made of it."""
    whole: Any = leaf_score.T if layout == "transposed" else leaf_score[..., 0] if layout == "sliced" else leaf_score
    return np.asarray(whole)
