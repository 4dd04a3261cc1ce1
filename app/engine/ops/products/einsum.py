"""torch.einsum: the program names the indices itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.engine import formula
from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.internal import contract
from app.engine.ops.products.equation import parsed, written
from app.engine.registry import offer
from app.engine.relation.contracting import Letters, named, steps
from app.engine.relation.contraction import Contraction
from app.engine.tensor import Tensor

NEITHER = (
    "einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts "
    "list"
)


def _grad_fn(call: Call) -> str:
    """The last of PyTorch's steps: one operand is permuted and summed, two are multiplied, as matrices for a sum."""
    *rows, out = call.params["spec"]
    if len(rows) == 1:
        return "PermuteBackward0" if set(named(rows[0])) == set(named(out)) else "SumBackward1"
    before, last = steps(rows[:-1], (*rows[-1], *out))[-1], named(rows[-1])
    return "MulBackward0" if {*named(before), *last} <= set(out) else "ViewBackward0"


def _tex(*operands: Any, spec: Any = None, **_: Any) -> Any:
    factors = r"\,".join(f"@{n + 1}" for n in range(len(operands)))
    summed = sorted({c for row in (spec or ((),))[:-1] for c in named(row)} - set((spec or ((),))[-1]))
    return formula.wrapped((rf"\sum_{{{' '.join(summed)}}} " if summed else "") + factors, *operands)


def _forward(*arrays: Array, spec: Any, shape: Shape, **_: Any) -> Array:
    made: Array = contract.forward(*arrays, spec=spec, shape=shape)
    return made


einsum = Operation(
    "einsum", _forward, [Contraction()], grad_fn=_grad_fn, cost=contract.cost, tex=_tex, shows=("equation",),
    example=(
        "a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\n"
        "b = torch.tensor([[2.0, 0.0], [1.0, 3.0]], requires_grad=True)\n"
        "o = torch.einsum('ij,kj->ik', a, b)\n"
    ),
)  # fmt: skip


def _einsum(args: tuple[Any, ...]) -> Any:
    """An equation with operands, or operands each followed by its list of subscripts."""
    if not args or (isinstance(args[0], str) and len(args) < 2):
        raise TorchError("ValueError", NEITHER)
    if isinstance(args[0], Tensor):
        equation, operands = written(args), list(args[::2])
        operands = operands[:-1] if len(args) % 2 else operands
    else:
        equation, operands = args[0], list(args[1:])
        if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
            operands = list(operands[0])
        if not isinstance(equation, str):
            kind = type(equation).__name__
            raise TorchError("TypeError", f"einsum(): argument 'equation' (position 1) must be str, not {kind}")
    for place, x in enumerate(operands):
        if not isinstance(x, Tensor):
            raise TorchError(
                "TypeError", f"expected Tensor as element {place} in argument 1, but got {type(x).__name__}"
            )
    return applied(equation, operands)


def applied(equation: str, operands: list[Tensor]) -> Any:
    """The operation for these operands."""
    rows, out = parsed(equation, [x.shape for x in operands])
    sizes = _sizes(rows, [x.shape for x in operands])
    spec = tuple(
        tuple(None if n == 1 and sizes[c] != 1 else c for n, c in zip(x.shape, row, strict=True))
        for x, row in zip(operands, rows, strict=True)
    )
    for x in operands[1:]:
        if x.dtype is not operands[0].dtype:
            raise TorchError(
                "RuntimeError", f"expected scalar type {operands[0].dtype.title} but found {x.dtype.title}",
                code="matmul-dtype",
            )  # fmt: skip
    shape = tuple(sizes[c] for c in out)
    return einsum.apply(operands, {"spec": (*spec, tuple(out)), "shape": shape, "equation": equation})


def _sizes(rows: list[list[str]], shapes: list[Shape]) -> Counter[str]:
    """How far each index runs; a size of 1 stretches."""
    sizes: Counter[str] = Counter()
    for place, (row, shape) in enumerate(zip(rows, shapes, strict=True)):
        own: dict[str, int] = {}
        for letter, n in zip(row, shape, strict=True):
            if own.setdefault(letter, n) != n:
                raise TorchError(
                    "RuntimeError",
                    f"einsum(): subscript {_shown(letter)} is repeated for operand {place} but the sizes don't match, "
                    f"{n} != {own[letter]}",
                )
        for letter, n in own.items():
            if letter in sizes and sizes[letter] != 1 and n not in (1, sizes[letter]):
                raise TorchError(
                    "RuntimeError",
                    f"einsum(): subscript {_shown(letter)} has size {n} for operand {place} which does not broadcast "
                    f"with previously seen size {sizes[letter]}",
                    code="einsum-size",
                )
            if letter not in sizes or sizes[letter] == 1:
                sizes[letter] = n
    return sizes


def _shown(letter: str) -> str:
    return letter if letter.isascii() else "..."


def letters(*rows: str) -> tuple[Letters, ...]:
    """`letters("ik", "kj", "ij")`: the indices of operands and output."""
    return tuple(tuple(row) for row in rows)


offer("torch.einsum", ("any... args=()", _einsum))
