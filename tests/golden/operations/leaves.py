"""Writes the first lines of a row's program: its leaves, as literals.

`x(2,3)` is a leaf of that shape with spread values of both signs, `x+(2,3)` a positive one, `x=[0., 1.]` has
those values, `i:[0, 2]` is a constant. Leaves are float64, or float32 when the name ends in `32`.
"""

import math
import re

SPREAD = (0.5, -1.25, 2.0, 1.75, -0.3, 0.9, -2.4, 0.15, 1.1, -0.65, 3.2, -1.8)
LEAF = re.compile(r"(\w+)(\+?)\(([\d,]*)\)$")


def line(spec: str) -> str:
    """The statement that makes one leaf or constant."""
    leaf = LEAF.match(spec)
    if leaf:
        name, domain, shape = leaf.groups()
        sizes = [int(size) for size in shape.split(",") if size]
        return _leaf(name, sizes, domain)
    spec = re.sub(r"\b(inf|nan)\b", r"float('\1')", spec)
    if ":" in spec.split("=")[0]:
        name, _, values = spec.partition(":")
        return f"{name.strip()} = torch.tensor({values.strip()})"
    name, _, values = spec.partition("=")
    return f"{name.strip()} = torch.tensor({values.strip()}{_options(name.strip())})"


def is_leaf(spec: str) -> bool:
    return LEAF.match(spec) is not None or ":" not in spec.split("=")[0]


def name_of(spec: str) -> str:
    match = re.match(r"\w+", spec)
    assert match, spec
    return match.group()


def _options(name: str) -> str:
    dtype = "" if name.endswith("32") else ", dtype=torch.float64"
    return f"{dtype}, requires_grad=True"


def _leaf(name: str, sizes: list[int], domain: str) -> str:
    count = math.prod(sizes)
    if count == 0:
        return f"{name} = torch.zeros({', '.join(map(str, sizes))}{_options(name)})"
    numbers = [_value(k + 5 * (ord(name[0]) % 3), domain) for k in range(count)]
    return f"{name} = torch.tensor({_nested(numbers, sizes)}{_options(name)})"


def _value(k: int, domain: str) -> float:
    value = SPREAD[k % len(SPREAD)] + 0.07 * (k // len(SPREAD))
    if domain == "+":
        value = abs(value) + 0.01 * k
    return round(value, 4)


def _nested(numbers: list[float], sizes: list[int]) -> str:
    if not sizes:
        return repr(numbers[0])
    step = len(numbers) // sizes[0]
    parts = (_nested(numbers[k * step : (k + 1) * step], sizes[1:]) for k in range(sizes[0]))
    return f"[{', '.join(parts)}]"
