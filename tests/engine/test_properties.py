"""Properties over random shapes, with numpy as the oracle: broadcasting, reduction dims, indexing, views, promotion."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.registry import ATTRIBUTES, BINARY, METHODS, TORCH
from app.engine.run import Run, activate
from tests.engine.rows.row import m, op, t

quick = settings(max_examples=60, deadline=None, derandomize=True)
shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


def numbers(shape: Shape) -> Array:
    """Distinct numbers of both signs."""
    size = math.prod(shape)
    return (np.arange(size) * 7 % max(size, 1) - size / 2 + 0.25).reshape(shape)


def tensor(array: Array, requires_grad: bool = False) -> Any:
    made = m.reshape(t.tensor(array.reshape(-1).tolist(), dtype=TORCH["float64"]), array.shape)
    return m.requires_grad_(m.clone(made)) if requires_grad else made


@quick
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, min_side=0, max_side=3), st.sampled_from("+-*"))
def test_broadcasting_and_its_gradient(shapes: hnp.BroadcastableShapes, sign: str) -> None:
    with activate(Run()):
        arrays = [numbers(shape) for shape in shapes.input_shapes]
        x, y = (tensor(array, requires_grad=True) for array in arrays)
        made = op(sign)(x, y)
        wanted = {"+": np.add, "-": np.subtract, "*": np.multiply}[sign](*arrays)
        np.testing.assert_array_equal(made.array, wanted)
        m.backward(m.sum(made))
        by_sign: dict[str, list[Any]] = {"+": [1.0, 1.0], "-": [1.0, -1.0], "*": arrays[::-1]}
        for leaf, array, slope in zip((x, y), arrays, by_sign[sign], strict=True):
            spread = np.broadcast_to(slope, wanted.shape)
            lead = tuple(range(wanted.ndim - array.ndim))
            folded = spread.sum(axis=lead)
            kept = tuple(d for d, n in enumerate(array.shape) if n == 1 and folded.shape[d] != 1)
            np.testing.assert_allclose(leaf.meta.grad.array, folded.sum(axis=kept, keepdims=True), atol=1e-12)


@quick
@given(shapes, shapes)
def test_shapes_go_together_when_numpy_says_so(a: Shape, b: Shape) -> None:
    try:
        wanted: Shape | None = np.broadcast_shapes(a, b)
    except ValueError:
        wanted = None
    with activate(Run()):
        if wanted is None:
            with pytest.raises(TorchError, match="must match the size of tensor b"):
                op("+")(tensor(numbers(a)), tensor(numbers(b)))
        else:
            assert op("+")(tensor(numbers(a)), tensor(numbers(b))).shape == wanted


@quick
@given(st.data())
def test_reduction_over_any_dims(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=4, max_side=3))
    dims = data.draw(st.lists(st.integers(0, len(shape) - 1), unique=True, min_size=1))
    signed = tuple(d - data.draw(st.sampled_from((0, len(shape)))) for d in dims)
    keepdim = data.draw(st.booleans())
    array = numbers(shape)
    with activate(Run()):
        for name, fold in (("sum", np.sum), ("mean", np.mean), ("amax", np.max), ("amin", np.min)):
            x = tensor(array, requires_grad=True)
            made = METHODS[name](x, signed, keepdim=keepdim)
            np.testing.assert_allclose(made.array, fold(array, axis=tuple(dims), keepdims=keepdim), atol=1e-12)
            m.backward(m.sum(made))
            assert x.meta.grad.array.sum() == pytest.approx(math.prod(shape) if name == "sum" else made.numel)


def entries(size: int) -> st.SearchStrategy[Any]:
    """One entry of a basic index into a dim of this size."""
    bounds = st.one_of(st.none(), st.integers(-size - 1, size + 1))
    cuts = st.builds(slice, bounds, bounds, st.one_of(st.none(), st.integers(1, 3)))
    return st.one_of(cuts, st.integers(-size, size - 1)) if size else cuts


@quick
@given(st.data())
def test_basic_indexing_is_a_window_with_the_gradient_of_its_places(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))
    index: list[Any] = [data.draw(entries(n)) for n in shape[: data.draw(st.integers(0, len(shape)))]]
    for place in data.draw(st.lists(st.integers(0, len(index)), max_size=2)):
        index.insert(place, None)
    if data.draw(st.booleans()):
        index.append(Ellipsis)
    array = numbers(shape)
    with activate(Run()):
        x = tensor(array, requires_grad=True)
        made = python.getitem(x, tuple(index))
        np.testing.assert_array_equal(made.array, array[tuple(index)])
        m.backward(m.sum(op("*")(made, made)))
        wanted = np.zeros(shape)
        wanted[tuple(index)] = 2 * array[tuple(index)]
        np.testing.assert_array_equal(x.meta.grad.array, wanted)


@quick
@given(st.data())
def test_indexing_by_tensors_and_masks(data: st.DataObject) -> None:
    rows, columns = data.draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    array = numbers((rows, columns))
    picks = data.draw(st.lists(st.integers(-rows, rows - 1), max_size=5))
    mask = data.draw(hnp.arrays(bool, (rows, columns)))
    with activate(Run()):
        x = tensor(array, requires_grad=True)
        picked = python.getitem(x, t.tensor(picks, dtype=TORCH["int64"]))
        np.testing.assert_array_equal(picked.array, array[np.array(picks, int)])
        masked = python.getitem(x, t.tensor(mask.tolist()))
        np.testing.assert_array_equal(masked.array, array[mask])
        m.backward(op("+")(m.sum(picked), m.sum(masked)))
        wanted = mask.astype(float)
        np.add.at(wanted, np.array(picks, int), 1)
        np.testing.assert_array_equal(x.meta.grad.array, wanted)


@quick
@given(st.data())
def test_views_and_writes_follow_numpy(data: st.DataObject) -> None:
    """A chain of views of one base; a write through any of them is seen by all, as in numpy."""
    array = numbers((2, 3, 4))
    with activate(Run()):
        base = m.clone(tensor(array))
        theirs: list[Array] = [array.copy()]
        ours: list[Any] = [base]
        for _ in range(data.draw(st.integers(1, 5))):
            parent = data.draw(st.integers(0, len(ours) - 1))
            view, same = data.draw(st.sampled_from(VIEWS))
            if theirs[parent].ndim < 2:
                continue
            ours.append(view(ours[parent]))
            theirs.append(same(theirs[parent]))
            target = data.draw(st.integers(0, len(ours) - 1))
            m.add_(ours[target], 10.5)
            theirs[target][...] += 10.5
            for mine, yours in zip(ours, theirs, strict=True):
                np.testing.assert_array_equal(mine.array, yours)
        for mine, yours in zip(ours, theirs, strict=True):
            steps = tuple(s // yours.itemsize for s in yours.strides)
            assert METHODS["stride"](mine) == steps
            assert METHODS["is_contiguous"](mine) == yours.flags.c_contiguous


VIEWS = (
    (lambda x: m.transpose(x, 0, 1), lambda x: np.swapaxes(x, 0, 1)),
    (lambda x: python.getitem(x, 0), lambda x: x[0]),
    (lambda x: python.getitem(x, (slice(None), slice(1, None))), lambda x: x[:, 1:]),
    (lambda x: m.permute(x, *range(1, len(x.shape)), 0), lambda x: x.transpose(*range(1, x.ndim), 0)),
    (lambda x: m.narrow(x, 1, 0, 1), lambda x: x[:, 0:1]),
    (lambda x: m.diagonal(x), lambda x: writable(np.diagonal(x))),
)


def writable(view: Array) -> Array:
    view.flags.writeable = True
    return view


# fmt: off
PROMOTION = """
             bool    uint8   int8    int16   int32   int64   float32 float64
    bool     bool    uint8   int8    int16   int32   int64   float32 float64
    uint8    uint8   uint8   int16   int16   int32   int64   float32 float64
    int8     int8    int16   int8    int16   int32   int64   float32 float64
    int16    int16   int16   int16   int16   int32   int64   float32 float64
    int32    int32   int32   int32   int32   int32   int64   float32 float64
    int64    int64   int64   int64   int64   int64   int64   float32 float64
    float32  float32 float32 float32 float32 float32 float32 float32 float64
    float64  float64 float64 float64 float64 float64 float64 float64 float64
