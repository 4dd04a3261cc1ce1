"""What torch.cuda answers on a machine without one."""

import torch


def is_available():
    return False


def is_initialized():
    return False


def device_count():
    return 0


def _none(*args, **kwargs):
    """Calls that PyTorch accepts without a GPU: there is nothing to do."""


manual_seed = manual_seed_all = seed = seed_all = empty_cache = ipc_collect = reset_peak_memory_stats = _none


def _zero(device=None):
    return 0


memory_allocated = max_memory_allocated = memory_reserved = max_memory_reserved = _zero


def _missing(*args, **kwargs):
    raise AssertionError("Torch not compiled with CUDA enabled")


current_device = get_device_name = get_device_properties = get_device_capability = synchronize = _missing
set_device = init = mem_get_info = _missing


def is_bf16_supported(including_emulation=True):
    return False


class device:
    """The scope of a GPU that is not there."""

    def __init__(self, device):
        self.idx = device

    def __enter__(self):
        return None

    def __exit__(self, *args):
        return None


class _Amp:
    """torch.cuda.amp, the older names of torch.amp."""

    def autocast(self, enabled=True, dtype=None, cache_enabled=True):
        return torch.amp.autocast("cuda", enabled=enabled, dtype=dtype)

    def GradScaler(self, *args, **kwargs):
        return torch.amp.GradScaler("cuda", *args, **kwargs)


amp = _Amp()
