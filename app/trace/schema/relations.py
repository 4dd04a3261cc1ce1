"""What joins one output of an operation to one input: its units, edges and numbers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.trace.schema.places import Answer
from app.trace.schema.values import Index, Kind, Number, StructureName


class Units(Answer):
    """Connected groups of edges: how many, and the sizes of the first."""

    count: Index
    inputs: Index
    outputs: Index


class Edges(Answer):
    """Three columns, ordered by output, then input: flat element indices and ∂(output)/∂(input)."""

    input: list[Index] = Field(examples=[[0, 1]])
    output: list[Index] = Field(examples=[[0, 1]])
    weight: list[Number] = Field(examples=[[2, 4]])


class Symbol(Answer):
    """The weight of some edges in LaTeX."""

    where: Literal["all", "diagonal", "off-diagonal"]
    tex: str = Field(examples=["b_i"])


class Numbers(Answer):
    """A few elements of one tensor, with their numbers."""

    elements: list[Index] = Field(description="flat, row-major")
    values: list[Number]
    scores: list[Number] | None = Field(description="in the focus call; null where no score came")


class Ends(Answer):
    """The elements that the edges of one answer join."""

    input: Numbers
    output: Numbers


class Curve(Answer):
    """The function that every element of a one-to-one relation goes through, sampled around its elements."""

    x: list[Number]
    value: list[Number] = Field(description="f, at each x")
    slope: list[Number] = Field(description="the local derivative, at each x")
    left: list[Number] = Field(description="the local derivative just below the input element of each edge")
    right: list[Number] = Field(description="and just above it")


class Differs(Answer):
    """The edge of a relation that is furthest from the difference quotient."""

    input: Index = Field(description="flat element index")
    output: Index = Field(description="flat element index")
    weight: Number = Field(description="what the learner's backward gives")
    quotient: Number = Field(description="what moving the input element gives")


class Relation(Answer):
    """All edges between one floating input and one differentiable output of an operation."""

    input: Index = Field(description="position in inputs")
    output: Index = Field(description="position in outputs")
    carries: bool = Field(description="false: no score goes to that input")
    selects: bool = Field(description="true: an edge of weight 0 gives 0 whatever the score")
    structure: StructureName
    kind: Kind | None = Field(description="null without edges")
    units: Units
    edge_count: Index
    complete: bool
    edges: Edges | None = Field(description="over the budget: the first whole units; null if not even one fits")
    local: str = Field(examples=[r"\frac{\partial o_i}{\partial a_i} = b_i"], description="LaTeX of the rule")
    symbols: list[Symbol]
    differs: Differs | None = Field(None, description="a learner's own backward is not the derivative of its forward")
    unknown: bool | None = Field(
        None, description="true: a learner's own backward whose edges could not be found (too large, or it fails)"
    )
    numbers: Ends | None = Field(None, description="only in answers of /api/edges")
    curve: Curve | None = Field(None, description="only where /api/edges was asked for it; null if elements differ")
