"""The form of every answer of the API: design/api.md §2 to §4 as models, from which the OpenAPI page is made.

Answers are not built from these models (that would cost more than the run); a test holds every trace to them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

NonFinite = Literal["NaN", "Infinity", "-Infinity"]
Number = bool | int | float | NonFinite | Annotated[str, Field(pattern=r"^-?\d+$")]
"""The shortest decimal that reads back in the tensor's dtype; integers beyond 2^53, inf and nan are strings."""
Index = Annotated[int, Field(ge=0)]
Kind = Literal["one-to-one", "one-to-many", "many-to-one", "many-to-many"]
StructureName = Literal["elementwise", "reduction", "rearrangement", "block", "contraction", "explicit", "implicit"]


class Answer(BaseModel):
    """What all parts share: documented fields keep their meaning, further ones may be added."""

    model_config = ConfigDict(extra="allow", strict=True)


class Place(Answer):
    """A stretch of the sent text: lines from 1, columns from 0 in UTF-16 code units, the end exclusive."""

    line: int = Field(ge=1, examples=[4])
    column: Index = Field(examples=[4])
    end_line: int = Field(ge=1, examples=[4])
    end_column: Index = Field(examples=[9])


class Span(Place):
    """A place in one cell, counted from 0."""

    cell: Index = Field(examples=[0])


class Hint(Answer):
    """Our explanation of an error, in every language."""

    code: str = Field(examples=["non-scalar-root"])
    en: str
    zh: str
    values: dict[str, Any] = Field(
        {}, description="what the explanation is about: names, sizes and shapes of this error", examples=[{"count": 6}]
    )


class Error(Answer):
    """An error of the program. Type and message are PyTorch's own where it has them."""

    type: str = Field(examples=["RuntimeError"])
    message: str = Field(examples=["grad can be implicitly created only for scalar outputs"])
    line: int | None = Field(ge=1, examples=[5], description="null when no place is known")
    column: Index | None = Field(examples=[0])
    end_line: int | None = Field(ge=1, examples=[5])
    end_column: Index | None = Field(examples=[12])
    hint: Hint | None
    calls: list[Span] | None = Field(None, description="the calls that led there, outermost first")


class FirstError(Error):
    """The error of the first cell that failed."""

    cell: Index


class CallError(Error):
    """The error of a backward call."""

    op: Index | None = Field(description="the operation that could not be passed; null if the walk never started")


class Notice(Answer):
    """What the reader should know although the program went on."""

    code: str = Field(examples=["integer-requires-grad"])
    line: int | None = Field(ge=1, examples=[2])
    en: str
    zh: str


class Cell(Answer):
    """What one notebook cell did."""

    stdout: str = Field(examples=["tensor([4., 8.])\n"])
    result: str | None = Field(description="repr of a trailing expression; null for None")
    error: Error | None
    notices: list[Notice]


class Blocks(Answer):
    """Extremes of the last two dims, cut into at most 16 × 16 blocks."""

    shape: tuple[Index, Index] | list[Index] = Field(examples=[[16, 16]])
    min: list[Number]
    max: list[Number]


class Summary(Answer):
    """What is told of a tensor whose numbers are not sent. Extremes and mean are of its finite numbers."""

    min: Number
    max: Number
    mean: Number
    nonfinite: Index
    blocks: Blocks | None = Field(description="null for a tensor without elements")


class Tensor(Answer):
    """One value. A write in place makes a new value of the same tensor."""

    id: Index
    name: str | None = Field(examples=["x"], description="the first variable or dotted attribute it was bound to")
    label: str = Field(examples=["torch.ones(2, 2, requires_grad=True)"], description="its source text")
    version: Index
    constant: bool = Field(description="a number of the program that an operation took as a tensor")
    shape: list[Index] = Field(examples=[[2, 2]])
    dtype: str = Field(examples=["float32"])
    requires_grad: bool
    is_leaf: bool
    op: Index | None = Field(description="the operation that made it")
    values: list[Number] | None = Field(description="flat, row-major; null over the budget")
    summary: Summary | None = Field(None, description="only where values is null")
    grad: list[Number] | None = Field(description=".grad when the program ended, on the newest value of its tensor")
    span: Span | None


class Saved(Answer):
    """A value kept for backward: an input or an output, at the version that it had."""

    input: Index | None = Field(None, description="position in inputs")
    output: Index | None = Field(None, description="position in outputs")
    inner: Index | None = Field(None, description="a value that only a learner's own function knows")
    version: Index


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


class Checked(Answer):
    """Central differences of a learner's forward in double precision against the learner's backward."""

    elements: Index = Field(description="input elements that were moved")
    of: Index = Field(description="how many there are")


