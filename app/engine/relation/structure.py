"""Structures: how the local derivatives of an operation lie. One class per row of the table in the architecture.

A structure holds the operation's rule for one input and turns it into everything else: the vector-Jacobian
product on arrays or on tensors, the relation with its edges, and the formula.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.engine import formula
from app.engine.formula import Formula, Operand
from app.engine.namespaces import FORMULAS, TENSORS
from app.engine.node import Call
from app.engine.relation.edges import Relation
from app.engine.relation.factored import FACTORED

Rule = Callable[..., Any]


@dataclass(frozen=True)
class Symbol:
    """The weight of some edges of a relation in LaTeX; `where` is "all", "diagonal" or "off-diagonal"."""

    where: str
    tex: str


@dataclass(frozen=True)
class Local:
    """A relation's rule in symbols: the whole equation, and the weight per kind of edge."""

    equation: str
    symbols: tuple[Symbol, ...]


@dataclass(frozen=True, kw_only=True)
class Structure:
    """Local derivatives of one shape.

    `rule(xp, *inputs, y, **params)` takes of the operation's parameters those that it names. `selects`: an edge
    of weight 0 passes nothing on, whatever the score (0 · inf is 0, as where PyTorch masks instead of multiplying).
    `saves` are operands that PyTorch keeps although no rule reads them. `once` names PyTorch's backward function where
    it has no derivative of its own: under `create_graph` the next walk through it is refused.
    """

    name: ClassVar[str]
    rule: Rule | None = None
    selects: bool = False
    saves: frozenset[Operand] = frozenset()
    once: str | None = None
    wants: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        if self.rule is not None:
            parameters = inspect.signature(self.rule).parameters.values()
            named = frozenset(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)
            object.__setattr__(self, "wants", named)

    def share(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        """The vjp as the walk passes it on."""
        made = self.vjp(xp, g, call, k, j)
        return made if self.once is None or made is None or xp is not TENSORS else xp.once(made, function=self.once)

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        """This output's share in the score of input k: Σ over edges of weight × score. g has output j's shape."""
        raise NotImplementedError

    def relation(self, call: Call, k: int, j: int) -> Relation:
        """The edges between input k and output j of a call on arrays."""
        raise NotImplementedError

    def local(self, call: Call, k: int, j: int) -> Local:
        """The rule in symbols."""
        raise NotImplementedError

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        """The operands that have to be saved for this input's vjp."""
        if self.rule is None:
            return self.saves
        result = self.on_symbols(call)
        return self.saves | (result.reads if isinstance(result, Formula) else frozenset())

    def weight(self, xp: Any, call: Call, outputs: tuple[Any, ...] | None = None) -> Any:
        """The rule's value; 1 where no rule is stated, None where PyTorch passes no score at all."""
        stated = self.stated(xp, call, outputs)
        return stated.weight if isinstance(stated, FACTORED) else stated

    def passed(self, xp: Any, g: Any, call: Call, outputs: tuple[Any, ...] | None = None) -> Any:
        """g · weight, rounded as PyTorch rounds it; None where no score passes."""
        stated = self.stated(xp, call, outputs)
        if isinstance(stated, FACTORED):
            return stated.through(g)
        return None if stated is None else times(xp, g, stated, self.selects)

    def stated(self, xp: Any, call: Call, outputs: tuple[Any, ...] | None = None) -> Any:
        """What the rule returns: a weight, or one in factors."""
        if self.rule is None:
            return 1
        made = call.outputs if outputs is None else outputs
        y = made[0] if len(made) == 1 else made
        return self.rule(xp, *call.inputs, y, **{name: call.params[name] for name in self.wants})

    def on_symbols(self, call: Call, input_place: str = "i", output_place: str = "i") -> Any:
        """The rule run on formulas; operands are named by their places."""
        return self.weight(FORMULAS, symbolic(call, input_place, output_place))


def symbolic(call: Call, input_place: str, output_place: str) -> Call:
    """The same call on symbols: one input is x, several are a, b, c …; outputs are o."""
    inputs = tuple(
        formula.symbol(name_of(letter_of(call, k), x.shape, input_place), [("input", k)])
        for k, x in enumerate(call.inputs)
    )
    outputs = tuple(
        formula.symbol(name_of("o", y.shape, output_place), [("output", j)]) for j, y in enumerate(call.outputs)
    )
    return Call(inputs, outputs, call.params)


def name_of(letter: str, shape: tuple[int, ...], place: str) -> str:
    """An element's name: `x_i`, or the bare letter for a scalar."""
    return f"{letter}_{place}" if shape else letter


def letter_of(call: Call, k: int) -> str:
    """What formulas call input k: x when it is the only one, else a, b, c, …"""
    return "x" if len(call.inputs) == 1 else "abcdefgh"[k % 8]


def equation(call: Call, k: int, j: int, places: tuple[str, str], weight: object) -> str:
    r"""`\frac{\partial o_j}{\partial x_i} = …`, places = (input's, output's)."""
    top = name_of("o", call.outputs[j].shape, places[1])
    bottom = name_of(letter_of(call, k), call.inputs[k].shape, places[0])
    return rf"\frac{{\partial {top}}}{{\partial {bottom}}} = {weight}"


def everywhere(call: Call, k: int, j: int, places: tuple[str, str], weight: object) -> Local:
    """One weight formula for all edges."""
    return Local(equation(call, k, j, places, weight), (Symbol("all", str(weight)),))


def times(xp: Any, g: Any, weight: Any, selects: bool) -> Any:
    """g · weight; where the structure selects, a weight of 0 gives 0 whatever g is."""
    if isinstance(weight, int) and weight == 1:
        return g
    return xp.kept(g * weight, xp.ne(weight, 0)) if selects else g * weight
