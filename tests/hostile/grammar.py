"""Programs drawn from a grammar of the language: always well formed, not always right."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = st.sampled_from(["a", "b", "c"])
NUMBERS = st.sampled_from(["0", "1", "-2", "3", "0.5", "True"])
SYMBOLS = st.sampled_from(["+", "-", "*", "//", "%", "<", "and", "or"])
SCALARS = st.recursive(
    NUMBERS | NAMES,
    lambda inner: st.builds("({} {} {})".format, inner, SYMBOLS, inner)
    | st.builds("[{}, {}]".format, inner, inner)
    | st.builds("len([{}])".format, inner)
    | st.builds("({} if {} else {})".format, inner, inner, inner)
    | st.builds("[v for v in [{}, {}] if v]".format, inner, inner)
    | st.builds("str({})".format, inner)
    | st.builds("f'{{{}}}|'".format, NAMES)
    | st.builds("f({})".format, inner),
    max_leaves=6,
)  # fmt: skip
TENSORS = st.sampled_from(["x", "y", "z"])
METHODS = st.sampled_from([
    "exp()", "sin()", "tanh()", "relu()", "t()", "sum(0)", "mean(1)", "max(1)[0]", "softmax(1)", "cumsum(0)",
    "view(-1)", "reshape(2, 3)", "unsqueeze(0)", "detach()", "clone()", "abs()", "flip(0)", "sort()[0]", "prod()",
    "norm()", "double()",
])  # fmt: skip
SHAPED = st.recursive(
    TENSORS,
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner | NUMBERS)
    | st.builds("{}.{}".format, inner, METHODS)
    | st.builds("{}[{}]".format, inner, st.sampled_from(["0", "-1", ":, 1", "1:", "..., 0", "None", "[1, 0]"]))
    | st.builds("({} @ {}.t())".format, inner, inner)
    | st.builds("torch.cat([{}, {}])".format, inner, inner)
    | st.builds("torch.where({} > 0, {}, {})".format, inner, inner, inner)
    | st.builds("own({})".format, inner),
    max_leaves=4,
)  # fmt: skip
WRITES = st.sampled_from(["add_(1)", "mul_(2)", "zero_()", "requires_grad_()", "t_()", "exp_()", "fill_(0.5)"])


def indented(block: str) -> str:
    return "\n".join(f"    {line}" for line in block.splitlines())


def compound(inner: st.SearchStrategy[str], test: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Statements that hold statements."""
    block = st.lists(inner, min_size=1, max_size=3).map("\n".join).map(indented)
    return (
        st.builds("if {}:\n{}\nelse:\n{}".format, test, block, block)
        | st.builds("for c in range({}):\n{}".format, st.integers(0, 3), block)
        | st.builds("try:\n{}\nexcept Exception as e:\n    print(type(e).__name__)\nfinally:\n{}".format, block, block)
        | st.builds("def f(a=1, *b):\n{}\n    return a".format, block)
        | st.builds("class A:\n    a = 1\n    def __call__(self, b=2):\n{}\n        return self.a\nb = A()()".format,
                    block.map(indented))
    )  # fmt: skip


PLAIN = st.builds("{} = {}".format, NAMES, SCALARS) | st.builds("print({})".format, SCALARS) | (
    st.builds("{} {}= {}".format, NAMES, st.sampled_from(["+", "*", "-"]), SCALARS)
)  # fmt: skip
NETWORK = (
    st.builds("{} = {}".format, TENSORS, SHAPED)
    | st.builds("{}.{}".format, SHAPED, WRITES)
    | st.builds("{}[{}] = {}".format, TENSORS, st.sampled_from(["0", ":, 0", "1:"]), SHAPED | NUMBERS)
    | st.builds("{}.sum().backward({})".format, SHAPED, st.sampled_from(["", "retain_graph=True"]))
    | st.builds("with torch.no_grad(): {} = {}".format, TENSORS, SHAPED)
    | st.builds("{}.register_hook(lambda g: g * 2)".format, TENSORS)
    | st.builds("print({}.shape, {}.grad)".format, SHAPED, TENSORS)
    | st.builds("(o.zero_grad(), {}.sum().backward(), o.step())".format, SHAPED)
)
PURE = st.lists(st.recursive(PLAIN, lambda inner: compound(inner, SCALARS), max_leaves=8), min_size=1, max_size=6).map(
    lambda lines: "a, b, c = 1, 2.5, [1, 2]\ndef f(a): return a\n" + "\n".join(lines) + "\nprint(a, b, c)\n"
)
SETUP = """import torch
x = torch.tensor([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]], requires_grad=True)
y, z = torch.ones(2, 3) * 0.5, torch.arange(3.0)
a, b, c = 1, 2.5, 0
o = torch.optim.SGD([x], lr=0.1, momentum=0.9)
def f(a): return a
class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, v): return v * 3
    @staticmethod
    def backward(ctx, g): return g * 3
own = Own.apply
"""
TENSOR = st.lists(
    st.recursive(NETWORK | PLAIN, lambda inner: compound(inner, SCALARS), max_leaves=8), min_size=1, max_size=7
).map(lambda lines: SETUP + "\n".join(lines) + "\n")
