"""Running the hooks on the way of a backward pass, with PyTorch's checks of what they return."""

from __future__ import annotations

from typing import Any

from app.engine import dtypes
from app.engine.arguments import type_name
from app.engine.arrays import Array
from app.engine.backward import BackwardCall, Hooked
from app.engine.errors import TorchError
from app.engine.hooks import Hook, Hooks
from app.engine.node import Node
from app.engine.run import Run
from app.engine.tensor import Chain, Tensor
from app.engine.value import Value


class Hooking:
    """The hooks of one backward call. Scores go in and come out as the call has them: tensors or arrays."""

    def __init__(self, run: Run, call: BackwardCall) -> None:
        self.run = run
        self.call = call
        self.create = call.create_graph

    def tensor(self, value: Value, g: Any) -> Any:
        """The complete score of a value, after the hooks of its tensor; its changes are noted."""
        hooks = _of(value)
        row = hooks.tensor.get(value.index) if hooks is not None else None
        for hook in list(row or ()):
            given = self._tensor(g)
            before: Array = given.array
            returned = self._ran(hook, (given,))
            after = self._array(hook, returned, given)
            if after is not None:
                self._note(value, before, after.array, hook)
                g = self._given_back(after)
        return g

    def before(self, node: Node, arrived: dict[int, Any]) -> dict[int, Any]:
        """The scores of a node's outputs, after the functions that were registered to run before it."""
        if node.hooks is None or not node.hooks.before:
            return arrived
        count = len(node.call.outputs)
        for hook in list(node.hooks.before):
            given = tuple(self._tensor(arrived[j]) if j in arrived else None for j in range(count))
            returned = self._ran(hook, (given,))
            for j, new in enumerate(self._row(hook, returned, given)):
                if new is not None and j in arrived:
                    self._note_node(node, arrived[j], new.array, hook, output=j)
                    arrived = {**arrived, j: self._given_back(new)}
        return arrived

    def after(self, node: Node, shares: list[Any], arrived: dict[int, Any]) -> list[Any]:
        """The scores that a node hands out, after the functions that were registered to run after it."""
        if node.hooks is None or not node.hooks.after:
            return shares
        outputs = tuple(
            self._tensor(arrived[j]) if j in arrived else None for j in range(len(node.call.outputs))
        )  # fmt: skip
        for hook in list(node.hooks.after):
            given = tuple(None if s is None else self._tensor(s) for s in shares)
            returned = self._ran(hook, (given, outputs))
            for k, new in enumerate(self._row(hook, returned, given)):
                if new is not None and shares[k] is not None:
                    self._note_node(node, shares[k], new.array, hook, input=k)
                    shares = [*shares[:k], self._given_back(new), *shares[k + 1 :]]
        return shares

    def before_drawer(self, value: Value, g: Any) -> Any:
        """The score that is about to be booked, after the functions registered on AccumulateGrad."""
        hooks = _of(value)
        for hook in list(hooks.before) if hooks is not None else ():
            given = (self._tensor(g),)
            (new,) = self._row(hook, self._ran(hook, (given,)), given)
            if new is not None:
                self._note(value, self._numbers(g), new.array, hook)
                g = self._given_back(new)
        return g

    def after_drawer(self, value: Value, g: Any) -> None:
        """What runs once a drawer was added to: with the tensor, then with what AccumulateGrad was given."""
        hooks = _of(value)
        if hooks is None:
            return
        for hook in list(hooks.booked):
            self._ran(hook, (Tensor(self.run.tape.newest(value), Chain(self.run.tape.newest(value))),))
        for hook in list(hooks.after):
            self._ran(hook, ((), (self._tensor(g),)))

    def _ran(self, hook: Hook, given: tuple[Any, ...]) -> Any:
        """Call it; what it computes is not the program's own, unless this pass is recorded."""
        self.run.meter.work(1)
        if self.create:
            return hook.run(*given)
        with self.run.tape.hiding():
            return hook.run(*given)

    def _tensor(self, g: Any) -> Tensor:
        if self.create:
            assert isinstance(g, Tensor)
            return g
        tensor = Tensor(Value(g))
        self.run.tape.sighted(tensor.value, self.run.here)
        return tensor

    def _numbers(self, g: Any) -> Array:
        array: Array = g.array if self.create else g
        return array

    def _given_back(self, tensor: Tensor) -> Any:
        return tensor if self.create else tensor.array

    def _array(self, hook: Hook, returned: Any, given: Tensor) -> Tensor | None:
        """What takes the place of a score: what was returned, or the score itself if it was written to."""
        if returned is None:
            return given if given.value.counter is not None and given.value.counter.version else None
        if not isinstance(returned, Tensor):
            raise TorchError("TypeError", f"expected Variable, but hook returned '{type_name(returned)}'")
        if returned.shape != given.shape:
            raise TorchError("RuntimeError", f"hook '{hook.name}' has changed the size of value")
        if returned.dtype is not given.dtype:
            was, got = (f"torch.{dtypes.of(t.array).title}Tensor" for t in (given, returned))
            raise TorchError("RuntimeError", f"hook '{hook.name}' has changed the type of value (was {was} got {got})")
        return returned

    def _row(self, hook: Hook, returned: Any, given: tuple[Tensor | None, ...]) -> tuple[Tensor | None, ...]:
        """The replacements that a hook of a node gives, as many as it was given."""
        if returned is None:
            return (None,) * len(given)
        if type(returned) is not tuple:
            raise TorchError("TypeError", f"expected tuple, but hook returned '{type_name(returned)}'")
        if len(returned) != len(given):
            raise TorchError(
                "RuntimeError", f"hook '{hook.name}' has returned an incorrect number of values "
                f"(got {len(returned)}, but expected {len(given)})",
            )  # fmt: skip
        return tuple(
            None if new is None or old is None else self._array(hook, new, old)
            for new, old in zip(returned, given, strict=True)
        )

    def _note(self, value: Value, before: Array, after: Array, hook: Hook) -> None:
        """The score of a value is what it is after its hooks; what it was is told beside it."""
        if before is after or (before.tobytes() == after.tobytes()):
            return
        known = self.call.scores[id(value)][1]
        fresh = after if known.tobytes() == before.tobytes() else known + (after - before)
        self.call.scores[id(value)] = (value, fresh)
        self.call.hooks.append(Hooked(value, None, known, fresh, hook.here))
        self.run.notice("hook-changed", name=hook.name)

    def _note_node(
        self, node: Node, before: Any, after: Array, hook: Hook, input: int | None = None, output: int | None = None
    ) -> None:
        was = self._numbers(before)
        if was.tobytes() != after.tobytes():
            self.call.hooks.append(Hooked(None, node, was, after, hook.here, input, output))
            self.run.notice("hook-changed", name=hook.name)


def _of(value: Value) -> Hooks | None:
    if value.node is not None:
        return value.node.hooks
    return None if value.meta is None else value.meta.hooks
