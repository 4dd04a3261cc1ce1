"""The whole answer: tensors, operations, modules and backward calls."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.trace.schema.places import Answer, CallError, Cell, FirstError, Span
from app.trace.schema.relations import Relation
from app.trace.schema.values import Index, Number


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
