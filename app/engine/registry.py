"""Everything that a program may name: the interpreter's allow-list, filled as the operations are stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.engine.arguments import Mismatch
from app.engine.out import into, takes_out
from app.engine.overloads import refused
from app.engine.plans import Plan, planned, refuses
from app.engine.signature import Signature, parse
from app.engine.tensor import Tensor

Implementation = Callable[..., Any]


@dataclass(frozen=True)
class Overload:
    """One signature with what it runs; arguments go in by name."""

    signature: Signature
    run: Implementation


@dataclass(frozen=True)
class Function:
    """A callable of the engine. Calling it binds the arguments as PyTorch does, or raises PyTorch's TypeError."""

    name: str
    overloads: tuple[Overload, ...]
    method: bool = False
    operation: str | None = None
    outs: bool = False
    plans: dict[tuple[object, ...], Plan | None] = field(default_factory=dict, compare=False, repr=False)
    """By the types of the arguments: where they go; None where more than the types decides."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.outs and "out" in kwargs:
            given = {key: value for key, value in kwargs.items() if key != "out" or value is not None}
            return into(self.name, self._called, args, given) if "out" in given else self._called(*args, **given)
        return self._called(*args, **kwargs)

    def _called(self, *args: Any, **kwargs: Any) -> Any:
        key = (*map(type, args), *kwargs, *map(type, kwargs.values())) if kwargs else (*map(type, args),)
        plan = self.plans.get(key)
        if plan is not None:
            return plan(args, kwargs)
        refusals = []
        for overload in self.overloads:
            try:
                bound = overload.signature.bind(self.name, args, kwargs, self.method)
            except Mismatch as refusal:
                refusals.append(refusal)
                continue
            if key not in self.plans:
                self.plans[key] = self._plan(overload, args, kwargs)
            return overload.run(**bound)
        raise refused(self.name, [o.signature for o in self.overloads], refusals, args, kwargs, self.method, self.outs)

    def _plan(self, overload: Overload, args: Any, kwargs: Any) -> Plan | None:
        """Where the arguments went, if every call with arguments of these types goes the same way."""
        before = self.overloads[: self.overloads.index(overload)]
        if not all(refuses(each.signature, args) for each in before):
            return None
        return planned(overload.signature, overload.run, args, kwargs)


@dataclass(frozen=True)
class Attribute:
    """A property of tensors; `set` is None where PyTorch refuses to write it."""

    name: str
    get: Callable[[Tensor], Any]
    set: Callable[[Tensor, Any], None] | None = None


@dataclass
class Entry:
    """What the catalogue says about one exposed function."""

    name: str
    spellings: tuple[str, ...]
    signatures: tuple[str, ...]
    operation: str | None


TORCH: dict[str, Any] = {}
METHODS: dict[str, Function] = {}
ATTRIBUTES: dict[str, Attribute] = {}
BINARY: dict[str, Function] = {}
UNARY: dict[str, Function] = {}
INPLACE: dict[str, Function] = {}
ENTRIES: list[Entry] = []

_TABLES = {"binary": BINARY, "unary": UNARY, "inplace": INPLACE}


def expose(spellings: str, *overloads: tuple[str, Implementation], operation: str | None = None) -> None:
    """Offer a function under names: "sin F.sin binary.+". A bare name stands for `torch.sin` and `Tensor.sin`."""
    names = tuple(name for word in spellings.split() for name in _spelled(word))
    bound = tuple(Overload(parse(text), run) for text, run in overloads)
    for spelling in names:
        room, _, name = spelling.partition(".")
        _offer(room, name, bound, operation)
    shown = tuple(o.signature.text for o in bound if not o.signature.older)
    ENTRIES.append(Entry(operation or names[0].partition(".")[2], names, shown, operation))


def offer(spellings: str, *overloads: tuple[str, Implementation], operation: str | None = None) -> None:
    """Offer the call of an operation. Its name in the catalogue is that of the first spelling if none is given."""
    expose(spellings, *overloads, operation=operation or spellings.split()[0].rpartition(".")[2])


def _spelled(word: str) -> tuple[str, ...]:
    return (word,) if "." in word else (f"torch.{word}", f"Tensor.{word}")


def _offer(room: str, name: str, overloads: tuple[Overload, ...], operation: str | None) -> None:
    plain = name.rpartition(".")[2]
    plain = f"linalg_{plain}" if name.startswith("linalg.") else plain  # what PyTorch's messages call it
    if room == "Tensor":
        METHODS[name] = Function(plain, overloads, True, operation)
    elif room in _TABLES:
        _TABLES[room][name] = Function(operation or name, overloads, False, operation)
    else:
        TORCH[f"nn.functional.{name}" if room == "F" else name] = Function(
            plain, overloads, False, operation, takes_out(room, name)
        )


def attribute(
    name: str, set: Callable[[Tensor, Any], None] | None = None
) -> Callable[[Callable[[Tensor], Any]], Callable[[Tensor], Any]]:
    """Offer a property of tensors."""

    def register(get: Callable[[Tensor], Any]) -> Callable[[Tensor], Any]:
        ATTRIBUTES[name] = Attribute(name, get, set)
        return get

    return register
