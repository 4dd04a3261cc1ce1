"""Layers that learn the size of their input from the first one they see."""

import _host
import torch
from torch.nn.modules.batchnorm import BatchNorm1d, BatchNorm2d, BatchNorm3d
from torch.nn.modules.conv import Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from torch.nn.modules.linear import Linear
from torch.nn.parameter import Parameter

__name__ = "torch.nn.parameter"


class UninitializedParameter:
    """Holds a parameter's place until its shape is known."""

    requires_grad = True
    grad = None
    is_leaf = True

    def __init__(self, requires_grad=True, device=None, dtype=None):
        self.dtype = torch.get_default_dtype() if dtype is None else dtype

    @property
    def shape(self):
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in "
            "`load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` "
            "to initialize the parameters before accessing their attributes."
        )

    def __repr__(self):
        return f"<{type(self).__name__}>"


class UninitializedBuffer(UninitializedParameter):
    requires_grad = False


__name__ = "torch.nn.modules.lazy"


class LazyModuleMixin:
    """What a lazy layer does at its first call: take the size, make the parameters, become the layer it stands for."""

    def _wait(self, dtype, bias):
        self._wanted = (dtype, bias)
        self._parameters["weight"] = UninitializedParameter(dtype=dtype)
        self._parameters["bias"] = UninitializedParameter(dtype=dtype) if bias else None

    def has_uninitialized_params(self):
        return any(isinstance(held, UninitializedParameter) for held in self._parameters.values())

    def _become(self, weight, bias):
        dtype, wants_bias = self._wanted
        del self._wanted
        with _host.making(self):
            self._parameters["weight"] = Parameter(torch.empty(weight, dtype=dtype))
            self._parameters["bias"] = Parameter(torch.empty(bias, dtype=dtype)) if wants_bias else None
            self.__class__ = self.cls_to_become
            self.reset_parameters()

    def forward(self, input, *args):
        self.initialize_parameters(input)
        return self.forward(input, *args)


__name__ = "torch.nn.modules.linear"


class LazyLinear(LazyModuleMixin, Linear):
    cls_to_become = Linear

    def __init__(self, out_features, bias=True, device=None, dtype=None):
        super().__init__(0, 0, False)
        self.out_features = out_features
        self._wait(dtype, bias)

    def initialize_parameters(self, input):
        self.in_features = input.shape[-1]
        self._become((self.out_features, self.in_features), self.out_features)


__name__ = "torch.nn.modules.conv"


class _LazyConv(LazyModuleMixin):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ):
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode)
        self.out_channels = out_channels
        self._wait(dtype, bias)

    def initialize_parameters(self, input):
        n = self._dims
        if input.dim() not in (n + 1, n + 2):
            raise RuntimeError(
                f"Expected {n + 1}D (unbatched) or {n + 2}D (batched) input to {type(self).__name__}, "
                f"but got input of size: {input.shape}"
            )
        self.in_channels = input.shape[-n - 1]
        if self.in_channels % self.groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        first, second = self.out_channels, self.in_channels
        if self.transposed:
            first, second = second, first
        self._become((first, second // self.groups, *self.kernel_size), self.out_channels)


class LazyConv1d(_LazyConv, Conv1d):
    cls_to_become = Conv1d


class LazyConv2d(_LazyConv, Conv2d):
    cls_to_become = Conv2d


class LazyConv3d(_LazyConv, Conv3d):
    cls_to_become = Conv3d


class _LazyConvTranspose(_LazyConv):
    def __init__(
        self,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ):
        whole = super(_LazyConv, self)
        whole.__init__(0, 0, kernel_size, stride, padding, output_padding, groups, False, dilation, padding_mode)
        self.out_channels = out_channels
        self._wait(dtype, bias)


class LazyConvTranspose1d(_LazyConvTranspose, ConvTranspose1d):
    cls_to_become = ConvTranspose1d


class LazyConvTranspose2d(_LazyConvTranspose, ConvTranspose2d):
    cls_to_become = ConvTranspose2d


class LazyConvTranspose3d(_LazyConvTranspose, ConvTranspose3d):
    cls_to_become = ConvTranspose3d


__name__ = "torch.nn.modules.batchnorm"


class _LazyNorm(LazyModuleMixin):
    def __init__(self, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        super().__init__(0, eps, momentum, False, False)
        self.affine = affine
        self.track_running_stats = track_running_stats
        self._wait(dtype, affine)
        if not affine:
            self._parameters["weight"] = None
        for name in ("running_mean", "running_var") if track_running_stats else ():
            self._buffers[name] = UninitializedBuffer(dtype=dtype)
        if track_running_stats:
            self._buffers["num_batches_tracked"] = torch.tensor(0)

    def initialize_parameters(self, input):
        dtype, _ = self._wanted
        del self._wanted
        self.num_features = input.shape[1]
        with _host.making(self):
            self._make(self.num_features, dtype, True)
            self.__class__ = self.cls_to_become
            self.reset_parameters()


class LazyBatchNorm1d(_LazyNorm, BatchNorm1d):
    cls_to_become = BatchNorm1d


class LazyBatchNorm2d(_LazyNorm, BatchNorm2d):
    cls_to_become = BatchNorm2d


class LazyBatchNorm3d(_LazyNorm, BatchNorm3d):
    cls_to_become = BatchNorm3d
