"""Walking a module's tree: submodules, parameters and buffers with their qualified names."""

from __future__ import annotations

from app.engine.tensor import Tensor
from app.interpreter.library.host import primitive
from app.interpreter.library.host.module_attributes import drawer
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Instance, Keywords

Named = list[tuple[str, object]]


def named_modules(module: Instance, prefix: str = "", once: bool = True, known: set[int] | None = None) -> Named:
    """The module and all below it, depth first; a shared one under its first name unless `once` is False."""
    found: Named = []
    seen: set[int] = set() if known is None else known
    stack: list[tuple[str, Instance]] = [(prefix, module)]
    while stack:
        name, each = stack.pop()
        if once:
            if id(each) in seen:
                continue
            seen.add(id(each))
        found.append((name, each))
        below = [(_joined(name, key), child) for key, child in drawer(each, "_modules").items()]
        stack.extend((path, child) for path, child in reversed(below) if type(child) is Instance)
    return found


def _joined(prefix: str, name: object) -> str:
    return f"{prefix}.{name}" if prefix else str(name)


def named_members(module: Instance, held: str, prefix: str, recurse: bool, once: bool) -> Named:
    """What lies in the dict `held` ("_parameters", "_buffers") of the module, and of all below if `recurse`."""
    owners = named_modules(module, prefix, once) if recurse else [(prefix, module)]
    found: Named = []
    seen: set[int] = set()
    for path, owner in owners:
        assert type(owner) is Instance
        for key, value in drawer(owner, held).items():
            if value is None or (once and id(value) in seen):
                continue
            seen.add(id(value))
            found.append((_joined(path, key), value))
    return found


@primitive("module_named_modules")
def _named_modules(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    module, prefix, once = arguments
    assert type(module) is Instance
    return _charged(machine, named_modules(module, str(prefix), bool(once)))


@primitive("module_named_children")
def _named_children(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    (module,) = arguments
    assert type(module) is Instance
    first: dict[int, tuple[str, object]] = {}
    for name, child in drawer(module, "_modules").items():
        if child is not None:
            first.setdefault(id(child), (str(name), child))
    return _charged(machine, list(first.values()))


@primitive("module_named_members")
def _named_members(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    module, held, prefix, recurse, once = arguments
    assert type(module) is Instance
    return _charged(machine, named_members(module, str(held), str(prefix), bool(recurse), bool(once)))


def _charged(machine: Machine, found: Named) -> object:
    machine.budget.container(len(found))
    return found


def tensors(module: Instance) -> list[tuple[str, Tensor]]:
    """Parameters and buffers by qualified name: what a reader knows them by."""
    both = [
        *named_members(module, "_parameters", "", True, True),
        *named_members(module, "_buffers", "", True, True),
    ]
    return [(name, value) for name, value in both if type(value) is Tensor]
