"""What single values of an answer look like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

NonFinite = Literal["NaN", "Infinity", "-Infinity"]
Number = bool | int | float | NonFinite | Annotated[str, Field(pattern=r"^-?\d+$")]
"""The shortest decimal that reads back in the tensor's dtype; integers beyond 2^53, inf and nan are strings."""
Index = Annotated[int, Field(ge=0)]
Kind = Literal["one-to-one", "one-to-many", "many-to-one", "many-to-many"]
StructureName = Literal["elementwise", "reduction", "rearrangement", "block", "contraction", "explicit", "implicit"]
