"""What was said where: places in the program, errors, notices and cells."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.trace.schema.values import Index


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
