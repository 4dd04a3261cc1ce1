"""Switches of autograd: anomaly detection, inference mode, and hooks for what is saved."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.errors import TorchError
from app.interpreter.errors import type_error
from app.interpreter.library.autograd.nodes import saved_hooks
from app.interpreter.library.modes import DECORATED
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Builtin, Keywords, Manager, Wrapped
from app.interpreter.signatures import optional
from app.interpreter.types import type_name

Restore = Callable[[], None]


def _anomaly(machine: Machine, mode: bool, check_nan: bool) -> Restore:
    anomaly = machine.main.run.anomaly
    before = anomaly.enabled, anomaly.check_nan
    anomaly.enabled, anomaly.check_nan = mode, mode and check_nan

    def restore() -> None:
        anomaly.enabled, anomaly.check_nan = before

    return restore


def _detect_anomaly(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    check_nan = bool(optional("detect_anomaly", arguments, keywords, ("check_nan",)).get("check_nan", True))
    return Manager("detect_anomaly", lambda machine: _anomaly(machine, True, check_nan))


def _set_detect_anomaly(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    """Takes effect at once; as a context manager it restores what was before the call."""
    given = optional("set_detect_anomaly", arguments, keywords, ("mode", "check_nan"), 1)
    mode, check_nan = bool(given["mode"]), bool(given.get("check_nan", True))
    undo = _anomaly(machine, mode, check_nan)

    def enter(machine: Machine) -> Restore:
        _anomaly(machine, mode, check_nan)
        return undo

    return Manager("set_detect_anomaly", enter)


def _is_anomaly_enabled(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    return machine.main.run.anomaly.enabled


def _saved_tensors_hooks(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    given = optional("saved_tensors_hooks", arguments, keywords, ("pack_hook", "unpack_hook"), 2)
    hooks = saved_hooks(machine, given["pack_hook"], given["unpack_hook"])

    def enter(machine: Machine) -> Restore:
        run = machine.main.run
        if run.saved_refusal is not None:
            raise TorchError("RuntimeError", run.saved_refusal)
        run.saved_hooks.append(hooks)

        def restore() -> None:
            run.saved_hooks.remove(hooks)

        return restore

    return Manager("saved_tensors_hooks", enter)


def _disabled(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    message = optional("disable_saved_tensors_hooks", arguments, keywords, ("error_message",), 1)["error_message"]
    if type(message) is not str:
        raise type_error(f"disable_saved_tensors_hooks(): error_message must be str, not {type_name(message)}")

    def enter(machine: Machine) -> Restore:
        run = machine.main.run
        before, run.saved_refusal = run.saved_refusal, message

        def restore() -> None:
            run.saved_refusal = before

        return restore

    return Manager("disable_saved_tensors_hooks", enter)


def _inference(mode: bool) -> Callable[[Machine], Restore]:
    def enter(machine: Machine) -> Restore:
        run = machine.main.run
        before = run.grad_enabled, run.tape.inference
        run.grad_enabled, run.tape.inference = (False, True) if mode else (True, False)

        def restore() -> None:
            run.grad_enabled, run.tape.inference = before

        return restore

    return enter


def _inference_mode(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`torch.inference_mode()`; with a function in place of the mode it decorates."""
    mode = optional("inference_mode", arguments, keywords, ("mode",)).get("mode", True)
    if type(mode) in DECORATED:
        return Wrapped(Manager("inference_mode", _inference(True)), mode)
    return Manager("inference_mode", _inference(bool(mode)))


def _is_inference_mode_enabled(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    return machine.main.run.tape.inference


def _allow_mutation(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    """What is saved in the block stays as it was saved, whatever is written to the tensor."""

    def enter(machine: Machine) -> Restore:
        run = machine.main.run
        before, run.keeps_originals = run.keeps_originals, True

        def restore() -> None:
            run.keeps_originals = before

        return restore

    return Manager("allow_mutation_on_saved_tensors", enter)


def _plain(name: str) -> Builtin:
    """A manager that changes nothing here: there is one device."""

    def run(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
        return Manager(name, lambda machine: lambda: None)

    return Builtin(name, run)


SWITCHES: dict[str, object] = {
    "autograd.detect_anomaly": Builtin("detect_anomaly", _detect_anomaly),
    "autograd.set_detect_anomaly": Builtin("set_detect_anomaly", _set_detect_anomaly),
    "autograd.anomaly_mode.detect_anomaly": Builtin("detect_anomaly", _detect_anomaly),
    "autograd.anomaly_mode.set_detect_anomaly": Builtin("set_detect_anomaly", _set_detect_anomaly),
    "is_anomaly_enabled": Builtin("is_anomaly_enabled", _is_anomaly_enabled),
    "autograd.graph.saved_tensors_hooks": Builtin("saved_tensors_hooks", _saved_tensors_hooks),
    "autograd.graph.disable_saved_tensors_hooks": Builtin("disable_saved_tensors_hooks", _disabled),
    "inference_mode": Builtin("inference_mode", _inference_mode),
    "autograd.inference_mode": Builtin("inference_mode", _inference_mode),
    "is_inference_mode_enabled": Builtin("is_inference_mode_enabled", _is_inference_mode_enabled),
    "autograd.graph.allow_mutation_on_saved_tensors": Builtin("allow_mutation_on_saved_tensors", _allow_mutation),
    "autograd.graph.save_on_cpu": _plain("save_on_cpu"),
}
