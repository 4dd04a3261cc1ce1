"""pixel_shuffle, pixel_unshuffle, channel_shuffle: reshape, permute, reshape, in one step."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.ops.shapes.rearrange import rearrangement
from app.engine.ops.windows.sizes import runtime
from app.engine.registry import offer
from app.engine.tensor import Tensor


def _shuffled(x: Array, *, upscale_factor: int) -> Array:
    r = upscale_factor
    *lead, c, h, w = x.shape
    n = len(lead)
    apart = x.reshape(*lead, c // r**2, r, r, h, w).transpose(*range(n), n, n + 3, n + 1, n + 4, n + 2)
    return np.ascontiguousarray(apart).reshape(*lead, c // r**2, h * r, w * r)


def _unshuffled(x: Array, *, downscale_factor: int) -> Array:
    r = downscale_factor
    *lead, c, h, w = x.shape
    n = len(lead)
    apart = x.reshape(*lead, c, h // r, r, w // r, r).transpose(*range(n), n, n + 2, n + 4, n + 1, n + 3)
    return np.ascontiguousarray(apart).reshape(*lead, c * r**2, h // r, w // r)


def _channels(x: Array, *, groups: int) -> Array:
    n, c, *rest = x.shape
    return np.ascontiguousarray(x.reshape(n, groups, c // groups, *rest).swapaxes(1, 2)).reshape(x.shape)


pixel_shuffle = rearrangement("pixel_shuffle", _shuffled, view=False)
pixel_unshuffle = rearrangement("pixel_unshuffle", _unshuffled, view=False)
channel_shuffle = rearrangement("channel_shuffle", _channels, view=False)
FOUR = "x = torch.arange(4.0).view(1, {}).requires_grad_()\n"
for _operation, _shape, _factor in (
    (pixel_shuffle, "4, 1, 1", 2), (pixel_unshuffle, "1, 2, 2", 2), (channel_shuffle, "4, 1, 1", 2),
):  # fmt: skip
    _operation.example = f"{FOUR.format(_shape)}o = torch.nn.functional.{_operation.name}(x, {_factor})\n"
    _operation.shows = frozenset({"upscale_factor", "downscale_factor", "groups"})


def _shuffle(input: Tensor, upscale_factor: int) -> Any:
    _planes("pixel_shuffle", input)
    if upscale_factor <= 0:
        raise runtime(f"pixel_shuffle expects a positive upscale_factor, but got {upscale_factor}")
    if input.shape[-3] % upscale_factor**2:
        raise runtime(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, "
            f"but input.size(-3)={input.shape[-3]} is not divisible by {upscale_factor**2}"
        )
    return pixel_shuffle.apply((input,), {"upscale_factor": upscale_factor})


def _unshuffle(input: Tensor, downscale_factor: int) -> Any:
    _planes("pixel_unshuffle", input)
    if downscale_factor <= 0:
        raise runtime(f"pixel_unshuffle expects a positive downscale_factor, but got {downscale_factor}")
    for name, d in (("height", -2), ("width", -1)):
        if input.shape[d] % downscale_factor:
            raise runtime(
                f"pixel_unshuffle expects {name} to be divisible by downscale_factor, but input.size({d})="
                f"{input.shape[d]} is not divisible by {downscale_factor}"
            )
    return pixel_unshuffle.apply((input,), {"downscale_factor": downscale_factor})


def _planes(name: str, input: Tensor) -> None:
    if len(input.shape) < 3:
        raise runtime(
            f"{name} expects input to have at least 3 dimensions, but got input with {len(input.shape)} dimension(s)"
        )


def _channel_shuffle(input: Tensor, groups: int) -> Any:
    if len(input.shape) <= 2:
        raise runtime(f"channel_shuffle expects input with > 2 dims, but got input with sizes {list(input.shape)}")
    if groups <= 0:
        raise TorchError(
            "RuntimeError", f"Number of groups to divide channels in must be positive. Value of groups:{groups}"
        )
    channels = input.shape[1]
    if channels % groups:
        raise runtime(f"Number of channels must be divisible by groups. Got {channels} channels and {groups} groups.")
    return channel_shuffle.apply((input,), {"groups": groups})


offer("torch.pixel_shuffle F.pixel_shuffle", ("Tensor input, int upscale_factor", _shuffle))
offer("torch.pixel_unshuffle F.pixel_unshuffle", ("Tensor input, int downscale_factor", _unshuffle))
offer("torch.channel_shuffle F.channel_shuffle", ("Tensor input, int groups", _channel_shuffle))
