"""What the server is told beside an answer, by the real engine."""

from __future__ import annotations

from app.service import jobs

TRAINING = """import torch
x = torch.randn(40, 40, requires_grad=True)
for i in range(200):
    x = x * torch.randn(40, 40)
x.sum().backward()
"""


def test_steps_are_counted_also_where_training_earned_some() -> None:
    few = jobs.run("trace", {"cells": ["x = 1"]}).steps
    many = jobs.run("trace", {"cells": ["for i in range(1000): pass"]}).steps
    training = jobs.run("trace", {"cells": [TRAINING]}).steps
    assert few is not None
    assert many is not None
    assert training is not None
    assert 0 <= few < many
    assert training > 1000
