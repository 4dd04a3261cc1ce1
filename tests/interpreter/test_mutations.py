"""Random damage to legitimate programs: whatever comes out is a program error, never a bug of ours."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.interpreter import Budget, Limits, run_cells
from app.interpreter.cells import CellResult

HERE = Path(__file__).parent
SMALL = Limits(steps=20_000, operations=500, all_elements=200_000, elements=20_000, flops=1_000_000, backward=20)
DAMAGE = """0 1 -1 2.5 1e400 'a' '' "{:5}" None True [] {} () ... x torch self ( ) [ ] { } , : = + - * / ** % @ . == < >
if else for in while def return class lambda not and or is try except finally raise with as import from del global
pass break continue assert yield f'{x}' range len print sum list dict shape grad backward ** * 10**9"""
WORDS = DAMAGE.split()


def programs() -> list[str]:
    """The programs of our own tables."""
    plain = [
        part for file in sorted((HERE / "python").glob("*.txt")) for part in file.read_text("utf-8").split("\n---\n")
    ]
    tensor = [file.read_text("utf-8").split("--- prints")[0] for file in sorted((HERE / "torch").glob("*.txt"))]
    return plain + [f"import torch\n{program}" for program in tensor]


def pieces(program: str) -> list[str]:
    """The tokens of a program with the blanks between them, so that joined they are the program again."""
    out: list[str] = []
    lines = program.splitlines(keepends=True)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(program).readline))
    except (tokenize.TokenError, SyntaxError):
        return lines
    row, column = 1, 0
    for token in tokens:
        if token.start[0] > len(lines):
            break
        while row < token.start[0]:
            out.append(lines[row - 1][column:])
            row, column = row + 1, 0
        out += [lines[row - 1][column : token.start[1]], token.string]
        row, column = token.end
    return [piece for piece in out if piece]


PROGRAMS = programs()
PIECES = [pieces(program) for program in PROGRAMS]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A program with a few tokens removed, doubled, exchanged or replaced."""
    tokens = list(draw(st.sampled_from(PIECES)))
    for _ in range(draw(st.integers(1, 4))):
        if not tokens:
            break
        place = draw(st.integers(0, len(tokens) - 1))
        match draw(st.integers(0, 3)):
            case 0:
                del tokens[place]
            case 1:
                tokens.insert(place, tokens[place])
            case 2:
                other = draw(st.integers(0, len(tokens) - 1))
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case _:
                tokens[place] = draw(st.sampled_from(WORDS))
    return "".join(tokens)


def run(text: str) -> CellResult:
    return run_cells([text], budget=Budget(SMALL)).cells[0]


@settings(max_examples=300, deadline=1000, suppress_health_check=list(HealthCheck), derandomize=True)
@given(damaged())
def test_damage_never_meets_a_bug(program: str) -> None:
    error = run(program).error
    assert error is None or error.type != "EngineError"


@settings(max_examples=200, deadline=1000, derandomize=True)
@given(st.text(alphabet="ab (){}[]'\"\\\n\t:=.,#>` \u3000\u200b\ufeff（中😀1\0\ud800", max_size=40))
def test_text_never_meets_a_bug(text: str) -> None:
    error = run(text).error
    assert error is None or error.type != "EngineError"


@pytest.mark.parametrize("index", range(len(PROGRAMS)))
def test_the_pieces_are_the_program(index: int) -> None:
    assert "".join(PIECES[index]).strip() == PROGRAMS[index].strip()
