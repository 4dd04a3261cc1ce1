"""Records random.json from PyTorch: `python -m tests.golden.record_random` where torch is installed."""

import hashlib
import json
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from tests.golden.random_cases import CASES, Call

TARGET = Path(__file__).with_name("random.json")
_HASHED = 200  # longer answers are kept as a digest


def _bernoulli(chance: Any, shape: list[int], dtype: torch.dtype) -> torch.Tensor:
    if isinstance(chance, list):
        return torch.bernoulli(torch.tensor(chance[: shape[0]]))
    return torch.empty(shape, dtype=dtype).bernoulli_(chance)


_CALLS: dict[str, Any] = {
    "rand": torch.rand,
    "randn": torch.randn,
    "randint": lambda low, high, shape, dtype: torch.randint(low, high, shape, dtype=dtype),
    "normal": lambda mean, std, shape, dtype: torch.empty(shape, dtype=dtype).normal_(mean, std),
    "uniform": lambda low, high, shape, dtype: torch.empty(shape, dtype=dtype).uniform_(low, high),
    "bernoulli": _bernoulli,
    "randperm": lambda count: torch.randperm(count),
    "manual_seed": lambda seed: torch.manual_seed(seed),
}


def _answer(call: Call) -> dict[str, Any]:
    function, arguments = call
    given = dict(arguments)
    if "dtype" in given:
        given["dtype"] = getattr(torch, given["dtype"])
    if function in ("rand", "randn"):
        given["size"] = given.pop("shape")
    asked = {"call": function, "arguments": arguments}
    try:
        result = _CALLS[function](**given)
    except (RuntimeError, ValueError, NotImplementedError) as error:
        return {**asked, "error": [type(error).__name__, str(error).splitlines()[0]]}
    if not isinstance(result, torch.Tensor):
        return {**asked, "initial_seed": str(torch.initial_seed())}
    data = result.contiguous().numpy().tobytes()
    bits = {"bits": data.hex()} if result.numel() <= _HASHED else {"sha256": hashlib.sha256(data).hexdigest()}
    return {**asked, **bits}


def _recorded(seed: int, calls: list[Call]) -> dict[str, Any]:
    torch.manual_seed(seed)
    return {
        "seed": seed,
        "initial_seed": str(torch.initial_seed()),
        "calls": [_answer(call) for call in calls],
    }


def main() -> None:
    lines = [json.dumps(_recorded(seed, calls)) for seed, calls in CASES]
    TARGET.write_text(f'{{"torch": "{torch.__version__}", "cases": [\n' + ",\n".join(lines) + "\n]}\n")


if __name__ == "__main__":
    main()
