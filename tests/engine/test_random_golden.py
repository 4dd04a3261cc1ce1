"""Every recorded draw of PyTorch's generator, bit for bit."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine.random import Generator

_RECORDED = json.loads((Path(__file__).parents[1] / "golden" / "random.json").read_text())["cases"]


def _label(case: dict[str, Any]) -> str:
    return f"{case['seed']}:" + "+".join(call["call"] for call in case["calls"])


def _run(generator: Generator, call: dict[str, Any]) -> Any:
    arguments = dict(call["arguments"])
    if isinstance(arguments.get("chance"), list):
        arguments["chance"] = np.array(arguments["chance"], np.float32)
    return getattr(generator, call["call"])(**arguments)


def _check(generator: Generator, call: dict[str, Any]) -> None:
    if "error" in call:
        name, message = call["error"]
        with pytest.raises((RuntimeError, ValueError)) as caught:
            _run(generator, call)
        assert [type(caught.value).__name__, str(caught.value).splitlines()[0]] == [name, message]
        return
    result = _run(generator, call)
    if "initial_seed" in call:
        assert generator.initial_seed == int(call["initial_seed"])
        return
    assert list(result.shape) == call["arguments"].get("shape", [call["arguments"].get("count")])
    assert result.dtype.name == call["arguments"].get("dtype", "int64")
    data = result.tobytes()
    assert call.get("bits", data.hex()) == data.hex()
    assert call.get("sha256", hashlib.sha256(data).hexdigest()) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("case", _RECORDED, ids=_label)
def test_draws_are_pytorchs_bit_for_bit(case: dict[str, Any]) -> None:
    generator = Generator(case["seed"])
    assert generator.initial_seed == int(case["initial_seed"])
    for call in case["calls"]:
        _check(generator, call)


def test_the_recording_covers_what_it_should() -> None:
    functions = {call["call"] for case in _RECORDED for call in case["calls"]}
    assert functions == {
        "rand",
        "randn",
        "randint",
        "randperm",
        "normal",
        "uniform",
        "bernoulli",
        "manual_seed",
    }
    assert len(_RECORDED) >= 60
