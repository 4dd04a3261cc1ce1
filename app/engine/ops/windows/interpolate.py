"""F.interpolate: each output place looks at input places around it, with weights that are a product over the dims."""

from __future__ import annotations

import math
from typing import Any

from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.internal import Shift
from app.engine.ops.stating import tex_of
from app.engine.ops.windows import kernels
from app.engine.ops.windows.avg_pool import resample_cost
from app.engine.ops.windows.pad import places_of
from app.engine.registry import TORCH, offer
from app.engine.relation.resampled import Resampled
from app.engine.relation.resampled import resample as resample_arrays
from app.engine.run import current
from app.engine.tensor import Tensor

WORDS = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}
NEAREST = {"nearest": "Nearest", "nearest-exact": "NearestExact"}


def _grad_fn(call: Call) -> str:
    mode, rank = call.params["mode"], len(call.inputs[0].shape) - 2
    smooth = "Aa" if call.params.get("antialias") else ""
    return f"Upsample{NEAREST.get(mode, mode.title())}{rank}D{smooth}Backward0"


ROW = "x = torch.tensor([[[1.0, 3.0, 2.0]]], requires_grad=True)\n"
SHOWS = ("size", "scale_factor", "mode", "align_corners")
interpolate = Operation(
    "interpolate", resample_arrays, [Resampled()], grad_fn=_grad_fn, cost=resample_cost, shows=SHOWS,
    tex=tex_of(r"\sum_i w_{ji} @1"),
    example=f"{ROW}o = torch.nn.functional.interpolate(x, size=4, mode='linear')\n",
)  # fmt: skip
nearest = Operation(
    "interpolate_nearest", places_of, [Shift(operation="interpolate_nearest")], grad_fn=_grad_fn, shows=SHOWS,
    cost=lambda x, *, tables, **_: (x.shape[0] * x.shape[1] * math.prod(len(t) for t in tables), 0),
    example=f"{ROW}o = torch.nn.functional.interpolate(x, size=4)\n",
)  # fmt: skip
nearest.name = "interpolate"


def interpolated(
    input: Tensor, size: Any = None, scale_factor: Any = None, mode: str = "nearest", align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None, antialias: bool = False,
) -> Any:  # fmt: skip
    """To the given sizes, or by the given factors."""
    _check_mode(mode, align_corners)
    rank = len(input.shape) - 2
    sizes, factors = _sizes(input, size, scale_factor)
    _check_rank(input, mode)
    if recompute_scale_factor:
        factors = None
    if mode == "area":
        return TORCH[f"nn.functional.adaptive_avg_pool{rank}d"](input, sizes)
    if any(n < 1 for n in (*sizes, *input.shape[2:])):
        old, new = (
            ", ".join(f"{a}: {n}" for a, n in zip("DHW"[3 - rank :], row, strict=True))
            for row in (input.shape[2:], sizes)
        )
        raise TorchError(
            "RuntimeError",
            f"Input and output sizes should be greater than 0, but got input ({old}) output ({new})",
        )
    current().meter.operation(math.prod(sizes))  # the tables are as long as the result
    shown = {"mode": mode} | ({} if size is None else {"size": sizes}) | (
        {} if scale_factor is None else {"scale_factor": scale_factor}
    ) | ({} if align_corners is None else {"align_corners": align_corners})  # fmt: skip
    parts = list(zip(input.shape[2:], sizes, factors or (None,) * rank, strict=True))
    if mode in NEAREST:
        tables = tuple(kernels.nearest(*part, exact=mode != "nearest") for part in parts)
        return nearest.apply((input,), {"tables": tables, **shown})
    matrices = tuple(kernels.matrix(*part, mode=mode, corners=bool(align_corners), smooth=antialias) for part in parts)
    return interpolate.apply((input,), {"matrices": matrices, "antialias": antialias, **shown})


def _sizes(input: Tensor, size: Any, factor: Any) -> tuple[tuple[int, ...], tuple[float, ...] | None]:
    rank, dims = len(input.shape) - 2, list(input.shape[2:])
    format_ = "Please provide input tensor in (N, C, d1, d2, ...,dK) format and"
    if size is not None and factor is not None:
        raise TorchError("ValueError", "only one of size or scale_factor should be defined")
    if size is not None:
        wanted = size if isinstance(size, (tuple, list)) else (size,) * rank
        if len(wanted) != rank:
            raise TorchError(
                "ValueError",
                "Input and output must have the same number of spatial dimensions, but got input with spatial "
                f"dimensions of {dims} and output size of {size}. {format_} output size in (o1, o2, ...,oK) format.",
            )
        return _whole(wanted), None
    if factor is None:
        raise TorchError("ValueError", "either size or scale_factor should be defined")
    factors = factor if isinstance(factor, (tuple, list)) else (factor,) * rank
    if len(factors) != rank:
        raise TorchError(
            "ValueError",
            "Input and scale_factor must have the same number of spatial dimensions, but got input with spatial "
            f"dimensions of {dims} and scale_factor of shape {factor}. {format_} scale_factor in (s1, s2, ...,sK) "
            "format.",
        )
    numbers = tuple(float(f) for f in factors if isinstance(f, (int, float)))
    if len(numbers) != rank:
        raise TorchError("TypeError", "interpolate(): argument 'scale_factor' must be a number or a tuple of numbers")
    return tuple(math.floor(n * f) for n, f in zip(dims, numbers, strict=True)), numbers


def _whole(wanted: Any) -> tuple[int, ...]:
    if not all(isinstance(n, int) for n in wanted):
        raise TorchError("TypeError", "interpolate(): argument 'size' must be an int or a tuple of ints")
    return tuple(int(n) for n in wanted)


def _check_mode(mode: str, align_corners: bool | None) -> None:
    if align_corners is not None and mode in ("nearest", "area", "nearest-exact"):
        raise TorchError(
            "ValueError",
            "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | "
            "trilinear",
        )


def _check_rank(input: Tensor, mode: str) -> None:
    dims = len(input.shape)
    if dims in (3, 4, 5) and (mode in NEAREST or mode == "area" or dims - 2 == WORDS.get(mode)):
        return
    if dims in (3, 4, 5) and mode in WORDS and mode != "bicubic":
        raise TorchError("NotImplementedError", f"Got {dims}D input, but {mode} mode needs {WORDS[mode] + 2}D input")
    raise TorchError(
        "NotImplementedError",
        f"Input Error: Only 3D, 4D and 5D input Tensors supported (got {dims}D) for the modes: nearest | linear | "
        f"bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got {mode})",
    )


TEXT = (
    "def Tensor input, any size=None, any scale_factor=None, str mode='nearest', bool? align_corners=None, "
    "bool? recompute_scale_factor=None, bool antialias=False"
)
UPSAMPLE = "def Tensor input, any size=None, any scale_factor=None, str mode='nearest', bool? align_corners=None"
offer("F.interpolate", (TEXT, interpolated))
offer("F.upsample", (UPSAMPLE, interpolated), operation="interpolate")
TWO = "def Tensor input, any size=None, any scale_factor=None"
offer(
    "F.upsample_nearest", (TWO, lambda input, size, scale_factor: interpolated(input, size, scale_factor)),
    operation="interpolate",
)  # fmt: skip
offer(
    "F.upsample_bilinear",
    (TWO, lambda input, size, scale_factor: interpolated(input, size, scale_factor, "bilinear", True)),
    operation="interpolate",
)
