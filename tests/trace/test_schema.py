"""Every trace has the documented form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.trace.encode import encode
from app.trace.schema import Answer, Trace
from tests.trace.programs import each_program, run, traced


def undocumented(answer: Answer) -> set[str]:
    """Names of fields that no model describes."""
    found = {f"{type(answer).__name__}.{name}" for name in answer.model_extra or {}}
    for value in dict(answer).values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Answer):
                found |= undocumented(part)
    return found


@each_program()
def test_every_program(name: str) -> None:
    assert undocumented(Trace.model_validate_json(encode(traced(name)))) == set()


@pytest.mark.parametrize(
    "code",
    [
        "1 / 0",
        "x = (",
        "y = torch.full((2,), 2**60)",
        "y = torch.zeros(40, 40)",
        "y = torch.zeros(0, 3) + 1",
        "y = x / 0\ny.sum().backward()",
        "x.backward(torch.ones(2))",
        "while True: pass",
        "def f(n):\n    return f(n - 1) if n else 1 / 0\nf(3)",
    ],
)
def test_hard_ones(code: str) -> None:
    assert undocumented(Trace.model_validate_json(encode(run(code)))) == set()


@pytest.mark.parametrize(
    ("part", "wrong"),
    [("version", -1), ("values", ["nan"]), ("is_leaf", None), ("shape", [1.5]), ("span", {"line": 0})],
)
def test_the_models_can_refuse(part: str, wrong: Any) -> None:
    answer = json.loads(encode(run("y = x * 2")))
    answer["tensors"][0][part] = wrong
    with pytest.raises(ValidationError):
        Trace.model_validate_json(json.dumps(answer))


def test_the_example_of_the_contract(shared: Any) -> None:
    """The one complete answer beside api.md: the same program gives the same answer."""
    example = json.loads((shared / "design" / "trace-example.json").read_text("utf-8"))
    from app.trace import trace

    ours = json.loads(encode(trace(example["request"]["cells"])))
    assert Trace.model_validate(example["response"])
    assert difference(example["response"], ours) == []


def difference(wanted: Any, given: Any, at: str = "") -> list[str]:
    """Where `given` lacks something of `wanted` or says another thing; what it says beyond is no difference."""
    if isinstance(wanted, dict) and isinstance(given, dict):
        return [d for k, v in wanted.items() for d in difference(v, given.get(k, "absent"), f"{at}.{k}")]
    if isinstance(wanted, list) and isinstance(given, list) and len(wanted) == len(given):
        return [d for n, (a, b) in enumerate(zip(wanted, given, strict=True)) for d in difference(a, b, f"{at}[{n}]")]
    return [] if wanted == given else [f"{at}: wanted {wanted!r}, given {given!r}"]
