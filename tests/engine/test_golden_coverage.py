"""Whatever a program may name has a row recorded from PyTorch."""

import re

import app.engine  # noqa: F401  (fills the registry)
from app.engine.registry import ATTRIBUTES, METHODS, TORCH
from tests.golden.cases import load
from tests.golden.texts import FOLDER, programs_of

FAMILIES = ("operations", "promotion", "errors", "views", "autograd", "optim", "nn")
# These draw random numbers or change how tensors print; they have recordings of their own (random, printing).
ELSEWHERE = {
    "manual_seed", "random.manual_seed", "rand", "rand_like", "randint", "randn", "randn_like", "randperm",
    "set_printoptions",
}  # fmt: skip


def test_every_name_is_recorded() -> None:
    cells = "\n".join(cell for family in FAMILIES for case in load(family) for cell in case.cells)
    cells += "\n".join(program for path in FOLDER.glob("*.txt") for program in programs_of(path))
    recorded = set(re.findall(r"\.(\w+)\b", cells))
    offered = {name for table in (TORCH, METHODS, ATTRIBUTES) for name in table} - ELSEWHERE
    assert {name for name in offered if name.rpartition(".")[2] not in recorded} == set()
