"""How a row of the tables becomes an operation with its names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine import formula
from app.engine.formula import Formula
from app.engine.operation import Operation
from app.engine.registry import expose
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.structure import Rule
from app.engine.write import write

Forward = Callable[..., Any]


def tex_of(template: str) -> Callable[..., Formula]:
    r"""LaTeX by template: `\sin @1` for functions of one symbol, anything else as it stands."""
    if template.endswith(" @1") and template.count("@") == 1:
        return lambda x, **_: formula.function(template[:-3], x)
    return lambda *operands, **_: formula.wrapped(template, *operands)


def unary(
    name: str,
    forward: Forward,
    rule: Rule | None,
    tex: str,
    *,
    grad_fn: str | None = None,
    promotes: str | None = "float",
    selects: bool = False,
    spellings: str | None = None,
    inplace: bool = True,
) -> Operation:
    """An elementwise function of one tensor; `rule(xp, x, y)` is ∂y/∂x. Its in-place form is `name_`."""
    operation = Operation(
        name, forward, [Elementwise(rule=rule, selects=selects)],
        grad_fn=grad_fn, tex=tex_of(tex), promotes=promotes,
    )  # fmt: skip
    expose(
        spellings or f"torch.{name} Tensor.{name}",
        ("Tensor input", lambda input: operation.apply((input,), {})),
        operation=name,
        example="x = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)\ny = " + f"torch.{name}(x)",
    )
    if inplace:
        expose(
            f"torch.{name}_ Tensor.{name}_", ("Tensor input", lambda input: write(input, operation, (), {})),
            operation=f"{name}_",
        )  # fmt: skip
    return operation


def binary(
    name: str,
    forward: Forward,
    da: Rule | None,
    db: Rule | None,
    tex: str,
    *,
    grad_fn: str | Callable[..., str] | None = None,
    promotes: str = "same",
    selects: bool = False,
) -> Operation:
    """An elementwise function of two tensors that broadcast; `da(xp, a, b, y)` is ∂y/∂a, `db` is ∂y/∂b.

    Broadcasting is the relation's business: no rule mentions it.
    """
    structures = [Elementwise(rule=da, selects=selects), Elementwise(rule=db, selects=selects)]
    return Operation(name, forward, structures, grad_fn=grad_fn, tex=tex_of(tex), promotes=promotes)


def predicate(
    name: str, forward: Forward, tex: str, spellings: str, signature: str = "operand input, operand other"
) -> Operation:
    """An elementwise comparison: its result is bool, and no score flows through it."""
    operation = Operation(name, forward, [], tex=tex_of(tex), promotes="same")
    expose(spellings, (signature, lambda input, other: operation.apply((input, other), {})), operation=name)
    return operation


def expose_binary(operation: Operation, spellings: str, inplace: str | None = None) -> None:
    """The usual names of a function of two tensors, and of its in-place form."""
    expose(
        spellings,
        ("operand input, operand other", lambda input, other: operation.apply((input, other), {})),
        operation=operation.name,
    )
    if inplace:
        expose(
            inplace, ("Tensor input, operand other", lambda input, other: write(input, operation, (other,), {})),
            operation=f"{operation.name}_",
        )  # fmt: skip
