"""Records what PyTorch and numpy print: `python -m tests.golden.record_texts` where both are installed.

texts/NAME.txt holds programs, separated by lines of three dashes; texts/NAME.json gets what each one prints, and the
error that ends it. Every program starts with its imports and all generators seeded with 0.
"""

import contextlib
import io
import json
import sys
import warnings
from pathlib import Path

import numpy
import torch  # type: ignore[import-not-found, unused-ignore]

from tests.golden.texts import FOLDER, programs_of, started


def printed(program: str) -> str:
    """The standard output of a program, with the last line of its error if it has one."""
    numpy.set_printoptions(precision=8, threshold=1000, edgeitems=3, linewidth=75, suppress=False, sign="-")
    torch.set_printoptions(profile="default", sci_mode=None)
    torch.set_default_dtype(torch.float32)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(started(program), {"__name__": "__main__"})
        except Exception as error:
            out.write(f"{type(error).__name__}: {error}\n")
    return out.getvalue()


def record(path: Path) -> None:
    """Write the answers beside the programs."""
    answers = [{"program": program, "prints": printed(program)} for program in programs_of(path)]
    path.with_suffix(".json").write_text(json.dumps(answers, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for chosen in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(FOLDER.glob("*.txt")):
        record(chosen)
