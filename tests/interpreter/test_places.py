"""What the engine records knows where it was written: spans, source text, operands, names of tensors."""

from __future__ import annotations

from app.interpreter import Place, argument_spans, run_cells, source_of, span_of
from app.interpreter.cells import Execution


def ran(*cells: str) -> Execution:
    execution = run_cells(list(cells))
    assert all(cell.error is None for cell in execution.cells), execution.cells
    return execution


def places(execution: Execution) -> list[object]:
    return [applied.node.here for applied in execution.run.tape.applied]


HEAD = "import torch\nx = torch.ones(2, 2, requires_grad=True)\n"


def test_each_operation_has_its_source() -> None:
    execution = ran(HEAD + "out = (x * x + 2).sum().exp()")
    assert [source_of(here) for here in places(execution)] == [
        "x * x", "x * x + 2", "(x * x + 2).sum()", "(x * x + 2).sum().exp()",
    ]  # fmt: skip


def test_a_creation_has_its_source_and_span() -> None:
    execution = ran(HEAD)
    tape = execution.run.tape
    here = tape.places[id(tape.values[0])]
    assert source_of(here) == "torch.ones(2, 2, requires_grad=True)"
    span = span_of(here)
    assert span is not None
    assert (span.cell, span.line, span.column, span.end_line, span.end_column) == (0, 2, 4, 2, 40)


def test_cells_with_the_same_text_keep_their_numbers() -> None:
    execution = ran("import torch\nx = torch.ones(1)", "y = x + 1", "y = x + 1")
    spans = [span_of(here) for here in places(execution)]
    assert [span and span.cell for span in spans] == [1, 2]


def test_a_function_is_where_it_was_written_not_where_it_is_called() -> None:
    execution = ran("import torch\ndef f(a):\n    return a * 3", "y = f(torch.ones(2))")
    spans = [span_of(here) for here in places(execution)]
    assert [(span.cell, span.line) for span in spans if span] == [(0, 3)]


def test_wrapped_source_is_one_line() -> None:
    execution = ran(HEAD + "y = (x +\n     2)")
    assert source_of(places(execution)[0]) == "x + 2"


def texts(here: object) -> dict[int | str, str]:
    return {key: text for key, (_, text) in argument_spans(here).items()}


def test_operands_of_operators() -> None:
    execution = ran(HEAD + "y = x + 2\nz = 3 * y\ny2 = y ** 2 + 1\nw = -x\nb = x > 1")
    assert [texts(here) for here in places(execution)] == [
        {0: "x", 1: "2"}, {0: "3", 1: "y"}, {0: "y", 1: "2"}, {0: "y ** 2", 1: "1"}, {0: "x"}, {0: "x", 1: "1"},
    ]  # fmt: skip


def test_operands_of_calls() -> None:
    execution = ran(HEAD + "t = x.add(5)\ny = torch.mul(x, 2)\nz = t.add(t.sum(), alpha=3)")
    assert [texts(here) for here in places(execution)] == [
        {0: "x", 1: "5"}, {0: "x", 1: "2"}, {0: "t"}, {0: "t", 1: "t.sum()", "alpha": "3"},
    ]  # fmt: skip


def test_operands_stop_at_a_star() -> None:
    here = places(ran(HEAD + "a = (x, 2)\ny = torch.add(*a, alpha=1)"))[0]
    assert texts(here) == {"alpha": "1"}


def test_an_operand_has_its_span() -> None:
    here = places(ran(HEAD + "y = x + 2"))[0]
    span, text = argument_spans(here)[1]
    assert (text, span.line, span.column, span.end_column) == ("2", 3, 8, 9)


def test_nothing_for_no_place() -> None:
    assert span_of(None) is None
    assert source_of(None) == ""
    assert argument_spans(None) == {}
    assert type(places(ran(HEAD + "y = x + 2"))[0]) is Place


def names(execution: Execution) -> list[str]:
    tape = execution.run.tape
    return [tape.names[id(value)] for value in tape.values if id(value) in tape.names]


def test_the_first_name_stays() -> None:
    assert names(ran(HEAD + "y = x\nz = x + 1\nw = z")) == ["x", "z"]


def test_every_way_of_binding_names() -> None:
    code = """
import torch
a, (b, *c) = torch.ones(1), (torch.ones(2), 3)
class M:
    def __init__(self): self.w = torch.ones(4)
    def __enter__(self): return torch.ones(5)
    def __exit__(self, *rest): pass
m = M()
with m as d: pass
for e in [torch.ones(6)]: pass
def f(parameter):
    local = parameter + 1
    return local
f(torch.ones(7))
if (g := torch.ones(8)) is None: pass
m.inner = M()
m.inner.v = torch.ones(9)
"""
    assert names(ran(code)) == ["a", "b", "self.w", "d", "e", "local", "g", "self.w", "m.inner.v"]


def test_a_notice_belongs_to_its_cell() -> None:
    execution = ran("import torch", "x = torch.tensor([1], requires_grad=True)", "x")
    assert [[notice.code for notice in cell.notices] for cell in execution.cells] == [[], ["integer-requires-grad"], []]
    assert source_of(execution.cells[1].notices[0].here) == "torch.tensor([1], requires_grad=True)"
