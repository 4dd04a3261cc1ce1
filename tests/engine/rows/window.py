"""Convolution, pools, resampling, padding and unfolding, against loops as plain as their definitions."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.relation.convolution import Geometry, Space
from tests.engine.rows.row import Call, Row, m, r, raw, t


def f(name: str, **params: Any) -> Call:
    """A function of torch.nn.functional with these arguments."""
    return lambda *operands: getattr(t, f"nn.functional.{name}")(*operands, **params)


def convolved(
    x: Array, w: Array, b: Array | None = None, *, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Array:
    """Σ x · w over every window, one output after the other."""
    rank = w.ndim - 2
    x = x[None] if x.ndim == rank + 1 else x
    wide = np.pad(x, [(0, 0), (0, 0), *[(padding, padding)] * rank])
    sizes = [(s - dilation * (k - 1) - 1) // stride + 1 for s, k in zip(wide.shape[2:], w.shape[2:], strict=True)]
    y = np.zeros((len(x), len(w), *sizes))
    per = len(w) // groups
    for place in np.ndindex(*y.shape):
        sample, o, *at = place
        first = o // per * w.shape[1]
        for offset in np.ndindex(*w.shape[1:]):
            c, *h = offset
            where = [p * stride + k * dilation for p, k in zip(at, h, strict=True)]
            y[place] += wide[(sample, first + c, *where)] * w[(o, *offset)]
    return y if b is None else y + b.reshape(-1, *[1] * rank)


def transposed(
    y: Array, w: Array, b: Array | None = None, *, stride: int = 1, padding: int = 0, more: int = 0
) -> Array:
    """Every element of y adds the kernel, times itself, where its window lies."""
    rank = w.ndim - 2
    sizes = [(s - 1) * stride + k + more for s, k in zip(y.shape[2:], w.shape[2:], strict=True)]
    x = np.zeros((len(y), w.shape[1], *sizes))
    for place in np.ndindex(*y.shape):
        sample, o, *at = place
        for offset in np.ndindex(*w.shape[1:]):
            c, *h = offset
            x[(sample, c, *(p * stride + k for p, k in zip(at, h, strict=True)))] += y[place] * w[(o, *offset)]
    index: Any = (..., *[slice(padding, s - padding) for s in sizes])
    cut: Array = x[index]
    return cut if b is None else cut + b.reshape(-1, *[1] * rank)


def pooled(x: Array, rank: int, fold: Callable[[Array], Any], kernel: int, stride: int, padding: int = 0) -> Array:
    """`fold` over the elements of every window that lie inside."""
    lead = x.shape[: x.ndim - rank]
    sizes = [(s + 2 * padding - kernel) // stride + 1 for s in x.shape[-rank:]]
    y = np.zeros((*lead, *sizes))
    for place in np.ndindex(*sizes):
        window = tuple(slice(max(p * stride - padding, 0), p * stride - padding + kernel) for p in place)
        for plane in np.ndindex(*lead):
            y[(*plane, *place)] = fold(x[(*plane, *window)])
    return y


def adapted(x: Array, sizes: tuple[int, ...], fold: Callable[[Array], Any]) -> Array:
    """`fold` over windows that cover the dims as evenly as may be."""
    lead = x.shape[: x.ndim - len(sizes)]
    y = np.zeros((*lead, *sizes))
    for place in np.ndindex(*sizes):
        spans = zip(place, x.shape[-len(sizes) :], sizes, strict=True)
        window = tuple(slice(p * s // k, -(-(p + 1) * s // k)) for p, s, k in spans)
        for plane in np.ndindex(*lead):
            y[(*plane, *place)] = fold(x[(*plane, *window)])
    return y


def columns(x: Array, kernel: int, stride: int = 1) -> Array:
    """The windows of every plane, one per column."""
    h, w = ((s - kernel) // stride + 1 for s in x.shape[-2:])
    windows = [
        x[:, :, i * stride : i * stride + kernel, j * stride : j * stride + kernel].reshape(len(x), -1)
        for i, j in itertools.product(range(h), range(w))
    ]
    return np.stack(windows, 2)


def stretched(x: Array, out: int) -> Array:
    """Linear interpolation of the last dim between the middles of elements."""
    size = x.shape[-1]
    places = (np.arange(out) + 0.5) * size / out - 0.5
    flat = [np.interp(places, np.arange(size), row) for row in x.reshape(-1, size)]
    return np.array(flat).reshape(*x.shape[:-1], out)


LINE = Geometry(1, 1, 2, 1, (Space(4, 2, 3, 1, 0, 1),))
MIX = (np.array([[1.0, 0.5, 0.0], [0.0, 0.5, 2.0]]),)

# fmt: off
ROWS = [
    Row("conv1d", f("conv1d"), (r(2, 2, 5), r(3, 2, 2, seed=2)), convolved),
    Row("conv1d", f("conv1d", stride=2, padding=1), (r(1, 1, 5), r(2, 1, 3, seed=2), r(2)), lambda x, w, b: convolved(x, w, b, stride=2, padding=1)),
    Row("conv2d", f("conv2d"), (r(1, 2, 3, 4), r(2, 2, 2, 2, seed=2), r(2)), convolved),
    Row("conv2d", f("conv2d", stride=2, padding=1, dilation=2), (r(1, 1, 4, 4), r(1, 1, 2, 3, seed=2)), lambda x, w: convolved(x, w, stride=2, padding=1, dilation=2)),
    Row("conv2d", f("conv2d", groups=2), (r(1, 4, 2, 3), r(4, 2, 2, 2, seed=2), r(4)), lambda x, w, b: convolved(x, w, b, groups=2)),
    Row("conv2d", f("conv2d", stride=3), (r(1, 1, 5, 5), r(1, 1, 2, 2, seed=2)), lambda x, w: convolved(x, w, stride=3)),
    Row("conv2d", f("conv2d", padding="same"), (r(2, 3, 3), r(2, 2, 2, 2, seed=2)), lambda x, w: convolved(np.pad(x, ((0, 0), (0, 1), (0, 1))), w)[0]),
    Row("conv3d", f("conv3d"), (r(1, 1, 2, 3, 2), r(2, 1, 2, 2, 2, seed=2)), convolved),
    Row("conv_transpose1d", f("conv_transpose1d", stride=2, padding=1, output_padding=1), (r(1, 2, 3), r(2, 1, 3, seed=2), r(1)), lambda y, w, b: transposed(y, w, b, stride=2, padding=1, more=1)),
    Row("conv_transpose2d", f("conv_transpose2d"), (r(1, 2, 2, 2), r(2, 3, 2, 2, seed=2), r(3)), transposed),
    Row("conv_transpose2d", f("conv_transpose2d", stride=2), (r(1, 1, 2, 2), r(1, 1, 3, 3, seed=2)), lambda y, w: transposed(y, w, stride=2)),
    Row("conv_transpose3d", f("conv_transpose3d"), (r(1, 1, 2, 1, 2), r(1, 1, 2, 2, 2, seed=2)), transposed),
    Row("convolve", raw("convolve", made="y", geometry=LINE, result=(1, 2, 3)), (r(1, 1, 4), r(2, 1, 2, seed=2)), convolved),
    Row("convolve", raw("convolve", made="x", geometry=LINE, result=(1, 1, 4)), (r(2, 1, 2), r(1, 2, 3, seed=2)), lambda w, y: transposed(y, w)),
    Row("convolve", raw("convolve", made="w", geometry=LINE, result=(2, 1, 2)), (r(1, 1, 4), r(1, 2, 3, seed=2)), lambda x, y: np.array([[[np.sum(x[0, 0, h : h + 3] * y[0, o]) for h in range(2)]] for o in range(2)])),
    Row("max_pool1d", f("max_pool1d", kernel_size=2), (r(2, 1, 5),), lambda x: pooled(x, 1, np.max, 2, 2)),
    Row("max_pool2d", f("max_pool2d", kernel_size=2), (r(1, 2, 4, 4),), lambda x: pooled(x, 2, np.max, 2, 2)),
    Row("max_pool2d", f("max_pool2d", kernel_size=3, stride=2, padding=1), (r(1, 4, 5),), lambda x: pooled(x, 2, np.max, 3, 2, 1)),
    Row("max_pool3d", f("max_pool3d", kernel_size=2, stride=1), (r(1, 2, 3, 2),), lambda x: pooled(x, 3, np.max, 2, 1)),
    Row("adaptive_max_pool1d", f("adaptive_max_pool1d", output_size=2), (r(1, 2, 5),), lambda x: adapted(x, (2,), np.max)),
    Row("adaptive_max_pool2d", f("adaptive_max_pool2d", output_size=(2, 3)), (r(1, 3, 4),), lambda x: adapted(x, (2, 3), np.max)),
    Row("adaptive_max_pool3d", f("adaptive_max_pool3d", output_size=1), (r(2, 2, 1, 2),), lambda x: adapted(x, (1, 1, 1), np.max)),
    Row("avg_pool1d", f("avg_pool1d", kernel_size=2, stride=1), (r(1, 2, 4),), lambda x: pooled(x, 1, np.mean, 2, 1)),
    Row("avg_pool2d", f("avg_pool2d", kernel_size=2), (r(1, 2, 4, 5),), lambda x: pooled(x, 2, np.mean, 2, 2)),
    Row("avg_pool2d", f("avg_pool2d", kernel_size=3, stride=2, padding=1, count_include_pad=False), (r(1, 4, 4),), lambda x: pooled(x, 2, np.mean, 3, 2, 1)),
    Row("avg_pool3d", f("avg_pool3d", kernel_size=2, divisor_override=3), (r(1, 2, 2, 3),), lambda x: pooled(x, 3, np.sum, 2, 2) / 3),
    Row("adaptive_avg_pool1d", f("adaptive_avg_pool1d", output_size=3), (r(1, 2, 5),), lambda x: adapted(x, (3,), np.mean)),
    Row("adaptive_avg_pool2d", f("adaptive_avg_pool2d", output_size=(None, 2)), (r(2, 2, 3),), lambda x: adapted(x, (2, 2), np.mean)),
    Row("adaptive_avg_pool3d", f("adaptive_avg_pool3d", output_size=(1, 1, 2)), (r(1, 2, 1, 2),), lambda x: adapted(x, (1, 1, 2), np.mean)),
    Row("adaptive_avg_pool1d_whole", f("adaptive_avg_pool1d", output_size=1), (r(1, 3),), lambda x: adapted(x, (1,), np.mean)),
    Row("adaptive_avg_pool2d_whole", f("adaptive_avg_pool2d", output_size=1), (r(2, 2, 3),), lambda x: adapted(x, (1, 1), np.mean)),
    Row("adaptive_avg_pool3d_whole", f("adaptive_avg_pool3d", output_size=1), (r(1, 2, 1, 2),), lambda x: adapted(x, (1, 1, 1), np.mean)),
    Row("avg_pool2d", f("lp_pool2d", norm_type=2, kernel_size=2), (np.abs(r(1, 1, 2, 4)),), lambda x: np.sqrt(pooled(x**2, 2, np.sum, 2, 2))),
    Row("resample", raw("resample", matrices=MIX, before=np.array([1.0, 2.0, 4.0]), after=np.array([2.0, 5.0])), (r(2, 3),), lambda x: (x / [1, 2, 4]) @ MIX[0].T / [2, 5]),
    Row("unfold", f("unfold", kernel_size=2), (r(1, 2, 3, 3),), lambda x: columns(x, 2)),
    Row("unfold", f("unfold", kernel_size=2, padding=1, stride=2), (r(1, 1, 2, 2),), lambda x: columns(np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1))), 2, 2)),
    Row("fold", f("fold", output_size=(3, 3), kernel_size=2, stride=1), (r(1, 4, 4),), lambda x: transposed(x.reshape(1, 4, 2, 2), np.eye(4).reshape(4, 1, 2, 2))),
    Row("sliding", lambda x: m.unfold(x, 0, 2, 1), (r(4, 2),), lambda x: np.stack([x[:-1], x[1:]], -1)),
    Row("sliding", lambda x: m.unfold(x, 1, 2, 2), (r(2, 5),), lambda x: np.stack([x[:, [0, 2]], x[:, [1, 3]]], -1)),
    Row("pad", f("pad", pad=(1, 2)), (r(2, 3),), lambda x: np.pad(x, ((0, 0), (1, 2)))),
    Row("pad", f("pad", pad=(1, -1, 0, 1), value=0.5), (r(2, 3),), lambda x: np.pad(x[:, :-1], ((0, 1), (1, 0)), constant_values=0.5)),
    Row("pad_by_itself", f("pad", pad=(2, 1), mode="reflect"), (r(1, 1, 4),), lambda x: np.pad(x, ((0, 0), (0, 0), (2, 1)), mode="reflect")),
    Row("pad_by_itself", f("pad", pad=(1, 0, 0, 2), mode="replicate"), (r(1, 2, 2),), lambda x: np.pad(x, ((0, 0), (0, 2), (1, 0)), mode="edge")),
    Row("pad", f("pad", pad=(1, 2), mode="circular"), (r(1, 3),), lambda x: np.pad(x, ((0, 0), (1, 2)), mode="wrap")),
    Row("interpolate", f("interpolate", size=5, mode="linear"), (r(1, 2, 3),), lambda x: stretched(x, 5)),
    Row("interpolate", f("interpolate", scale_factor=2, mode="bilinear"), (r(1, 1, 2, 3),), lambda x: stretched(stretched(x.swapaxes(2, 3), 4).swapaxes(2, 3), 6)),
    Row("interpolate", f("interpolate", size=3, mode="linear", align_corners=True), (r(1, 1, 2),), lambda x: np.stack([x[..., 0], x.mean(-1), x[..., 1]], -1)),
    Row("interpolate_nearest", f("interpolate", scale_factor=2), (r(1, 1, 2, 2),), lambda x: x.repeat(2, 2).repeat(2, 3)),
    Row("interpolate_nearest", f("interpolate", size=3, mode="nearest-exact"), (r(1, 1, 5),), lambda x: x[..., [0, 2, 4]]),
    Row("max_unpool1d", lambda x: getattr(t, "nn.functional.max_unpool1d")(x, t.tensor([[[1, 2]]]), (2,)), (r(1, 1, 2),), lambda x: np.array([[[0, x[0, 0, 0], x[0, 0, 1], 0]]])),
    Row("max_unpool2d", lambda x: getattr(t, "nn.functional.max_unpool2d")(x, t.tensor([[[2]], [[1]]]), (2,)), (r(2, 1, 1),), lambda x: np.array([[[0, 0], [x[0, 0, 0], 0]], [[0, x[1, 0, 0]], [0, 0]]])),
    Row("max_unpool3d", lambda x: getattr(t, "nn.functional.max_unpool3d")(x, t.tensor([[[[1]]]]), (1, 1, 2)), (r(1, 1, 1, 1),), lambda x: np.array([[[[0, x[0, 0, 0, 0]]]]])),
    Row("pixel_shuffle", f("pixel_shuffle", upscale_factor=2), (r(1, 4, 1, 2),), lambda x: x.reshape(1, 1, 2, 2, 1, 2).transpose(0, 1, 4, 2, 5, 3).reshape(1, 1, 2, 4)),
    Row("pixel_unshuffle", f("pixel_unshuffle", downscale_factor=2), (r(1, 1, 2, 2),), lambda x: x.reshape(1, 4, 1, 1)),
    Row("channel_shuffle", f("channel_shuffle", groups=2), (r(1, 4, 1, 2),), lambda x: x[:, [0, 2, 1, 3]]),
]
# fmt: on
