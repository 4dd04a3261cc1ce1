"""Borders around the input."""

import _host
from torch.nn import functional as F
from torch.nn.modules._windows.sizes import each
from torch.nn.modules.module import Module


class _PadNd(Module):
    def __init__(self, padding):
        super().__init__()
        self.padding = each(padding, 2 * self._dims)

    def extra_repr(self):
        return f"{self.padding}"


class _ConstantPadNd(_PadNd):
    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value

    def forward(self, input):
        return F.pad(input, self.padding, "constant", self.value)

    def extra_repr(self):
        return f"padding={self.padding}, value={self.value}"


class ConstantPad1d(_ConstantPadNd):
    __init__ = _host.renamed(_ConstantPadNd.__init__, "ConstantPad1d.__init__")
    _dims = 1


class ConstantPad2d(_ConstantPadNd):
    __init__ = _host.renamed(_ConstantPadNd.__init__, "ConstantPad2d.__init__")
    _dims = 2


class ConstantPad3d(_ConstantPadNd):
    __init__ = _host.renamed(_ConstantPadNd.__init__, "ConstantPad3d.__init__")
    _dims = 3


class _Zero(_ConstantPadNd):
    def __init__(self, padding):
        super().__init__(padding, 0.0)

    def extra_repr(self):
        return f"{self.padding}"


class ZeroPad1d(_Zero, ConstantPad1d):
    __init__ = _host.renamed(_Zero.__init__, "ZeroPad1d.__init__")


class ZeroPad2d(_Zero, ConstantPad2d):
    __init__ = _host.renamed(_Zero.__init__, "ZeroPad2d.__init__")


class ZeroPad3d(_Zero, ConstantPad3d):
    __init__ = _host.renamed(_Zero.__init__, "ZeroPad3d.__init__")


class _ReflectionPadNd(_PadNd):
    def forward(self, input):
        return F.pad(input, self.padding, "reflect")


class ReflectionPad1d(_ReflectionPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "ReflectionPad1d.__init__")
    _dims = 1


class ReflectionPad2d(_ReflectionPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "ReflectionPad2d.__init__")
    _dims = 2


class ReflectionPad3d(_ReflectionPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "ReflectionPad3d.__init__")
    _dims = 3


class _ReplicationPadNd(_PadNd):
    def forward(self, input):
        return F.pad(input, self.padding, "replicate")


class ReplicationPad1d(_ReplicationPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "ReplicationPad1d.__init__")
    _dims = 1


class ReplicationPad2d(_ReplicationPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "ReplicationPad2d.__init__")
    _dims = 2


class ReplicationPad3d(_ReplicationPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "ReplicationPad3d.__init__")
    _dims = 3


class _CircularPadNd(_PadNd):
    def forward(self, input):
        n = self._dims
        if input.dim() not in (n + 1, n + 2):
            raise ValueError(f"expected {n + 1}D or {n + 2}D input (got {input.dim()}D input)")
        return F.pad(input, self.padding, "circular")


class CircularPad1d(_CircularPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "CircularPad1d.__init__")
    _dims = 1


class CircularPad2d(_CircularPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "CircularPad2d.__init__")
    _dims = 2


class CircularPad3d(_CircularPadNd):
    __init__ = _host.renamed(_PadNd.__init__, "CircularPad3d.__init__")
    _dims = 3
