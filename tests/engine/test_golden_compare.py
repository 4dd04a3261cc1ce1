"""The comparison behind the golden tests sees what it must see, and no more."""

import pytest

from tests.golden.cases import Answer, Case
from tests.golden.compare import differences, same


@pytest.mark.parametrize(
    ("want", "have"),
    [
        ("[1.0, -2.5]", "[1.0000000000000002, -2.5]"),
        ("[0.0, nan, inf]", "[-0.0, nan, inf]"),
        ("1e-05 3.0", "1.0000000000000001e-05 3.0"),
        ("<AddBackward0 object at 0x…>", "<AddBackward0 object at 0x7f00aa>"),
        ("[1e+20, 1.0]", "[1.0000000000000001e+20, 1.0]"),
    ],
)
def test_texts_that_agree(want: str, have: str) -> None:
    assert same(want, have, 1e-12)


@pytest.mark.parametrize(
    ("want", "have"),
    [
        ("[1.0, -2.5]", "[1.000001, -2.5]"),
        ("[1.0]", "[nan]"),
        ("[nan]", "[1.0]"),
        ("[inf]", "[-inf]"),
        ("[1.0]", "[1]"),
        ("[1, 2]", "[1, 3]"),
        ("[1.0]", "[1.0, 1.0]"),
        ("[1.0]\n", "[1.0]\n[1.0]\n"),
        ("torch.float64", "torch.float32"),
        ("<AddBackward0 object at 0x…>", "<AddBackward1 object at 0x7f00aa>"),
        ("tensor([0.3333])", "tensor([0.333300000000001])"),
        ("None", ""),
    ],
)
def test_texts_that_differ(want: str, have: str) -> None:
    assert not same(want, have, 1e-12)


RECORDED = Answer("1.0\n", "2", ("RuntimeError", "no", 3), ("nonleaf-grad",))


@pytest.mark.parametrize(
    "answer",
    [
        Answer("1.5\n", "2", ("RuntimeError", "no", 3), ("nonleaf-grad",)),
        Answer("1.0\n", None, ("RuntimeError", "no", 3), ("nonleaf-grad",)),
        Answer("1.0\n", "2", ("ValueError", "no", 3), ("nonleaf-grad",)),
        Answer("1.0\n", "2", ("RuntimeError", "No", 3), ("nonleaf-grad",)),
        Answer("1.0\n", "2", ("RuntimeError", "no", 4), ("nonleaf-grad",)),
        Answer("1.0\n", "2", None, ("nonleaf-grad",)),
        Answer("1.0\n", "2", ("RuntimeError", "no", 3), ()),
    ],
)
def test_every_part_of_an_answer_counts(answer: Answer) -> None:
    case = Case("case", ("cell",), (RECORDED,))
    assert not list(differences(case, (RECORDED,)))
    assert len(list(differences(case, (answer,)))) == 1
    assert list(differences(case, ()))
