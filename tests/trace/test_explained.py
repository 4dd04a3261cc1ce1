"""Errors that the library raises in Python are explained by their words."""

from __future__ import annotations

import pytest

from app.locales import sentences
from app.trace import trace
from app.trace.explained import BY_WORDS, explained

HEAD = "import torch\nfrom torch import nn\n"
PROGRAMS = {
    "super-init": "class N(nn.Module):\n    def __init__(self):\n        self.a = nn.Linear(1, 1)\nN()",
    "forward-missing": "class N(nn.Module):\n    pass\nN()(torch.ones(1))",
    "optimizer-empty": "torch.optim.SGD([], lr=0.1)",
    "optimizer-nonleaf": "torch.optim.SGD([torch.ones(2, requires_grad=True) * 2], lr=0.1)",
    "optimizer-iterable": "torch.optim.SGD(torch.ones(2, requires_grad=True), lr=0.1)",
    "number-backward": "torch.ones(1, requires_grad=True).sum().item().backward()",
    "bce-range": "nn.functional.binary_cross_entropy(torch.tensor([2.0]), torch.tensor([1.0]))",
    "loss-shape": "nn.functional.binary_cross_entropy_with_logits(torch.ones(3, 1), torch.ones(3))",
    "state-dict": "nn.Linear(1, 1).load_state_dict({})",
    "conv-channels": "nn.Conv2d(3, 1, 1)(torch.ones(1, 2, 4, 4))",
    "rnn-size": "nn.LSTM(3, 2)(torch.ones(1, 1, 4))",
}


@pytest.mark.parametrize(("code", "program"), PROGRAMS.items(), ids=PROGRAMS)
def test_a_mistake_is_explained(code: str, program: str) -> None:
    error = trace([HEAD + program])["error"]
    assert error is not None
    assert error["hint"] is not None, error["message"]
    assert error["hint"]["code"] == code


@pytest.mark.parametrize("code", sorted({code for _, code in BY_WORDS}))
def test_every_explanation_exists(code: str) -> None:
    assert all(sentences(f"hint.{code}", {}).values())


def test_other_words_are_left_alone() -> None:
    assert explained(None, "something else") is None
    assert explained("limit", "optimizer got an empty parameter list") == "limit"
