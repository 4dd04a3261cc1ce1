"""The forms of answers beside the trace itself, for the API's reference."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.trace.schema import Answer, Edges, Error, Index, Kind, Number, Relation, StructureName, Units


class ComposedRelation(Answer):
    """All edges between two tensors: a pair exists where a path does, its weight is the sum over all paths."""

    from_: Index = Field(alias="from", description="id of the tensor that paths start from")
    to: Index = Field(description="id of the tensor that paths end in")
    composite: Literal[True]
    kind: Kind | None = Field(description="null without edges")
    units: Units
    edge_count: Index
    complete: bool
    edges: Edges


class RefusedEdges(Answer):
    """No edges: the question, or the program, went over a budget."""

    error: Error


EdgesAnswer = Relation | ComposedRelation | RefusedEdges


class Column(Answer):
    """A few elements of one tensor, with their numbers."""

    name: str | None = Field(examples=["x"])
    shape: list[Index]
    elements: list[Index] = Field(description="flat, row-major")
    values: list[Number] = Field(description="of these elements")
    scores: list[Number] | None = Field(description="of these elements; null where no score came")


class Picture(Answer):
    """The first units of one relation, small enough to be looked at."""

    kind: Kind | None
    edge_count: Index = Field(description="how many edges the relation has in all")
    carries: bool
    input: Column
    output: Column
    edges: Edges


class SupportedName(Answer):
    """One function that a program may use."""

    name: str = Field(examples=["softmax"])
    spellings: list[str] = Field(examples=[["torch.softmax", "Tensor.softmax"]])
    signatures: list[str]
    operation: bool = Field(description="whether it is recorded for backward")
    kind: Kind | None = Field(description="of the example's relation")
    structure: StructureName | None
    forward: str | None = Field(description="LaTeX")
    local: str | None = Field(description="LaTeX of the local derivative")
    example: str | None = Field(description="a program that shows it")
    picture: Picture | None = Field(description="the example's relation")
