"""Writes random programs of views and writes through them; torch runs along to know the shapes."""

import random
from typing import Any

from tests.golden.cases import Case
from tests.golden.views import statements

COUNT = 200
SEED = 20
KEPT_ERRORS = 0.08


def programs() -> list[Case]:
    return [_program(number) for number in range(COUNT)]


def _program(number: int) -> Case:
    writer = Writer(random.Random(SEED * 1000 + number))
    writer.leaves()
    for _ in range(writer.random.randint(6, 11)):
        if writer.failed:
            break
        writer.step()
    names = list(writer.tensors)
    facts = [f"print('{n}', {n}.tolist(), {n}._version, {n}.requires_grad, {n}.grad_fn)" for n in names]
    total = " + ".join(f"({n} * {round(0.5 + 0.3 * k, 2)}).sum()" for k, n in enumerate(names))
    walk = [f"loss = {total}", "print(loss.item(), loss.grad_fn)", "loss.backward()"]
    grads = [f"print('{n}', None if {n}.grad is None else {n}.grad.tolist())" for n in writer.leaf_names]
    return Case(f"views-{number}", tuple("\n".join(lines) for lines in (writer.lines, facts, walk, grads)))


class Writer:
    """Grows a program statement by statement and executes it, so that the next statement fits the shapes."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.lines: list[str] = []
        self.names: dict[str, Any] = {}
        self.tensors: dict[str, Any] = {}
        self.leaf_names: list[str] = []
        self.failed = False

    def leaves(self) -> None:
        self.write("import torch")
        first = self.random.choice(["2, 3", "3, 2", "2, 2, 2", "4"])
        for name, shape in (("a", first), ("b", "3"), ("c", "")):
            needs = name == "a" or self.random.random() < 0.6
            self.leaf_names += [name] if needs else []
            self.write(f"{name} = {self._literal(shape)}{', requires_grad=True' if needs else ''})", name)

    def _literal(self, shape: str) -> str:
        sizes = [int(size) for size in shape.split(", ") if size]
        return f"torch.tensor({self._numbers(sizes)}, dtype=torch.float64"

    def _numbers(self, sizes: list[int]) -> Any:
        if not sizes:
            return round(self.random.uniform(-2, 2), 2)
        return [self._numbers(sizes[1:]) for _ in range(sizes[0])]

    def step(self) -> None:
        for _ in range(20):
            made = statements.choose(self.random, self.tensors)
            if made is not None:
                self.write(*made)
                return

    def write(self, line: str, name: str | None = None) -> None:
        """Runs the statement and adds it. Few programs keep an error, which is then their last statement."""
        try:
            exec(line, self.names)
        except Exception:
            self.failed = self.random.random() < KEPT_ERRORS
            self.lines += [line] if self.failed else []
            return
        self.lines.append(line)
        if name is not None:
            self.tensors[name] = self.names[name]
