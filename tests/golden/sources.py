"""Reads program texts: `=== name` begins a program, `# %%` begins its next cell."""

from pathlib import Path

from tests.golden.cases import Case


def programs(file: Path) -> list[Case]:
    """The programs of one text file, not yet answered."""
    cases = []
    for block in file.read_text("utf-8").split("\n=== ")[1:]:
        name, _, text = block.partition("\n")
        cells = tuple(cell.strip("\n") for cell in text.split("# %%\n"))
        cases.append(Case(f"{file.stem}-{name.strip()}", cells))
    return cases
