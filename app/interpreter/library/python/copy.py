"""Python's `copy`."""

import _host


class Error(Exception):
    pass


def copy(x):
    return _host.copy(x)


def deepcopy(x, memo=None):
    return _host.deepcopy(x, memo)
