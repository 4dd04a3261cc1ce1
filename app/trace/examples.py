"""One small program per operation: the gallery draws the way from x, or its first tensor, to the result, o."""

from __future__ import annotations

import re

from app.engine.namespaces import OPERATIONS
from app.engine.registry import ENTRIES, Entry
from app.engine.relation.elementwise import Refused

VECTOR = "x = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)\n"
SIGNED = "x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)\n"
MATRIX = "x = torch.tensor([[1.0, 3.0], [2.0, 0.5]], requires_grad=True)\n"
PAIR = (
    "a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)\n"
    "b = torch.tensor([2.0, 1.0, 4.0], requires_grad=True)\n"
)
VECTORS = "a = torch.tensor([1.0, 2.0], requires_grad=True)\nb = torch.tensor([3.0, 4.0], requires_grad=True)\n"
MATRICES = (
    "a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\n"
    "b = torch.tensor([[2.0, 0.0], [1.0, 3.0]], requires_grad=True)\n"
)
LAYER = (
    "w = torch.tensor([[2.0, 0.0], [1.0, 3.0]], requires_grad=True)\n"
    "b = torch.tensor([1.0, -1.0], requires_grad=True)\n"
)
END = "o.backward(torch.ones_like(o))\n"
OWN_END = dict.fromkeys(("softmax", "log_softmax"), "o.backward(torch.tensor([1.0, -2.0, 0.5]))\n")
"""Outputs that add up to a constant take scores that differ: ones would come back as zeros."""

FORMS = {
    "Tensor input": VECTOR + "o = {call}(x)\n",
    "Tensor input, Tensor other": PAIR + "o = {call}(a, b)\n",
    "Tensor input, operand other": PAIR + "o = {call}(a, b)\n",
    "operand input, operand other": PAIR + "o = {call}(a, b)\n",
}
"""By signature: a function of nothing but one tensor or two needs no example of its own."""
ON_VECTOR = (
    "pow(2)", "cumsum(0)", "cumprod(0)", "softmax(0)", "log_softmax(0)", "prod()", "var()", "std()", "norm()",
    "logsumexp(0)", "repeat(2)", "repeat_interleave(2)", "flip(0)", "roll(1)", "expand(2, 3)", "unsqueeze(0)",
    "clone()", "to(torch.float64)", "narrow(0, 1, 2)", "select(0, 1)", "masked_fill(x > 1, 0.0)",
    "masked_select(x > 1)", "gather(0, torch.tensor([0, 0, 2]))", "index_select(0, torch.tensor([0, 0, 2]))",
    "scatter(0, torch.tensor([1]), 5.0)",
)  # fmt: skip
ON_SIGNED = (
    "relu()", "abs()", "sign()", "clamp(-0.5, 1)", "clamp_min(-0.5)", "clamp_max(1)", "floor()", "ceil()", "round()",
    "trunc()",
)  # fmt: skip
ON_MATRIX = (
    "sum(1)", "mean(1)", "amax(1)", "amin(1)", "max()", "min()", "reshape(4)", "view(4)", "flatten()", "ravel()",
    "t()", "transpose(0, 1)", "permute(1, 0)", "movedim(0, 1)", "tril()", "triu()", "diagonal()",
)  # fmt: skip
CUT = frozenset({"detach", "detach_"})
"""After these there is no way back."""
NO_WRITES = frozenset({"acosh_", "asinh_", "atanh_"})
"""PyTorch has no derivative for these as writes."""
WRITTEN = {
    "rsub": PAIR + "o = torch.rsub(a, b)\n",
    "matmul": MATRICES + "o = a @ b\n",
    "mm": MATRICES + "o = torch.mm(a, b)\n",
    "bmm": MATRICES + "o = torch.bmm(a.view(2, 1, 2), b.view(2, 2, 1))\n",
    "mv": MATRICES + "o = torch.mv(a, b[0])\n",
    "addmm": MATRIX + LAYER + "o = torch.addmm(b, x, w)\n",
    "dot": VECTORS + "o = torch.dot(a, b)\n",
    "outer": VECTORS + "o = torch.outer(a, b)\n",
    "cat": VECTORS + "o = torch.cat([a, b])\n",
    "stack": VECTORS + "o = torch.stack([a, b])\n",
    "contiguous": MATRIX + "o = x.t().contiguous()\n",
    "detach": VECTOR + "o = x.detach()\n",
    "detach_": VECTOR + "o = x * 2\no.detach_()\n",
    "where": SIGNED + "y = torch.tensor([4.0, 5.0, 6.0], requires_grad=True)\no = torch.where(x > 0, x, y)\n",
    "unbind": MATRIX + "o, p = x.unbind()\n",
    "split": VECTOR + "o, p = x.split(2)\n",
    "chunk": VECTOR + "o, p = x.chunk(2)\n",
    "squeeze": VECTOR + "o = x.view(1, 3).squeeze(0)\n",
    "fill_": VECTOR + "o = x * 2\no[1:].fill_(7)\n",
    "zero_": VECTOR + "o = x * 2\no[1:].zero_()\n",
    "copy_": VECTORS + "o = a * 2\no.copy_(b)\n",
}


def _all() -> dict[str, str]:
    calls = [(base, c) for base, some in ((VECTOR, ON_VECTOR), (SIGNED, ON_SIGNED), (MATRIX, ON_MATRIX)) for c in some]
    made = _by_signature() | {call.partition("(")[0]: f"{base}o = x.{call}\n" for base, call in calls}
    return {
        name: f"import torch\n{body}{'' if name in CUT or '.backward(' in body else OWN_END.get(name, END)}"
        for name, body in (made | WRITTEN | _stated()).items()
    }


def _stated() -> dict[str, str]:
    """The examples that operations state themselves."""
    return {name: f"{op.example.strip()}\n" for name, op in OPERATIONS.items() if op.example is not None}


def _by_signature() -> dict[str, str]:
    return {
        entry.name: FORMS[entry.signatures[0]].format(call=called)
        for entry in ENTRIES
        if entry.signatures[0] in FORMS and has_derivative(entry.operation) and (called := _called(entry))
    }


def _called(entry: Entry) -> str | None:
    """Its first spelling as a function, also where it is an operator; a write into x, which is a leaf, is none."""
    names = [
        f"torch.{entry.name}" if name.startswith("binary.") else name
        for name in entry.spellings
        if name.startswith(("torch.", "binary.")) and not name.endswith("_")
    ]
    return names[0] if names else None


def has_derivative(operation: str | None) -> bool:
    """Whether a score flows through the operation."""
    structures = OPERATIONS[operation].structures if operation in OPERATIONS else ()
    return any(s is not None and not isinstance(s, Refused) for s in structures)


EXAMPLES: dict[str, str] = _all()


def example_of(name: str) -> str | None:
    """The example of a name in the catalogue. A function in place writes over the result of another operation."""
    known = EXAMPLES.get(name)
    plain = EXAMPLES.get(name.removesuffix("_"))
    if known is not None or plain is None or name in NO_WRITES:
        return known
    unary, function = f"o = torch.{name[:-1]}(x)", f"o = torch.{name[:-1]}(a, b)"
    written = re.sub(rf"o = ([ax])\.{name[:-1]}\(", rf"o = \1 * 1\no.{name}(", plain)
    return written.replace(unary, f"o = x * 1\no.{name}()").replace(function, f"o = a * 1\no.{name}(b)")
