"""Mixed precision: on the CPU what is meant for a GPU has no effect."""

import _host


class autocast:
    """`with torch.autocast("cuda"):` changes nothing without a GPU, as in PyTorch; for the CPU it is not supported."""

    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        if device_type == "cpu" and enabled:
            raise NotImplementedError("not supported yet: torch.autocast('cpu')")
        self.device = device_type
        if enabled:
            _host.notice("no-amp")

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def __call__(self, function):
        return function


class GradScaler:
    """Scales nothing where there is no GPU."""

    def __init__(self, device="cuda", init_scale=65536.0, **options):
        _host.notice("no-amp")

    def is_enabled(self):
        return False

    def get_scale(self):
        return 1.0

    def scale(self, outputs):
        return outputs

    def unscale_(self, optimizer):
        return None

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        return None

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        return None


def is_autocast_available(device_type):
    return device_type == "cpu"


def is_autocast_enabled(device_type=None):
    return False