"""
# fmt: on
NAMES, *TABLE = [line.split() for line in PROMOTION.strip().splitlines()]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_promotion_of_two_tensors(row: list[str]) -> None:
    with activate(Run()):
        for name, wanted in zip(NAMES, row[1:], strict=True):
            a, b = (t.ones(2, dtype=TORCH[n]) for n in (row[0], name))
            assert BINARY["*"](a, b).dtype.name == wanted


@pytest.mark.parametrize(
    ("dtype", "number", "wanted"),
    [
        ("bool", 2, "int64"), ("bool", 2.0, "float32"), ("int32", 2, "int32"), ("int32", 2.0, "float32"),
        ("float32", 2.0, "float32"), ("float64", 2.0, "float64"), ("int8", True, "int8"), ("bool", True, "bool"),
    ],
)  # fmt: skip
def test_a_number_counts_only_by_its_category(dtype: str, number: float, wanted: str) -> None:
    with activate(Run()):
        assert BINARY["*"](t.ones(2, dtype=TORCH[dtype]), number).dtype.name == wanted


@pytest.mark.parametrize(
    ("wide", "single", "wanted"),
    [("int32", "int64", "int32"), ("float32", "float64", "float32"), ("int64", "float64", "float64")],
)
def test_a_tensor_without_dims_counts_only_by_its_category(wide: str, single: str, wanted: str) -> None:
    with activate(Run()):
        assert BINARY["*"](t.ones(2, dtype=TORCH[wide]), t.ones((), dtype=TORCH[single])).dtype.name == wanted


def test_a_write_never_lowers_the_category() -> None:
    with activate(Run()):
        x = t.ones(2, dtype=TORCH["int64"])
        with pytest.raises(TorchError, match="result type Float can't be cast to the desired output type Long"):
            m.add_(x, 0.5)
        y = t.ones(2, dtype=TORCH["float32"])
        m.add_(y, t.ones(2, dtype=TORCH["float64"]))
        assert ATTRIBUTES["dtype"].get(y).name == "float32"
