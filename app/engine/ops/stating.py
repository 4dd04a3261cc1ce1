"""How a row of the tables becomes an operation with its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.engine import formula
from app.engine.formula import Formula
from app.engine.kinds import Refusal
from app.engine.operation import Operation
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.structure import Rule, Structure
from app.engine.write import write

Forward = Callable[..., Any]
EITHER = "operand input, operand other"
TENSORS = "Tensor input, Tensor other"
UNIT = "x = torch.tensor([0.1, 0.5, 0.75], requires_grad=True)\n"
"""The example's tensor for functions that are defined between 0 and 1."""


def tex_of(template: str) -> Callable[..., Formula]:
    r"""LaTeX by template: `\sin @1` for functions of one symbol, anything else as it stands."""
    if template.endswith(" @1") and template.count("@") == 1:
        return lambda x, **_: formula.function(template[:-3], x)
    return lambda *operands, **_: formula.wrapped(template, *operands)


def unary(
    name: str, forward: Forward, rule: Rule | None, tex: str, *, also: str = "",
    grad_fn: str | None = None, promotes: str | None = "float", selects: bool = False, refuses: Refusal | None = None,
    within: bool = False, example: str | None = None,
) -> Operation:  # fmt: skip
    """An elementwise function of one tensor; `rule(xp, x, y)` is ∂y/∂x. `also` lists further spellings.

    Offered as `torch.name`, `Tensor.name` and, in place, as `name_`. `within`: it has numbers between 0 and 1 only.
    """
    operation = Operation(
        name, forward, [Elementwise(rule=rule, selects=selects)], grad_fn=grad_fn, tex=tex_of(tex),
        promotes=promotes, refuses=refuses, example=f"{UNIT}o = torch.{name}(x)" if within else example,
    )  # fmt: skip
    offer_unary(f"{name} {also}", operation)
    return operation


def variant(operation: Operation, grad_fn: str, rules: Sequence[Structure] | None = None) -> Operation:
    """The same under another grad_fn: PyTorch tells forms apart by which operand is a number, or by the write."""
    return Operation(
        operation.name, operation.forward, operation.structures if rules is None else rules, grad_fn=grad_fn,
        tex=operation.tex, promotes=operation.promotes, refuses=operation.refuses, cost=operation.cost, register=False,
    )  # fmt: skip


def offer_unary(spellings: str, operation: Operation, written: Operation | None = None) -> None:
    """The names of a function of one tensor: bare ones are also those of a method and, with `_`, of a write.

    `written` is what the write runs, where that is not the operation itself.
    """
    inside = written or operation
    offer(spellings, ("Tensor input", lambda input: operation.apply((input,), {})), operation=operation.name)
    bare = " ".join(f"{word}_" for word in spellings.split() if "." not in word)
    if bare:
        offer(bare, ("Tensor input", lambda input: write(input, inside, (), {})), operation=f"{operation.name}_")


def query(name: str, forward: Forward, tex: str, *, also: str = "", refuses: Refusal | None = None) -> Operation:
    """An elementwise question about one tensor; no score flows through the answer."""
    operation = Operation(name, forward, [], tex=tex_of(tex), refuses=refuses)
    offer(f"{name} {also}", ("Tensor input", lambda input: operation.apply((input,), {})))
    return operation


def binary(
    name: str, forward: Forward, da: Rule | None, db: Rule | None, tex: str, *,
    grad_fn: str | None = None, promotes: str = "same", selects: bool = False, refuses: Refusal | None = None,
    private: bool = False, example: str | None = None,
) -> Operation:  # fmt: skip
    """An elementwise function of two tensors that broadcast; `da(xp, a, b, y)` is ∂y/∂a, `db` is ∂y/∂b.

    Broadcasting is the relation's business: no rule mentions it.
    """
    return Operation(
        name, forward, [Elementwise(rule=da, selects=selects), Elementwise(rule=db, selects=selects)],
        grad_fn=grad_fn, tex=tex_of(tex), promotes=promotes, refuses=refuses, private=private, example=example,
    )  # fmt: skip


def predicate(
    name: str, forward: Forward, tex: str, also: str = "", signature: str = EITHER, refuses: Refusal | None = None
) -> Operation:
    """An elementwise comparison: its result is bool, and no score flows through it."""
    operation = Operation(name, forward, [], tex=tex_of(tex), promotes="same", refuses=refuses)
    words = f"{name} {also}".split()
    called = " ".join(word for word in words if not word.startswith("binary."))
    operators = " ".join(word for word in words if word.startswith("binary."))
    if signature == EITHER:
        offer_overloads(called, lambda input, other: operation.apply((input, other), {}), operation.name)
    else:
        offer_pair(operation, called, signature=signature)
    if operators:
        offer_pair(operation, operators)
    return operation


def offer_overloads(spellings: str, run: Callable[..., Any], operation: str) -> None:
    """A function that PyTorch overloads by its second argument: a tensor or a number."""
    offer(spellings, ("Tensor input, Tensor other", run), ("Tensor input, number other", run), operation=operation)


def offer_pair(operation: Operation, spellings: str, inplace: str = "", signature: str = EITHER) -> None:
    """The names of a function of two tensors, and those of its in-place form."""
    offer(spellings, (signature, lambda input, other: operation.apply((input, other), {})), operation=operation.name)
    if inplace:
        offer(inplace, ("Tensor input, operand other", lambda input, other: write(input, operation, (other,), {})))
