"""What a request may say. Whatever else it says is refused, with the place but never with its own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.interpreter.paste import split_cells
from app.trace.graph import Limits as Budgets

CELLS = 200
INDEX = 2**53 - 1


def whole(value: object) -> object:
    """2.0 is the integer 2: JSON has one kind of number, and its schemas say so too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Index = Annotated[int, Field(ge=0, le=INDEX), BeforeValidator(whole)]
Seed = Annotated[int, Field(ge=0, lt=2**64), BeforeValidator(whole)]
MOST = Budgets()

FIRST_PROGRAM = """import torch
x = torch.ones(2, 2, requires_grad=True)
y = x * x
y.sum().backward()
print(x.grad)"""


def fields(model: type[BaseModel]) -> list[str]:
    """The names of a model's fields, as a request writes them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def only(without: Iterable[str], **said: str) -> JsonDict:
    """The part of a schema for which `said` hold values of these types, and the fields `without` none."""
    types = {**said, **dict.fromkeys(without, "null")}
    return {"required": list(said), "properties": {name: {"type": type} for name, type in types.items()}}


# What the validators below demand, for those who read the schema and not the code.
ONE_PROGRAM: JsonDict = {"oneOf": [only(["code"], cells="array"), only(["cells"], code="string")]}
RELATION = {"op": "integer", "input": "integer", "output": "integer"}
ONE_QUESTION: JsonDict = {
    "oneOf": [
        only(["of_inputs", "from", "to"], **RELATION, of_outputs="array"),
        only(["of_outputs", "from", "to"], **RELATION, of_inputs="array"),
        only([*RELATION, "of_outputs", "of_inputs"], **{"from": "integer", "to": "integer"}),
    ]
}


class Limits(BaseModel):
    """Lowers the budgets of the response; a number above the server's own changes nothing."""

    model_config = ConfigDict(strict=True, extra="forbid")

    edges: Index | None = Field(None, description=f"edges described; at most {MOST.edges}")
    values: Index | None = Field(
        None, description=f"numbers described; at most {MOST.values}, {MOST.values_per_tensor} per tensor"
    )
    ops: Index | None = Field(None, description=f"operations described; at most {MOST.ops}")


class Program(BaseModel):
    """A program and how to run it: either `cells` or `code`."""

    model_config = ConfigDict(strict=True, extra="forbid", validate_by_name=True)

    cells: list[str] | None = Field(
        None, min_length=1, max_length=CELLS, description="notebook cells, run in order in one namespace"
    )
    code: str | None = Field(None, description="one text instead of `cells`, split at `# %%` lines")
    limits: Limits | None = None
    strict: bool = Field(False, description="integer tensors that require grad raise, as PyTorch does today")
    seed: Seed = Field(0, description="where a program that never seeds draws from")

    @model_validator(mode="after")
    def _one_program(self) -> Self:
        if (self.cells is None) == (self.code is None):
            raise ValueError("give either cells or code")
        return self

    def arguments(self) -> dict[str, Any]:
        """The request as the worker takes it: `cells`, and whatever else was said."""
        said = self.model_dump(exclude={"code", "cells"}, exclude_none=True)
        return {"cells": self.cells if self.cells is not None else split_cells(self.code or ""), **said}


class TraceRequest(Program):
    """Run a program and describe its graph and its backward calls."""

    model_config = ConfigDict(json_schema_extra={**ONE_PROGRAM, "examples": [{"cells": [FIRST_PROGRAM]}]})

    focus: Index | None = Field(None, description="backward call that the budgets serve first; default: the last")


class EdgesRequest(Program):
    """Run a program and give some edges: of chosen elements of one relation, or between two tensors."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [ONE_PROGRAM, ONE_QUESTION],
            "examples": [
                {"cells": [FIRST_PROGRAM], "op": 0, "input": 0, "output": 0, "of_outputs": [0, 1]},
                {"cells": [FIRST_PROGRAM], "from": 0, "to": 2},
            ],
        }
    )

    op: Index | None = Field(None, description="id of an operation")
    input: Index | None = Field(None, description="position in its inputs")
    output: Index | None = Field(None, description="position in its outputs")
    of_outputs: list[Index] | None = Field(None, description="flat indices of output elements")
    of_inputs: list[Index] | None = Field(None, description="flat indices of input elements")
    from_: Index | None = Field(None, alias="from", description="id of the tensor that paths start from")
    to: Index | None = Field(None, description="id of the tensor that paths end in")
    focus: Index | None = Field(None, description="backward call whose scores are told; default: the last")
    curve: bool = Field(False, description="with the function and its derivative, where the elements share one")

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        relation = (self.op, self.input, self.output)
        paths = (self.from_, self.to)
        elements = (self.of_outputs is not None) + (self.of_inputs is not None)
        if all(part is not None for part in relation) and paths == (None, None) and elements == 1:
            return self
        if all(part is not None for part in paths) and relation == (None, None, None) and elements == 0:
            return self
        raise ValueError("give op, input, output and one of of_outputs, of_inputs; or from and to")
