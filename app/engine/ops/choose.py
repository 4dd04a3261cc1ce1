"""Operations that choose or repeat elements: where, clamp, tril, triu, repeat, masked_fill, scatter."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.operation import Number, Operation
from app.engine.ops.convert import converted
from app.engine.ops.dims import wrapped
from app.engine.ops.stating import tex_of
from app.engine.registry import expose
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor
from app.engine.write import write

where = Operation(
    "where", lambda condition, a, b: np.where(condition, a, b),
    [None, Rearrangement(operation="where", keeps=(0,)), Rearrangement(operation="where", keeps=(0,))],
    tex=tex_of(r"[@1]\,?\,@2 : @3"),
)  # fmt: skip
repeat = Operation(
    "repeat", lambda x, *, repeats: np.tile(x, repeats), [Rearrangement(operation="repeat")],
    cost=lambda x, *, repeats: (x.size * int(np.prod(repeats, dtype=object)), 0),
)  # fmt: skip
repeat_interleave = Operation(
    "repeat_interleave", lambda x, *, repeats, dim: np.repeat(x, repeats, dim),
    [Rearrangement(operation="repeat_interleave")], grad_fn=lambda call: _interleaved_name(call.params),
    cost=lambda x, *, repeats, dim: (int(np.sum(repeats, dtype=object)) * (x.size if np.ndim(repeats) == 0 else 1), 0),
)  # fmt: skip
tril = Operation("tril", lambda x, *, diagonal: np.tril(x, diagonal), [Rearrangement(operation="tril")])
triu = Operation("triu", lambda x, *, diagonal: np.triu(x, diagonal), [Rearrangement(operation="triu")])
masked_fill = Operation(
    "masked_fill", lambda x, mask, value: np.where(mask, value, x),
    [Rearrangement(operation="masked_fill", keeps=(1,)), None, Rearrangement(operation="masked_fill", keeps=(1,))],
)  # fmt: skip
masked_select = Operation(
    "masked_select", lambda x, mask: np.broadcast_to(x, np.broadcast_shapes(x.shape, mask.shape))[np.broadcast_to(mask, np.broadcast_shapes(x.shape, mask.shape))],
    [Rearrangement(operation="masked_select", keeps=(1,)), None],
)  # fmt: skip
scatter = Operation(
    "scatter", lambda x, src, index, *, dim: _scattered(x, src, index, dim),
    [Rearrangement(operation="scatter", keeps=(2,)), Rearrangement(operation="scatter", keeps=(2,)), None],
    grad_fn="ScatterBackward0",
)  # fmt: skip
clamp = Operation(
    "clamp", lambda x, *, min=None, max=None: _clamped(x, min, max),
    [Elementwise(rule=lambda xp, x, y, *, min, max: _inside(x, min, max), selects=True)],
    grad_fn="ClampBackward1", tex=tex_of(r"\operatorname{clamp}(@1)"),
)  # fmt: skip


def _interleaved_name(params: dict[str, Any]) -> str:
    if np.ndim(params["repeats"]):
        return "IndexSelectBackward0"
    return "ViewBackward0" if params["dim"] is None else "FlattenBackward0"


def _scattered(x: np.ndarray, src: np.ndarray, index: np.ndarray, dim: int) -> np.ndarray:
    """x with x[…, index, …] = src along dim; src may be larger than index."""
    out = x.copy()
    part = np.broadcast_to(src, index.shape) if not src.ndim else src[tuple(slice(0, n) for n in index.shape)]
    places = list(np.indices(index.shape, sparse=True))
    if index.ndim:
        places[dim] = index
        out[tuple(places)] = part
        return out
    return part.reshape(x.shape).astype(x.dtype)


def _clamped(x: np.ndarray, low: Number | None, high: Number | None) -> np.ndarray:
    """Below the lower bound first; where the bounds cross, the upper one wins."""
    y = x if low is None else np.maximum(x, x.dtype.type(low))
    return y if high is None else np.minimum(y, x.dtype.type(high))


def _inside(x: Any, low: Number | None, high: Number | None) -> Any:
    """1 between the bounds and on them."""
    if low is None:
        return x <= high
    return x >= low if high is None else (x >= low) & (x <= high)


def _clamp(input: Tensor, min: Number | None = None, max: Number | None = None) -> Any:
    if min is None and max is None:
        raise TorchError("RuntimeError", "torch.clamp: At least one of 'min' or 'max' must not be None")
    return clamp.apply((_wide(input, min, max),), {"min": min, "max": max})


def _wide(input: Tensor, *bounds: Number | None) -> Tensor:
    """An integer tensor with a fractional bound becomes floating point."""
    from app.engine.dtypes import float32

    fractional = any(isinstance(b, float) for b in bounds)
    return converted(input, float32) if fractional and not input.dtype.is_floating_point else input


def _where(condition: Tensor, input: Any = None, other: Any = None) -> Any:
    if input is None and other is None:
        return _nonzero_tuple(condition)
    from app.engine.dtypes import result_type
    from app.engine.operation import standing
    from app.engine.ops.create import scalar
    from app.engine.run import current

    if condition.dtype.name not in ("bool", "uint8"):
        raise TorchError(
            "RuntimeError",
            f"where expected condition to be a boolean tensor, but got a tensor with dtype {condition.dtype.title}",
        )
    default = current().default_dtype
    dtype = result_type((standing(v, default) for v in (input, other)), default)
    branches = [converted(v, dtype) if isinstance(v, Tensor) else scalar(v, dtype) for v in (input, other)]
    return where.apply((condition, *branches), {})


def _nonzero_tuple(condition: Tensor) -> Any:
    from app.engine.operation import wrap

    return tuple(wrap(np.asarray(places, np.int64)) for places in np.nonzero(condition.array))


def _repeated(input: Tensor, repeats: tuple[int, ...]) -> Any:
    if len(repeats) < len(input.shape):
        raise TorchError(
            "RuntimeError", "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"
        )
    if any(n < 0 for n in repeats):
        raise TorchError("RuntimeError", "Trying to create tensor with negative dimension")
    return repeat.apply((input,), {"repeats": repeats})


def _interleaved(input: Tensor, repeats: Any, dim: int | None = None) -> Any:
    counts: Any = repeats.array.astype(np.int64) if isinstance(repeats, Tensor) else repeats
    if not isinstance(repeats, Tensor) and (not isinstance(repeats, int) or isinstance(repeats, bool)):
        raise TorchError("TypeError", "repeat_interleave(): argument 'repeats' (position 1) must be Tensor, not list")
    if np.any(np.asarray(counts) < 0):
        raise TorchError("RuntimeError", "repeats can not be negative")
    at = None if dim is None else wrapped(dim, len(input.shape))
    return repeat_interleave.apply((input,), {"repeats": counts, "dim": at})


def _triangle(operation: Operation) -> Any:
    def run(input: Tensor, diagonal: int = 0) -> Any:
        if len(input.shape) < 2:
            raise TorchError("RuntimeError", f"{operation.name}: input tensor must have at least 2 dimensions")
        return operation.apply((input,), {"diagonal": diagonal})

    return run


def _filled(input: Tensor, mask: Tensor, value: Any) -> Any:
    from app.engine.ops.create import scalar

    filler = converted(value, input.dtype) if isinstance(value, Tensor) else scalar(value, input.dtype)
    return masked_fill.apply((input, mask, filler), {})


def _filled_(input: Tensor, mask: Tensor, value: Any) -> Any:
    from app.engine.ops.create import scalar

    filler = converted(value, input.dtype) if isinstance(value, Tensor) else scalar(value, input.dtype)
    return write(input, masked_fill, (mask, filler), {})


def _source(input: Tensor, src: Any, value: Any) -> Tensor:
    from app.engine.ops.create import scalar

    given = src if src is not None else value
    return given if isinstance(given, Tensor) else scalar(given, input.dtype)


def _check_scatter(input: Tensor, dim: int, index: Tensor) -> int:
    at = wrapped(dim, len(input.shape))
    if index.dtype.name != "int64":
        raise TorchError("RuntimeError", "scatter(): Expected dtype int64 for index")
    outside = index.array[(index.array < 0) | (index.array >= (input.shape[at] if input.shape else 1))]
    if outside.size:
        raise TorchError(
            "RuntimeError", f"index {outside.flat[0]} is out of bounds for dimension {at} with size {input.shape[at]}",
            code="index-range", index=int(outside.flat[0]), size=input.shape[at],
        )  # fmt: skip
    return at


def _scatter(input: Tensor, dim: int, index: Tensor, src: Any = None, value: Any = None) -> Any:
    at = _check_scatter(input, dim, index)
    return scatter.apply((input, _source(input, src, value), index), {"dim": at})


def _scatter_(input: Tensor, dim: int, index: Tensor, src: Any = None, value: Any = None) -> Any:
    at = _check_scatter(input, dim, index)
    return write(input, scatter, (_source(input, src, value), index), {"dim": at})


CLAMP = "Tensor input, number? min=None, number? max=None"
expose("torch.clamp torch.clip Tensor.clamp Tensor.clip", (CLAMP, _clamp), operation="clamp")
expose(
    "Tensor.clamp_ Tensor.clip_",
    (CLAMP, lambda input, min, max: write(input, clamp, (), {"min": min, "max": max})),
    operation="clamp_",
)
expose(
    "torch.clamp_min Tensor.clamp_min",
    ("Tensor input, number min", lambda input, min: _clamp(input, min)),
    operation="clamp",
)
expose(
    "torch.clamp_max Tensor.clamp_max",
    ("Tensor input, number max", lambda input, max: _clamp(input, None, max)),
    operation="clamp",
)
expose(
    "torch.where",
    ("Tensor condition", _where),
    ("Tensor condition, operand input, operand other", _where),
    operation="where",
)
expose(
    "Tensor.where",
    ("Tensor input, Tensor condition, operand other", lambda input, condition, other: _where(condition, input, other)),
    operation="where",
)
expose("Tensor.repeat", ("Tensor input, ints... repeats", _repeated), operation="repeat")
expose(
    "torch.tile Tensor.tile",
    ("Tensor input, ints... dims", lambda input, dims: _repeated(input, (1,) * (len(input.shape) - len(dims)) + dims)),
    operation="repeat",
)
expose(
    "torch.repeat_interleave Tensor.repeat_interleave",
    ("Tensor input, any repeats, int? dim=None", _interleaved),
    operation="repeat_interleave",
)
for _operation in (tril, triu):
    expose(
        f"torch.{_operation.name} Tensor.{_operation.name}",
        ("Tensor input, int diagonal=0", _triangle(_operation)),
        operation=_operation.name,
    )
expose(
    "torch.masked_fill Tensor.masked_fill",
    ("Tensor input, Tensor mask, operand value", _filled),
    operation="masked_fill",
)
expose("Tensor.masked_fill_", ("Tensor input, Tensor mask, operand value", _filled_), operation="masked_fill_")
expose(
    "torch.masked_select Tensor.masked_select",
    ("Tensor input, Tensor mask", lambda input, mask: masked_select.apply((input, mask), {})),
    operation="masked_select",
)
SCATTER = ("Tensor input, int dim, Tensor index, operand src", "Tensor input, int dim, Tensor index, *, number value")
expose("torch.scatter Tensor.scatter", (SCATTER[0], _scatter), (SCATTER[1], _scatter), operation="scatter")
expose("Tensor.scatter_", (SCATTER[0], _scatter_), (SCATTER[1], _scatter_), operation="scatter_")
