"""`torch.no_grad`, `enable_grad`, `set_grad_enabled`: context managers and decorators in one."""

from __future__ import annotations

from collections.abc import Callable

from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Builtin, Function, Keywords, Manager, Method, Wrapped
from app.interpreter.signatures import optional, positional
from app.interpreter.types import type_name

DECORATED = frozenset({Function, Wrapped, Method})


def _enter(enabled: bool) -> Callable[[Machine], Callable[[], None]]:
    def enter(machine: Machine) -> Callable[[], None]:
        run = machine.run
        before, run.grad_enabled = run.grad_enabled, enabled

        def restore() -> None:
            run.grad_enabled = before

        return restore

    return enter


def _mode(name: str, enabled: bool) -> Builtin:
    """`torch.no_grad()`; with a function in place of arguments it decorates: `@torch.no_grad`."""

    def run(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        manager = Manager(name, _enter(enabled))
        if arguments and not keywords and len(arguments) == 1 and type(arguments[0]) in DECORATED:
            return Wrapped(manager, arguments[0])
        positional(name, arguments, keywords, 0, 0)
        return manager

    return Builtin(name, run)


def _set_grad_enabled(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """Takes effect at once; as a context manager it restores what was before the call."""
    mode = optional("set_grad_enabled", arguments, keywords, ("mode",), 1)["mode"]
    if type(mode) is not bool:
        raise type_error(f"set_grad_enabled(): argument 'enabled' (position 1) must be bool, not {type_name(mode)}")
    undo = _enter(mode)(machine)

    def enter(machine: Machine) -> Callable[[], None]:
        machine.run.grad_enabled = mode
        return undo

    return Manager("set_grad_enabled", enter, shown=f"torch.autograd.grad_mode.set_grad_enabled(mode={mode})")


def _is_grad_enabled(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    positional("is_grad_enabled", arguments, keywords, 0, 0)
    return machine.run.grad_enabled


def _fork_rng(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    """`torch.random.fork_rng()`: what is drawn inside leaves no trace in the stream."""
    optional("fork_rng", arguments, keywords, ("devices", "enabled"))

    def enter(machine: Machine) -> Callable[[], None]:
        generator = machine.run.generator
        state = generator.state()
        return lambda: generator.set_state(state)

    return Manager("fork_rng", enter)


MODES: dict[str, object] = {
    "no_grad": _mode("no_grad", False),
    "enable_grad": _mode("enable_grad", True),
    "set_grad_enabled": Builtin("set_grad_enabled", _set_grad_enabled),
    "is_grad_enabled": Builtin("is_grad_enabled", _is_grad_enabled),
}
FORK_RNG = Builtin("fork_rng", _fork_rng)
