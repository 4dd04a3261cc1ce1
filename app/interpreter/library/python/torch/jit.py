"""Compiled functions run as they are."""

import _host


def script(obj, *args, **kwargs):
    """The function or module itself."""
    _host.notice("not-compiled", name="torch.jit.script")
    return obj


def trace(func, example_inputs=None, *args, **kwargs):
    """The function or module itself."""
    _host.notice("not-compiled", name="torch.jit.trace")
    return func


def is_scripting():
    return False


def is_tracing():
    return False


def ignore(drop=False, **kwargs):
    return drop if callable(drop) else lambda function: function


def export(function):
    return function


unused = export
