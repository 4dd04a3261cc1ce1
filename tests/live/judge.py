"""One sample of one operator, run by PyTorch and by us: value, gradient and edges must be the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.registry import TORCH
from app.engine.run import Run, activate
from app.engine.tensor import Size, Tensor
from tests.live import calls, jacobian
from tests.live.oracle import SEED, samples, torch
from tests.live.translate import Inexpressible, Translation, array_of, flat

RTOL, ATOL = 1e-6, 1e-9
SMALL = 48
"""Up to so many elements in the result and in a leaf the edges are composed as well."""
UNINITIALISED = ("empty", "empty_like", "new_empty", "empty_permuted", "new_empty_strided", "empty_strided")


@dataclass
class Verdict:
    """How an operator did; `difference` is the first sample that was wrong."""

    name: str
    right: int = 0
    total: int = 0
    excluded: int = 0
    difference: str = ""
    wrong: list[int] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return self.right == self.total > 0

    @property
    def line(self) -> str:
        state = "right" if self.passed else "none" if not self.total else "wrong" if self.right else "missing"
        left = f" ({self.excluded} inexpressible)" if self.excluded else ""
        return f"{state:8}{self.name:55} {self.right:4}/{self.total:<4}{left} {self.difference}"


def judge(name: str, op: Any, most: int | None = None, call: calls.Call | None = None) -> Verdict:
    """Every sample of the operator, or the first `most` of them; `call` stands for ours."""
    verdict = Verdict(name)
    call = call or calls.ours(op.name)
    for number, sample in enumerate(islice(samples(op), most)):
        try:
            difference = "not offered" if call is None else _difference(op, call, sample)
        except Inexpressible:
            verdict.excluded += 1
            continue
        verdict.total += 1
        if difference:
            verdict.wrong.append(number)
            verdict.difference = verdict.difference or f"#{number} {_shown(sample)}: {difference}"
        else:
            verdict.right += 1
    return verdict


def _shown(sample: Any) -> str:
    def brief(value: Any) -> str:
        if isinstance(value, torch.Tensor):
            return f"{list(value.shape)}{'' if value.dtype is torch.float64 else str(value.dtype)[5:]}"
        if isinstance(value, (list, tuple)):
            return f"({', '.join(brief(v) for v in value)})"
        return str(value)

    named = "".join(f", {k}={brief(v)}" for k, v in sample.kwargs.items())
    return f"{brief(sample.input)}, {brief(sample.args)[1:-1]}{named}"[:100]


def _difference(op: Any, call: calls.Call, sample: Any) -> str:
    """What is wrong, in a few words; empty if nothing is."""
    translated = Translation()
    mine = (translated(sample.input), *(translated(a) for a in sample.args))
    named = {key: translated(value) for key, value in sample.kwargs.items()}
    torch.manual_seed(SEED)
    theirs = op(sample.input, *sample.args, **sample.kwargs)
    for leaf in flat(theirs):
        if isinstance(leaf, torch.Tensor):
            array_of(leaf)
    with activate(Run()) as run:
        run.generator.manual_seed(SEED)
        try:
            made = call(*mine, **named)
            return _compared(op, theirs, made, translated.leaves)
        except TorchError as error:
            return f"{error.type}: {str(error)[:150]}"
        except Exception as error:  # the engine itself failed: that must be told apart
            return f"INTERNAL {type(error).__name__}: {str(error)[:150]}"


def _compared(op: Any, theirs: Any, made: Any, leaves: list[tuple[Any, Tensor]]) -> str:
    pairs = list(zip(flat(theirs), flat(made), strict=False))
    if len(flat(theirs)) != len(flat(made)):
        return f"{len(flat(made))} results for {len(flat(theirs))}"
    for wanted, got in pairs:
        found = _unlike(wanted, got, op.name in UNINITIALISED)
        if found:
            return found
    rooted = [(w, g) for w, g in pairs if isinstance(w, torch.Tensor) and w.requires_grad]
    if not rooted or not leaves or op.name in UNINITIALISED:
        return ""
    return _gradients(rooted, leaves) or _edges(rooted, leaves)


def _unlike(wanted: Any, got: Any, shape_only: bool) -> str:
    """Value, shape, type and whether it requires grad."""
    if not isinstance(wanted, torch.Tensor):
        same = Size(wanted) == got if isinstance(wanted, torch.Size) else str(wanted) == str(got) or wanted == got
        return "" if same else f"{got} for {wanted}"
    if not isinstance(got, Tensor):
        return f"{type(got).__name__} for a tensor"
    if tuple(wanted.shape) != tuple(got.shape):
        return f"shape {list(got.shape)} for {list(wanted.shape)}"
    if str(wanted.dtype) != f"torch.{got.dtype.name}":
        return f"{got.dtype} for {wanted.dtype}"
    if wanted.requires_grad != got.requires_grad:
        return f"requires_grad {got.requires_grad} for {wanted.requires_grad}"
    return "" if shape_only else _far("value", array_of(wanted), got.array)


def _far(what: str, wanted: Any, got: Any) -> str:
    with np.errstate(all="ignore"):
        if np.allclose(got, wanted, RTOL, ATOL, equal_nan=True):
            return ""
        place = np.flatnonzero(~np.isclose(got, wanted, RTOL, ATOL, equal_nan=True))[0]
    return f"{what} {np.ravel(got)[place]} for {np.ravel(wanted)[place]}"


def _gradients(rooted: list[tuple[Any, Tensor]], leaves: list[tuple[Any, Tensor]]) -> str:
    rng = np.random.default_rng(SEED)
    seeds = [rng.standard_normal(tuple(w.shape)) for w, _ in rooted]
    wanted = torch.autograd.grad(
        [w for w, _ in rooted], [leaf for leaf, _ in leaves],
        [torch.tensor(s, dtype=w.dtype) for s, (w, _) in zip(seeds, rooted, strict=True)],
        allow_unused=True, retain_graph=True,
    )  # fmt: skip
    got = TORCH["autograd.grad"](
        [g for _, g in rooted], [leaf for _, leaf in leaves],
        [Tensor.of(np.array(s, g.array.dtype)) for s, (_, g) in zip(seeds, rooted, strict=True)],
        allow_unused=True, retain_graph=True,
    )  # fmt: skip
    for place, (theirs, mine) in enumerate(zip(wanted, got, strict=True)):
        shape = tuple(leaves[place][0].shape)
        found = _far(
            f"gradient {place}",
            np.zeros(shape) if theirs is None else array_of(theirs),
            np.zeros(shape) if mine is None else mine.array,
        )
        if found:
            return found
    return ""


def _edges(rooted: list[tuple[Any, Tensor]], leaves: list[tuple[Any, Tensor]]) -> str:
    """The composed weights against PyTorch's Jacobian, element by element; nan where either says so is let pass."""
    for wanted, got in rooted:
        for place, (theirs, mine) in enumerate(leaves):
            if not 0 < got.numel <= SMALL or not 0 < mine.numel <= SMALL:
                continue
            with np.errstate(all="ignore"):
                composed = jacobian.by_edges(got, mine)
            whole = jacobian.by_pytorch(wanted, theirs)
            if not np.isfinite(whole).all():
                continue
            found = _far(f"edges {place}", whole, composed)
            if found:
                return found
    return ""
