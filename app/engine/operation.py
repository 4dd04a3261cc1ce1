"""Operations: a forward and a local derivative per input. One mechanism, here, does the rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.engine import dtypes, formula
from app.engine.arrays import Array
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.formula import Operand
from app.engine.kinds import Refusal
from app.engine.namespaces import OPERATIONS
from app.engine.node import Call, Node
from app.engine.packing import keep
from app.engine.prices import DEARER
from app.engine.relation.structure import Structure
from app.engine.replay import replay
from app.engine.run import Run, current
from app.engine.tensor import Tensor, Window, settle, view_offset
from app.engine.value import Counter, Memory, Value, dense, flat_of

Number = bool | int | float
WINDOW = 32  # elements that a window looks into for one unit of work
Cost = Callable[..., tuple[int, int]]


class Operation:
    """What a student writes as one call or operator.

    `private`: PyTorch makes it of several operations, and saves what lies between them, out of the program's reach.

    `forward(*arrays, **params)` gives an array or a tuple of arrays. `structures[k]` holds the local derivative
    with respect to input k; the last one stands for all further inputs, None for an input without any.
    `promotes` brings the operands to a common type first: "same" PyTorch's result type, "float" the same with
    integers as the default float type. `view`: the results are windows into the first input's memory.
    `cost(*arrays, **params)` = (numbers made, multiply-adds), asked before the work. `complete(arrays, params)`
    adds parameters that rules need and that follow from the operands. `refuses` raises for element types.
    `example`: lines of a program whose last result is called o, for the gallery, which draws the way from x to o (from
    the first tensor where none is called x); an operation of one tensor or two and nothing else needs none.
    `shows`: its parameters that are worth showing, where PyTorch has a name for them.
    """

    forward: Callable[..., Any]
    tex: Callable[..., formula.Formula]
    backward: Callable[[Node, dict[int, Any], bool], list[Any]] | None = None
    """The whole backward at once, where no structure states it: a learner's own function."""
    fixed: frozenset[int] = frozenset()
    """Outputs without derivative although they are floating point."""
    views: frozenset[int] = frozenset()
    """Outputs of a learner's own function that lie in an input's memory."""

    def __init__(
        self,
        name: str,
        forward: Callable[..., Any],
        structures: Sequence[Structure | None],
        *,
        grad_fn: str | Callable[[Call], str] | None = None,
        tex: Callable[..., formula.Formula] | None = None,
        promotes: str | None = None,
        refuses: Refusal | None = None,
        view: bool = False,
        cost: Cost | None = None,
        complete: Callable[[tuple[Array, ...], dict[str, Any]], dict[str, Any]] | None = None,
        private: bool = False,
        register: bool = True,
        example: str | None = None,
        shows: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.forward = forward
        self.structures = tuple(structures)
        self.grad_fn = grad_fn
        self.tex = tex or _named(name)
        self.promotes = promotes
        self.refuses = refuses
        self.view = view
        self.cost = cost or _broadcast_cost
        self.complete = complete
        self.private = private
        self.example = example
        self.shows = frozenset(shows)
        self._reads: dict[tuple[int, int], frozenset[Operand]] = {}
        self._dtypes: dict[object, dtypes.DType | None] = {}
        self._saves: dict[tuple[bool, ...], list[Operand]] = {}
        if register:
            OPERATIONS[name] = self

    def structure(self, k: int) -> Structure | None:
        """The local derivative with respect to input k."""
        return self.structures[min(k, len(self.structures) - 1)] if self.structures else None

    def apply(self, operands: Sequence[Tensor | Number], params: dict[str, Any]) -> Any:
        """Run on tensors and Python numbers, record it, and give the resulting tensor or tuple of tensors."""
        run = current()
        values, arrays = self.operands(run, operands)
        if self.promotes is not None:
            broadcast([array.shape for array in arrays])
        if self.complete is not None:
            params = self.complete(arrays, params)
        run.meter.operation(*self.price(arrays, params))
        if self.view:  # a window makes no numbers, but its relation goes through all of what it looks into
            run.meter.work(arrays[0].size // WINDOW)
        made = self.forward(*arrays, **params)
        outputs = tuple([np.asarray(o) for o in (made if isinstance(made, tuple) else (made,))])
        if not self.view:
            outputs = tuple([dense(o) for o in outputs])
        node = Node(self, values, Call(arrays, outputs, params), run.here, len(run.tape.applied))
        self.record(run, node)
        handles = self._handles(operands, values, node, isinstance(made, tuple))
        results = tuple([t.chain.value if t.window is None else t.window.value for t in handles])
        self.save(node, values, results)
        run.tape.ran(node, results)
        return handles if isinstance(made, tuple) else handles[0]

    def price(self, arrays: tuple[Array, ...], params: dict[str, Any]) -> tuple[int, int]:
        """(numbers made, multiply-adds) of one application."""
        made, flops = self.cost(*arrays, **params)
        return made, flops + made * DEARER.get(self.name, 0)

    def operands(self, run: Run, operands: Sequence[Tensor | Number]) -> tuple[tuple[Value, ...], tuple[Array, ...]]:
        """The operands' values and their arrays in the type that the forward computes in; numbers become constants."""
        dtype = self.compute_dtype(run, operands)
        values: list[Value] = []
        arrays: list[Array] = []
        for operand in operands:
            value = operand.value if isinstance(operand, Tensor) else constant(run, operand, dtype)
            array = value.array
            values.append(value)
            arrays.append(array if dtype is None or array.dtype == dtype.numpy else array.astype(dtype.numpy))
        return tuple(values), tuple(arrays)

    def compute_dtype(self, run: Run, operands: Sequence[Tensor | Number]) -> dtypes.DType | None:
        """The common type of the operands; None where each keeps its own. Raises for types that are refused.

        It follows from their kinds, so it is worked out once for each.
        """
        if self.promotes is None and self.refuses is None:
            return None
        key = (run.default_dtype, *[_kind(o) for o in operands])
        if key not in self._dtypes:
            self._dtypes[key] = self._compute_dtype(run, operands)
        return self._dtypes[key]

    def _compute_dtype(self, run: Run, operands: Sequence[Tensor | Number]) -> dtypes.DType | None:
        standings = [standing(o, run.default_dtype) for o in operands]
        dtype = dtypes.result_type(standings, run.default_dtype)
        if self.refuses is not None:
            self.refuses(tuple(own for own, _ in standings), dtype)
        if self.promotes is None:
            return None
        if self.promotes == "float" and not dtype.is_floating_point:
            return run.default_dtype
        return dtype

    def record(self, run: Run, node: Node) -> None:
        """Decide which inputs a score will flow to; a node without any is listed but not part of the graph."""
        if not run.grad_enabled or "f" not in [o.dtype.kind for o in node.call.outputs]:
            return
        needs = tuple([v.requires_grad and self.structure(k) is not None for k, v in enumerate(node.inputs)])
        if True in needs:
            for value in node.inputs:
                if value.lost is not None:
                    raise value.lost
            node.needs = needs
            node.recorded = True
            node.grad_fn = self.grad_fn_of(node.call)

    def grad_fn_of(self, call: Call) -> str:
        """The name that PyTorch prints for the result."""
        if self.grad_fn is None:
            return f"{self.name.title().replace('_', '')}Backward0"
        return self.grad_fn if isinstance(self.grad_fn, str) else self.grad_fn(call)

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        """What input k's vjp reads. It follows from the rule and the number of operands, so it is worked out once."""
        key = k, len(call.inputs)
        known = self._reads.get(key)
        if known is None:
            structure = self.structure(k)
            known = self._reads[key] = frozenset() if structure is None else structure.reads(call, k)
        return known

    def save(self, node: Node, values: tuple[Value, ...], outputs: tuple[Value, ...]) -> None:
        """Note the version of everything that backward will read."""
        if not node.recorded:
            return
        read = self._saves.get(node.needs)
        if read is None:
            every = (self.reads(node.call, k) for k, needs in enumerate(node.needs) if needs)
            read = self._saves[node.needs] = sorted(frozenset[Operand]().union(*every))
        keep(node, read, values, outputs, self.private)

    def _handles(
        self, operands: Sequence[Tensor | Number], values: tuple[Value, ...], node: Node, several: bool
    ) -> tuple[Tensor, ...]:
        made = [_output(node, j) for j in range(len(node.call.outputs))]
        source = operands[0] if self.view and operands else None
        if not isinstance(source, Tensor):
            return tuple([Tensor(value) for value in made])
        return tuple(view_of(source, values[0], value, several) for value in made)


def _output(node: Node, j: int) -> Value:
    array = node.call.outputs[j]
    tracked = node.recorded and array.dtype.kind == "f"
    return Value(array, node if tracked else None, j if tracked else 0, tracked)


def view_of(source: Tensor, seen: Value, value: Value, one_of_many: bool = False) -> Tensor:
    """A handle on a window of `source`, whose value was `seen`; `value.array` is a numpy view of it."""
    base = source.chain.current()
    assert base.memory is not None
    settle(value, base.memory, base.counter, view_offset(seen, value.array))
    return Tensor(
        value,
        source.chain,
        Window(base, value, replay, one_of_many, base.requires_grad and not current().grad_enabled),
    )


def _kind(operand: Tensor | Number) -> object:
    """What the type of a result depends on."""
    if isinstance(operand, Tensor):
        return operand.chain.value.array.dtype, not operand.shape
    return type(operand)


def standing(operand: Tensor | Number, default: dtypes.DType) -> tuple[dtypes.DType, int]:
    """(dtype, priority) of an operand for promotion."""
    if isinstance(operand, Tensor):
        return operand.dtype, 0 if operand.shape else 1
    return dtypes.number_type(operand, default), 2


def constant(run: Run, number: Number, dtype: dtypes.DType | None) -> Value:
    """A Python number as a 0-d value; it is listed as a constant of the program."""
    element = dtype or dtypes.number_type(number, run.default_dtype)
    value = Value(np.asarray(number).astype(element.numpy))
    settle(value, Memory(flat_of(value.array)), Counter(), 0)
    run.tape.made(value, run.here, constant=True)
    return value


def wrap(array: Array, requires_grad: bool = False) -> Tensor:
    """A new leaf that holds `array`, listed on the tape."""
    run = current()
    tensor = Tensor.of(array, requires_grad)
    run.tape.made(tensor.value, run.here)
    return tensor


def _broadcast_cost(*arrays: Array, **_: Any) -> tuple[int, int]:
    """As many numbers as the operands give when broadcast together, or as the largest of them."""
    try:
        return math.prod(broadcast([a.shape for a in arrays])), 0
    except TorchError:
        return max(a.size for a in arrays), 0


def _named(name: str) -> Callable[..., formula.Formula]:
    """An operation that states no LaTeX is written by its name."""

    def tex(*operands: Any, **_: Any) -> formula.Formula:
        inner = ", ".join(f"@{n + 1}" for n in range(len(operands)))
        escaped = name.replace("_", r"\_")
        return formula.wrapped(rf"\operatorname{{{escaped}}}({inner})", *operands)

    return tex
