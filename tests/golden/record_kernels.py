"""Records bits of PyTorch's CPU kernels: `python tests/golden/record_kernels.py` where torch 2.13 is installed.

Every program draws its numbers from a seed and prints results as `.item()` gives them, one per line.
"""

import contextlib
import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

HEAD = "import torch\ntorch.manual_seed({seed})\nx = torch.randn({shape})\n"
SUMS = [
    (shape, f"x.{name}({dims})")
    for name in ("sum", "mean")
    for shape, dims in (
        *((str(n), "") for n in (3, 5, 8, 17, 33, 100, 257, 1000, 5000)),
        *((f"{n}, {m}", dim) for n in (3, 20, 100) for m in (1, 2, 3, 5, 9, 17, 33) for dim in ("0", "1", "")),
        ("4, 5, 6", "1"), ("4, 5, 6", "(1, 2)"), ("3, 50, 2", "(0, 1)"),
    )
]  # fmt: skip
LAYOUTS = [("20, 3", "x.t().sum(0)"), ("20, 30", "x.t().sum(1)"), ("20, 3", "x[::2].sum(0)")]
PRODUCTS = [
    (f"{n}, {k}", f"x @ torch.randn({k}, {m})")
    for n, k, m in ((1, 3, 1), (2, 3, 4), (4, 5, 3), (10, 2, 1), (16, 36, 16), (64, 4, 8), (100, 2, 1), (10, 8, 3))
]
LINEAR = [
    (f"{n}, {k}", f"torch.nn.functional.linear(x, torch.randn({m}, {k}), torch.randn({m}))")
    for n, k, m in ((1, 2, 3), (4, 3, 2), (10, 4, 8), (10, 8, 2), (32, 12, 4), (16, 36, 16), (4, 16, 16))
]
LANES = [(f"5, {n}", f"x.{f}") for n in (3, 6, 10, 20) for f in ("cumsum(1)", "logsumexp(1)")]
POWERS = [("40", "x ** 3"), ("40", "x ** 2"), ("40", "(x.abs() + 1) ** -1")]


def programs() -> list[str]:
    rows = [*SUMS, *LAYOUTS, *PRODUCTS, *LINEAR, *LANES, *POWERS]
    show = "for v in y.reshape(-1).tolist():\n    print(v)"
    return [HEAD.format(seed=n, shape=shape) + f"y = {call}\n" + show for n, (shape, call) in enumerate(rows)]


def answer(program: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program, {})
    return out.getvalue()


if __name__ == "__main__":
    torch: Any = import_module("torch")
    torch.set_num_threads(1)
    recorded = {program: answer(program) for program in programs()}
    target = Path(__file__).with_name("kernels.json")
    target.write_text(json.dumps(recorded, indent=0) + "\n", "utf-8")
    print(len(recorded))
