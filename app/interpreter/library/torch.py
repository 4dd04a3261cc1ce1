"""The module `torch`, made of the engine's registry and of what only the interpreter knows: modes and types."""

from __future__ import annotations

import math

import app.engine.ops  # noqa: F401  (fills the registry)
from app.engine.registry import TORCH
from app.engine.tensor import Tensor
from app.interpreter import types
from app.interpreter.errors import no_attribute
from app.interpreter.exceptions import LIBRARY_EXCEPTIONS
from app.interpreter.library import devices  # noqa: F401  (says how a device is made)
from app.interpreter.library.autograd.entries import AUTOGRAD
from app.interpreter.library.legacy import LEGACY
from app.interpreter.library.modes import FORK_RNG, MODES
from app.interpreter.library.offers import offered
from app.interpreter.machine import Machine
from app.interpreter.protocol import call
from app.interpreter.records import Arguments, Keywords, Namespace
from app.interpreter.types import type_name


def _entries() -> dict[str, object]:
    entries = {**LEGACY, **TORCH, **MODES, **AUTOGRAD, "random.fork_rng": FORK_RNG}
    entries.update({"Tensor": types.TENSOR, "Size": types.SIZE, "dtype": types.DTYPE})
    entries.update(
        {"device": types.DEVICE, "pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan, "newaxis": None}
    )
    entries["linalg.LinAlgError"] = LIBRARY_EXCEPTIONS["_LinAlgError"]
    entries.update({name.removeprefix("torch."): entry for name, entry in offered().items() if _is_torch(name)})
    entries.update({f"autograd.{name}": mode for name, mode in MODES.items() if name != "is_grad_enabled"})
    types.PARAMETER.make = _parameter_maker(entries["nn.Parameter"])
    entries["nn.Parameter"] = entries["nn.parameter.Parameter"] = types.PARAMETER
    return entries


def _is_torch(name: str) -> bool:
    return name.startswith("torch.")


def _parameter_maker(function: object) -> types.Maker:
    def make(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        data = arguments[0] if arguments else keywords.get("data")
        if data is None:
            keywords = {key: value for key, value in keywords.items() if key != "data"}
            arguments = [call(machine, TORCH["empty"], [0]), *arguments[1:]]
        elif type(data) is not Tensor:
            raise no_attribute(type_name(data), "detach")
        return call(machine, function, arguments, keywords)

    return make


def nested(name: str, flat: dict[str, object]) -> Namespace:
    """The namespace `name` with the dotted names below it as namespaces of their own."""
    entries: dict[str, object] = {}
    below: dict[str, dict[str, object]] = {}
    for key, value in flat.items():
        head, _, rest = key.partition(".")
        if rest:
            below.setdefault(head, {})[rest] = value
        else:
            entries[head] = value
    for head, names in below.items():
        entries[head] = nested(f"{name}.{head}", names)
    return Namespace(name, entries)


TORCH_MODULE = nested("torch", _entries())
