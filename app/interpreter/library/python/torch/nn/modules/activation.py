"""Activation functions as modules."""

import _host
import torch
from torch.nn import functional as F
from torch.nn.modules.module import Module


class _Inplace(Module):
    """An activation whose only choice is whether it writes over its input."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def _also(self):
        return ", inplace=True" if self.inplace else ""

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""


class Threshold(_Inplace):
    def __init__(self, threshold, value, inplace=False):
        super().__init__(inplace)
        self.threshold = threshold
        self.value = value

    def forward(self, input):
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self):
        return f"threshold={self.threshold}, value={self.value}{self._also()}"


class ReLU(_Inplace):
    __init__ = _host.renamed(_Inplace.__init__, "ReLU.__init__")

    def forward(self, input):
        return torch.relu_(input) if self.inplace else torch.relu(input)


class RReLU(_Inplace):
    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__(inplace)
        self.lower = lower
        self.upper = upper

    def forward(self, input):
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self):
        return f"lower={self.lower}, upper={self.upper}{self._also()}"


class Hardtanh(_Inplace):
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__(inplace)
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        if self.max_val <= self.min_val:
            raise AssertionError(f"max_val ({self.max_val}) must be greater than min_val ({self.min_val})")

    def forward(self, input):
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self):
        return f"min_val={self.min_val}, max_val={self.max_val}{self._also()}"


class ReLU6(Hardtanh):
    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""


class Hardsigmoid(_Inplace):
    __init__ = _host.renamed(_Inplace.__init__, "Hardsigmoid.__init__")

    def forward(self, input):
        return F.hardsigmoid(input, self.inplace)

    def extra_repr(self):
        return ""


class SiLU(_Inplace):
    __init__ = _host.renamed(_Inplace.__init__, "SiLU.__init__")

    def forward(self, input):
        return F.silu(input, inplace=self.inplace)


class Mish(_Inplace):
    __init__ = _host.renamed(_Inplace.__init__, "Mish.__init__")

    def forward(self, input):
        return F.mish(input, inplace=self.inplace)


class Hardswish(_Inplace):
    __init__ = _host.renamed(_Inplace.__init__, "Hardswish.__init__")

    def forward(self, input):
        return F.hardswish(input, self.inplace)

    def extra_repr(self):
        return ""


class ELU(_Inplace):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input):
        return F.elu(input, self.alpha, self.inplace)

    def extra_repr(self):
        return f"alpha={self.alpha}{self._also()}"


class CELU(_Inplace):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input):
        return F.celu(input, self.alpha, self.inplace)

    def extra_repr(self):
        return f"alpha={self.alpha}{self._also()}"


class SELU(_Inplace):
    __init__ = _host.renamed(_Inplace.__init__, "SELU.__init__")

    def forward(self, input):
        return F.selu(input, self.inplace)


class LeakyReLU(_Inplace):
    def __init__(self, negative_slope=1e-2, inplace=False):
        super().__init__(inplace)
        self.negative_slope = negative_slope

    def forward(self, input):
        return F.leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self):
        return f"negative_slope={self.negative_slope}{self._also()}"
