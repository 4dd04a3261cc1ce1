"""Switches of PyTorch's libraries. They can be set and read back; nothing here depends on them."""


class _Backend:
    """One library, with what it says of itself."""

    def __init__(self, available, **switches):
        self._available = available
        for name, value in switches.items():
            setattr(self, name, value)

    def is_available(self):
        return self._available

    def is_built(self):
        return self._available

    def version(self):
        return None


cudnn = _Backend(False, enabled=True, benchmark=False, deterministic=False, allow_tf32=True)
mps = _Backend(False)
mkl = _Backend(True)
mkldnn = _Backend(True, enabled=True)
openmp = _Backend(True)
cuda = _Backend(False, matmul=_Backend(False, allow_tf32=False))


class _Cpu:
    def get_cpu_capability(self):
        return "DEFAULT"


cpu = _Cpu()
