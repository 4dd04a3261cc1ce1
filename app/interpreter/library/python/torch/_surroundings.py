"""What programs say about the machine before they start: threads, determinism, devices, compilation, files."""

import _host
import torch

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


def save(obj, f, *args, **kwargs):
    _host.refuse("not supported: torch.save", "no-files")


def load(f, *args, **kwargs):
    _host.refuse("not supported: torch.load", "no-files")


class _Compiler:
    """torch.compiler."""

    def is_compiling(self):
        return False

    def disable(self, fn=None, recursive=True):
        return fn if fn is not None else lambda function: function

    def reset(self):
        return None


class _Accelerator:
    """torch.accelerator, torch.mps and torch.xpu: none of them is there."""

    def is_available(self):
        return False

    def current_accelerator(self, check_available=False):
        return None

    def device_count(self):
        return 0

    def manual_seed(self, seed):
        return None

    def empty_cache(self):
        return None


class _Hub:
    """torch.hub: nothing can be downloaded."""

    def load(self, *args, **kwargs):
        _host.refuse("not supported: torch.hub.load", "no-files")

    load_state_dict_from_url = load


compiler = _Compiler()
accelerator = mps = xpu = _Accelerator()
hub = _Hub()