class Operation(Answer):
    """One call or operator that the program wrote."""

    id: Index
    name: str = Field(examples=["mul"])
    grad_fn: str | None = Field(examples=["MulBackward0"], description="null when nothing was recorded")
    params: dict[str, Any] = Field(examples=[{"dim": 1, "keepdim": False}])
    inputs: list[Index] = Field(description="ids of tensors")
    outputs: list[Index] = Field(description="ids of tensors")
    saved: list[Saved] = Field(description="empty exactly when a second backward can pass")
    relations: list[Relation]
    forward: str | None = Field(
        None, examples=[r"\sin x"], description="LaTeX of what it computes; operands are x, or a, b, c, …"
    )
    derives: Index | None = Field(None, description="the backward call under create_graph that ran it, if one did")
    module: Index | None = Field(None, description="the innermost module call that it ran in")
    of_op: Index | None = Field(None, description="the operation whose backward it is a part of, with derives")
    custom: bool | None = Field(None, description="true: a learner's own torch.autograd.Function")
    checked: Checked | None = Field(None, description="how its backward was held against its forward, if it could be")
    linear: bool | None = Field(
        None, description="false: its backward bends the gradient, so that edges do not tell what it passes on"
    )
    span: Span | None


class Module(Answer):
    """One call of a module: the operations that ran until it returned, those of the calls inside it included.

    Together they are one relation from its inputs to its outputs: /api/edges answers it between two of their ids.
    """

    id: Index
    name: str | None = Field(examples=["net.fc1"], description="null for one that no variable and no module holds")
    class_: str = Field(alias="class", examples=["Linear"])
    parent: Index | None = Field(description="the module call around it")
    ops: list[Index] = Field(description="in the order in which they ran")
    inputs: list[Index] = Field(description="tensors that flow in from outside")
    outputs: list[Index] = Field(description="tensors made inside that it returned or that flow out")
    parameters: list[Index] = Field(description="tensors of its own that its operations used: parameters and buffers")
    span: Span | None


class Root(Answer):
    """Where a backward call starts, with its starting scores."""

    tensor: Index
    gradient: list[Number] | None = Field(description="null when it could not be made")


class Score(Answer):
    """∂(root · gradient) / ∂(element) in one backward call."""

    tensor: Index
    values: list[Number] | None = Field(description="null over the budget")
    summary: Summary | None = Field(None, description="only where values is null")
    through: list[Index] | None = Field(
        None, description="other values of the same tensor, changed unseen by autograd, whose scores are in it"
    )


class Accumulated(Answer):
    """One booking in a `.grad` drawer."""

    tensor: Index
    before: list[Number] | None
    after: list[Number] | None = Field(description="null over the budget")


class Hooked(Answer):
    """A gradient that a hook changed: a tensor's score, or what goes into or comes out of an operation's backward."""

    tensor: Index | None
    op: Index | None
    input: Index | None = Field(None, description="position in the operation's inputs: what it hands on")
    output: Index | None = Field(None, description="position in the operation's outputs: what it is given")
    before: list[Number] | None = Field(description="null over the budget")
    after: list[Number] | None = Field(description="null over the budget")
    span: Span | None = Field(description="where the hook was registered")


class BackwardCall(Answer):
    """One call of backward or autograd.grad, as far as it came."""

    id: Index
    call: Literal["backward", "grad"]
    span: Span | None
    after_op: Index = Field(description="operations that had run before the call")
    roots: list[Root]
    inputs: list[Index] | None
    retain_graph: bool
    create_graph: bool
    order: list[Index] = Field(description="operations as walked")
    scores: list[Score] = Field(description="every tensor that the walk reached and no other")
    accumulated: list[Accumulated]
    retained: list[Accumulated] = Field(
        default_factory=list, description="the same for intermediates that asked for it with retain_grad()"
    )
    results: list[list[Number] | None] | None = Field(None, description="the answers of autograd.grad")
    hooks: list[Hooked] = Field(
        default_factory=list, description="in the order in which they ran; scores are after them"
    )
    error: CallError | None
    told: bool = Field(
        True, description="false: over the budget of operations; roots, scores and bookings are left out"
    )


class Trace(Answer):
    """A program's run, also of one that failed: everything up to the failure."""

    error: FirstError | None
    cells: list[Cell]
    tensors: list[Tensor] = Field(description="in order of creation")
    ops: list[Operation] = Field(description="in the order in which they ran")
    modules: list[Module] = Field(
        default_factory=list, description="calls of modules that hold a described operation, in the order of calling"
    )
    backward: list[BackwardCall]
    ops_total: Index | None = Field(None, description="how many operations ran, described or not")
