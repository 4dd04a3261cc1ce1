"""Answers are strict JSON whatever a program holds: no NaN literal, no half of a surrogate pair, no huge integer."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

EXACT = 2**53

PROGRAMS = {
    "nan": "import torch\nx = torch.tensor([float('nan'), float('inf'), -float('inf'), -0.0], requires_grad=True)\n"
    "(x * x).sum().backward()\nx, x.grad, float('nan'), [float('inf')]",
    "nan-loss": "import torch\nx = torch.zeros(2, requires_grad=True)\n(x.log() / x).sum().backward()\nx.grad",
    "nan-parameter": "import torch\nx = torch.ones(2, requires_grad=True)\n"
    "torch.clamp(x, min=-float('inf')).sum().backward()",
    "surrogates": "s = '\\ud800'\nprint(s)\n{s: '\\udfff'}",
    "surrogate-name": "raise ValueError('\\udc80 and \\ud83d')",
    "large-integers": "import torch\nx = torch.tensor([2**62, -2**62, 2**53, 2**53 + 1])\nx + 1, 2**400, -2**63",
    "large-parameter": "import torch\ntorch.ones(2, requires_grad=True).mul(2**60).sum().backward()",
    "large-index": "import torch\nx = torch.ones(2, requires_grad=True)\nx[2**62]",
    "large-seed": "import torch\ntorch.manual_seed(2**63 - 1)\ntorch.rand(2)",
    "control-characters": "print('\\x00\\x1b[31m\\x7f\\u2028\\u2029\\ufeff')\n'\\x00'",
    "markup": "print('</script><img src=x onerror=alert(1)>')\n'<!--'",
    "names": "__proto__ = constructor = 1\nprint({'__proto__': __proto__})",
}


def answer(base_url: str, code: str, **more: Any) -> bytes:
    """The body of a trace, which is 200 whatever the program does."""
    data = json.dumps({"cells": [code], **more}).encode()
    request = urllib.request.Request(f"{base_url}/api/trace", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        assert response.headers["content-type"] == "application/json"
        body: bytes = response.read()
    return body


def parts(value: Any) -> Iterator[Any]:
    """Every value and key of parsed JSON."""
    yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(child)
    if isinstance(value, dict):
        yield from value


def refuse(name: str) -> None:
    """JSON has no such word."""
    raise ValueError(name)


@pytest.mark.parametrize("name", PROGRAMS)
def test_answer_is_strict_json(base_url: str, name: str) -> None:
    told = json.loads(answer(base_url, PROGRAMS[name]).decode("utf-8"), parse_constant=refuse)
    for part in parts(told):
        if isinstance(part, str):
            part.encode("utf-8")
        if isinstance(part, int):
            assert abs(part) <= EXACT
    assert "EngineError" not in json.dumps(told)


def test_large_integers_keep_their_digits(base_url: str) -> None:
    told = json.loads(answer(base_url, PROGRAMS["large-integers"]))
    assert told["cells"][0]["error"] is None
    assert str(2**62) in json.dumps(told["tensors"])
    assert str(2**400) in told["cells"][0]["result"]


def test_largest_seed_is_taken(base_url: str) -> None:
    assert json.loads(answer(base_url, "1", seed=2**64 - 1))["error"] is None
