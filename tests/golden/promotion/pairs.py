"""Writes the programs: one per operation and left operand, with one cell for each right operand."""

from collections.abc import Iterator

from tests.golden.cases import FLOAT32_TOLERANCE, Case

DTYPES = ("bool", "int32", "int64", "float32", "float64")
LEFT = {"bool": "[True, False, True]", "int32": "[4, -3, 2]", "float32": "[0.75, -2.5, 3.0]"}
RIGHT = {"bool": "[True, True, False]", "int32": "[2, 3, 1]", "float32": "[0.5, 2.0, -1.5]"}
SINGLE = {"bool": "True", "int32": "3", "float32": "1.5"}
SCALARS = ("True", "2", "2.5")
LIKE = {"int64": "int32", "float64": "float32"}

BINARY = {
    "add": "a + b",
    "sub": "a - b",
    "mul": "a * b",
    "div": "a / b",
    "pow": "a ** b",
    "floor_divide": "a // b",
    "remainder": "a % b",
    "eq": "a == b",
    "lt": "a < b",
    "ge": "a >= b",
    "where": "torch.where(c, a, b)",
    "maximum": "torch.maximum(a, b)",
    "cat": "torch.cat([a, b])",
    "stack": "torch.stack([a, b])",
    "matmul": "a @ b",
}
IN_PLACE = {
    "add_": "a.add_(b)",
    "mul_": "a.mul_(b)",
    "div_": "a.div_(b)",
    "isub": "a -= b",
    "copy_": "a.copy_(b)",
    "setitem": "a[...] = b",
}
UNARY = (
    "-a", "abs(a)", "a.sign()", "a.exp()", "a.log()", "a.sqrt()", "a.rsqrt()", "a.reciprocal()", "a.square()",
    "a.sin()", "a.cos()", "a.tan()", "a.sinh()", "a.cosh()", "a.tanh()", "a.sigmoid()", "a.relu()", "~a",
    "a.clamp(0, 2)", "a.clamp(0.5)", "a.tril()", "a.repeat(2)", "a[a > 0]", "a.clone()",
)  # fmt: skip
REDUCTIONS = (
    "a.sum()", "a.sum(0)", "a.sum(dtype=torch.float64)", "a.mean()", "a.prod()", "a.prod(0)", "a.max()",
    "a.min()", "a.max(0).values", "a.amax()", "a.amin(0)", "a.var()", "a.std()", "a.norm()", "a.logsumexp(0)",
    "a.argmax()", "a.any()", "a.all()", "a.softmax(0)", "a.log_softmax(0)", "a.cumsum(0)", "a.cumprod(0)",
    "a.outer(a)", "a.dot(a)",
)  # fmt: skip


def families() -> Iterator[tuple[str, list[Case]]]:
    """The programs by file: one file per operation, and one for each group of unary calls."""
    for name, call in BINARY.items():
        yield name, [_case(f"{name}-{text}", text, call, _rights(name)) for text in _lefts(name)]
    yield "reversed", [_case(f"reversed-{call}", None, f"{call}", _tensors(RIGHT)) for call in _reversed()]
    for name, call in IN_PLACE.items():
        yield f"in-place-{name}", [_in_place(name, call, text) for text in _tensors(LEFT)]
    yield "unary", [_one(call) for call in UNARY]
    yield "reductions", [_one(call) for call in REDUCTIONS]


def _tensor(dtype: str, values: dict[str, str]) -> str:
    return f"torch.tensor({values[LIKE.get(dtype, dtype)]}, dtype=torch.{dtype})"


def _tensors(values: dict[str, str]) -> list[str]:
    return [_tensor(dtype, values) for dtype in DTYPES]


def _lefts(name: str) -> list[str]:
    return _tensors(LEFT) if name in ("cat", "stack", "matmul") else _tensors(LEFT) + _tensors(SINGLE)


def _rights(name: str) -> list[str]:
    if name in ("cat", "stack", "matmul"):
        return _tensors(RIGHT)
    scalars = [] if name == "maximum" else list(SCALARS)
    return _tensors(RIGHT) + _tensors(SINGLE) + scalars


def _reversed() -> list[str]:
    signs = ("+", "-", "*", "/", "**", "//", "%", "<")
    return [f"{scalar} {sign} b" for scalar in SCALARS for sign in signs]


def _case(name: str, left: str | None, call: str, rights: list[str]) -> Case:
    first = ["import torch", "c = torch.tensor([True, False, True])"] if "c," in call else ["import torch"]
    setup = "\n".join([*first, *([] if left is None else [f"a = {left}"])])
    cells = [f"b = {right}\nr = {call}\nprint(r.dtype, r.tolist())" for right in rights]
    return Case(_short(name), (setup, *cells), tolerance=FLOAT32_TOLERANCE)


def _in_place(name: str, call: str, left: str) -> Case:
    rights = _tensors(RIGHT) + _tensors(SINGLE) + ([] if name == "copy_" else list(SCALARS))
    cells = [f"a = {left}\nb = {right}\n{call}\nprint(a.dtype, a.tolist())" for right in rights]
    return Case(_short(f"{name}-{left}"), ("import torch", *cells), tolerance=FLOAT32_TOLERANCE)


def _one(call: str) -> Case:
    rows = "[[1, 0], [1, 1]]" if "tril" in call else "[1, 0, 3]"
    asked = f"r = {call}\nprint(r.dtype, r.tolist())"
    cells = [f"a = torch.tensor({rows}).to(torch.{dtype})\n{asked}" for dtype in DTYPES]
    return Case(f"one-{call}", ("import torch", *cells), tolerance=FLOAT32_TOLERANCE)


def _short(name: str) -> str:
    """`add-torch.tensor(3, dtype=torch.int32)` as `add-3-int32`."""
    return name.replace("torch.tensor(", "").replace(", dtype=torch.", "-").replace(")", "")
