"""What a large program used goes back to the system."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from app.service.processes.pool import ProcessPool
from tests.service.scenario import cold, in_a_loop

pytestmark = pytest.mark.alone

SMALL = "import torch\ntorch.ones(2, requires_grad=True).sum().backward()"
# A hundred MB of tensors, and many small objects.
LARGE = """import torch
x = torch.ones(1200, 1200, requires_grad=True)
(x * 2).exp().sum(dim=0).pow(2).sum().backward()
texts = [str(number) * 3 for number in range(15_000)]
{}"""


def resident(pool: ProcessPool) -> float:
    """MB of memory of the idle worker."""
    ((_, worker),) = pool._idle
    found = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{worker.pid}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


@in_a_loop
async def test_memory_returns_after_every_large_program() -> None:
    pool = cold(jobs="app.service.jobs")
    pool.start()
    sizes = []
    await pool.run("trace", {"cells": [SMALL]})
    before = resident(pool)
    for number in range(30):
        assert (await pool.run("trace", {"cells": [LARGE.format(number)]})).error is None
        await asyncio.sleep(0.1)  # the worker tidies up once it has answered
        sizes.append(resident(pool))
    assert len(pool._idle) == 1
    assert max(sizes) < before + 30
    assert max(sizes[20:]) < max(sizes[:10]) + 3
    await pool.stop()
