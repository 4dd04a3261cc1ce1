"""What the package `torch` itself defines in Python: threads, determinism, the default device and type, compilation."""

import _host
import torch

__name__ = "torch"

_switches = {"threads": 1, "deterministic": False, "precision": "highest"}


def get_num_threads():
    return _switches["threads"]


def set_num_threads(num):
    if num <= 0:
        raise RuntimeError("set_num_threads expects a positive integer")
    _switches["threads"] = num


get_num_interop_threads = get_num_threads


def set_num_interop_threads(num):
    return None


def use_deterministic_algorithms(mode, *, warn_only=False):
    _switches["deterministic"] = mode


def are_deterministic_algorithms_enabled():
    return _switches["deterministic"]


def set_float32_matmul_precision(precision):
    _switches["precision"] = precision


def get_float32_matmul_precision():
    return _switches["precision"]


def set_default_device(device):
    if device is not None:
        torch.empty(0, device=device)


def get_default_device():
    return torch.device("cpu")


def set_default_tensor_type(t):
    """The older way to say the default element type."""
    kinds = {
        "torch.FloatTensor": torch.float32, "torch.DoubleTensor": torch.float64,
        torch.FloatTensor: torch.float32, torch.DoubleTensor: torch.float64,
    }  # fmt: skip
    if t not in kinds:
        raise TypeError("only floating-point types are supported as the default type")
    torch.set_default_dtype(kinds[t])


def set_warn_always(b):
    return None


def set_flush_denormal(mode):
    return True


def is_warn_always_enabled():
    return False


def typename(obj):
    return _host.typename(obj)


def compile(model=None, **options):
    """The function or module itself; as `@torch.compile(mode=…)` what gives it back."""
    _host.notice("not-compiled", name="torch.compile")
    return model if model is not None else lambda function: function
