"""What the functional derivatives need of the host: work that stays out of the picture, and what a result hangs on."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.node import Node
from app.engine.tensor import Tensor
from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords, Manager


@primitive("hiding")
def _hiding(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    """`with _host.hiding():` operations are recorded as ever, but the trace does not describe them."""

    def enter(machine: Machine) -> Callable[[], None]:
        block = machine.main.run.tape.hiding()
        block.__enter__()

        def leave() -> None:
            block.__exit__(None, None, None)

        return leave

    return Manager("hiding", enter)


@primitive("hangs_on_others")
def _hangs_on_others(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    """Whether a tensor's history leads to any leaf but the given ones."""
    tensor, leaves = arguments
    assert type(tensor) is Tensor
    assert type(leaves) is list
    own = {id(leaf.meta) for leaf in leaves if type(leaf) is Tensor}
    value = tensor.value
    if value.node is None:
        return value.requires_grad and id(value.meta) not in own
    seen: set[int] = set()
    stack: list[Node] = [value.node]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        machine.budget.step()
        for source, needs in zip(node.inputs, node.needs, strict=True):
            if needs and source.node is not None:
                stack.append(source.node)
            elif needs and id(source.meta) not in own:
                return True
    return False
