"""Transposed convolutions."""

import _host
from torch.nn import functional as F
from torch.nn.modules._windows.sizes import each
from torch.nn.modules.conv import _ConvNd

__name__ = "torch.nn.modules.conv"


class _ConvTransposeNd(_ConvNd):
    def __init__(
        self,
        in_channels,
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
        if padding_mode != "zeros":
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')
        n = self._dims
        super().__init__(
            in_channels,
            out_channels,
            each(kernel_size, n),
            each(stride, n),
            each(padding, n),
            each(dilation, n),
            True,
            each(output_padding, n),
            groups,
            bias,
            padding_mode,
            device,
            dtype,
        )

    def _output_padding(self, input, output_size):
        """What to add to one side so that the output has the size that was asked for."""
        if output_size is None:
            return self.output_padding
        n = self._dims
        leading = 2 if input.dim() == n + 2 else 1
        wanted = list(output_size)
        if len(wanted) == leading + n:
            wanted = wanted[leading:]
        if len(wanted) != n:
            raise ValueError(
                f"ConvTranspose{n}D: for {input.dim()}D input, output_size must have {n} or {leading + n} elements "
                f"(got {len(wanted)})"
            )
        least = [
            (input.size(leading + d) - 1) * self.stride[d]
            - 2 * self.padding[d]
            + self.dilation[d] * (self.kernel_size[d] - 1)
            + 1
            for d in range(n)
        ]
        most = [least[d] + self.stride[d] - 1 for d in range(n)]
        if any(not least[d] <= wanted[d] <= most[d] for d in range(n)):
            raise ValueError(
                f"requested an output size of {wanted}, but valid sizes range from {least} to {most} "
                f"(for an input of {input.size()[2:]})"
            )
        return [wanted[d] - least[d] for d in range(n)]


class ConvTranspose1d(_ConvTransposeNd):
    __init__ = _host.renamed(_ConvTransposeNd.__init__, "ConvTranspose1d.__init__")
    _dims = 1

    def forward(self, input, output_size=None):
        more = self._output_padding(input, output_size)
        return F.conv_transpose1d(
            input, self.weight, self.bias, self.stride, self.padding, more, self.groups, self.dilation
        )


class ConvTranspose2d(_ConvTransposeNd):
    __init__ = _host.renamed(_ConvTransposeNd.__init__, "ConvTranspose2d.__init__")
    _dims = 2

    def forward(self, input, output_size=None):
        more = self._output_padding(input, output_size)
        return F.conv_transpose2d(
            input, self.weight, self.bias, self.stride, self.padding, more, self.groups, self.dilation
        )


class ConvTranspose3d(_ConvTransposeNd):
    __init__ = _host.renamed(_ConvTransposeNd.__init__, "ConvTranspose3d.__init__")
    _dims = 3

    def forward(self, input, output_size=None):
        more = self._output_padding(input, output_size)
        return F.conv_transpose3d(
            input, self.weight, self.bias, self.stride, self.padding, more, self.groups, self.dilation
        )
