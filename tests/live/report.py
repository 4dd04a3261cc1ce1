"""Prints each operator of PyTorch's database with its samples: `python -m tests.live.report [--part 1/2] [name …]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.live.judge import Verdict, judge
from tests.live.oracle import operators

RIGHT = Path(__file__).with_name("right.txt")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", help="operators, or beginnings of their names followed by *")
    parser.add_argument("--write", action="store_true", help="keep the names of those that are right in right.txt")
    parser.add_argument("--part", default="1/1", help="which share of the database")
    arguments = parser.parse_args()
    part, parts = (int(n) for n in arguments.part.split("/"))
    verdicts: list[Verdict] = []
    for name in [n for n in operators() if wanted(n, arguments.names)][part - 1 :: parts]:
        verdicts.append(judge(name, operators()[name]))
        print(verdicts[-1].line, flush=True)
    print(*summary(verdicts), sep="\n")
    if arguments.write:
        RIGHT.write_text("".join(f"{v.name}\n" for v in verdicts if v.passed), "utf-8")


def wanted(name: str, asked: list[str]) -> bool:
    """Whether a name was asked for."""
    return not asked or any(name.startswith(a[:-1]) if a.endswith("*") else name == a for a in asked)


def summary(verdicts: list[Verdict]) -> list[str]:
    """Operators with every sample right, with some and with none; and the same by name, over all variants."""
    judged = [v for v in verdicts if v.total]
    right = [v for v in judged if v.passed]
    names = {operators()[v.name].name for v in judged}
    wrong = {operators()[v.name].name for v in judged if not v.passed}
    return [
        f"every sample right: {len(right)} of {len(judged)} operators; by name, over all variants: "
        f"{len(names - wrong)} of {len(names)}",
        f"some: {sum(0 < v.right < v.total for v in judged)}, none: {sum(not v.right for v in judged)}",
        f"samples right: {sum(v.right for v in judged)} of {sum(v.total for v in judged)}",
    ]


if __name__ == "__main__":
    main()
