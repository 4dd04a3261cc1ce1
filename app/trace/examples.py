"""One small program per operation: what the gallery draws."""

from __future__ import annotations

VECTOR = "import torch\nx = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)\n"
SIGNED = "import torch\nx = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)\n"
MATRIX = "import torch\nx = torch.tensor([[1.0, 3.0], [2.0, 0.5]], requires_grad=True)\n"
PAIR = (
    "import torch\na = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)\n"
    "b = torch.tensor([2.0, 1.0, 4.0], requires_grad=True)\n"
)
END = "o.backward(torch.ones_like(o))\n"


def _method(base: str, *calls: str) -> dict[str, str]:
    return {call.partition("(")[0]: f"{base}o = x.{call}\n{END}" for call in calls}


def _pair(*names: str) -> dict[str, str]:
    return {name: f"{PAIR}o = torch.{name}(a, b)\n{END}" for name in names}


EXAMPLES: dict[str, str] = {
    **_method(
        VECTOR, "neg()", "exp()", "log()", "sqrt()", "rsqrt()", "reciprocal()", "square()", "pow(2)", "sin()", "cos()",
        "tan()", "sinh()", "cosh()", "tanh()", "sigmoid()", "cumsum(0)", "cumprod(0)", "softmax(0)", "log_softmax(0)",
        "prod()", "var()", "std()", "norm()", "logsumexp(0)", "repeat(2)", "repeat_interleave(2)", "flip(0)",
        "expand(2, 3)", "unsqueeze(0)", "clone()",
    ),
    **_method(SIGNED, "relu()", "abs()", "sign()", "clamp(-0.5, 1)"),
    **_method(
        MATRIX, "sum(1)", "mean(1)", "amax(1)", "amin(1)", "max()", "min()", "reshape(4)", "view(4)", "flatten()",
        "t()", "transpose(0, 1)", "permute(1, 0)", "tril()", "triu()",
    ),
    **_pair("add", "sub", "mul", "div", "maximum", "minimum"),
    "matmul": "import torch\na = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\n"
    "b = torch.tensor([[2.0, 0.0], [1.0, 3.0]], requires_grad=True)\no = a @ b\n" + END,
    "dot": "import torch\na = torch.tensor([1.0, 2.0], requires_grad=True)\n"
    "b = torch.tensor([3.0, 4.0], requires_grad=True)\no = torch.dot(a, b)\no.backward()\n",
    "cat": "import torch\na = torch.tensor([1.0, 2.0], requires_grad=True)\n"
    "b = torch.tensor([3.0], requires_grad=True)\no = torch.cat([a, b])\n" + END,
    "stack": "import torch\na = torch.tensor([1.0, 2.0], requires_grad=True)\n"
    "b = torch.tensor([3.0, 4.0], requires_grad=True)\no = torch.stack([a, b])\n" + END,
    "where": SIGNED + "o = torch.where(x > 0, x, 0.1 * x)\n" + END,
    "gather": VECTOR + "o = x.gather(0, torch.tensor([0, 0, 2]))\n" + END,
    "index_select": VECTOR + "o = x.index_select(0, torch.tensor([0, 0, 2]))\n" + END,
}  # fmt: skip
