"""The form of every answer of the API: design/api.md §2 to §4 as models, from which the OpenAPI page is made.

Answers are not built from these models (that would cost more than the run); a test holds every trace to them.
"""

from app.trace.schema.graph import (
    Accumulated,
    BackwardCall,
    Blocks,
    Checked,
    Hooked,
    Module,
    Operation,
    Root,
    Saved,
    Score,
    Summary,
    Tensor,
    Trace,
)
from app.trace.schema.places import Answer, CallError, Cell, Error, FirstError, Hint, Notice, Place, Span
from app.trace.schema.relations import Curve, Differs, Edges, Ends, Numbers, Relation, Symbol, Units
from app.trace.schema.values import Index, Kind, Number, StructureName

__all__ = [
    "Accumulated",
    "Answer",
    "BackwardCall",
    "Blocks",
    "CallError",
    "Cell",
    "Checked",
    "Curve",
    "Differs",
    "Edges",
    "Ends",
    "Error",
    "FirstError",
    "Hint",
    "Hooked",
    "Index",
    "Kind",
    "Module",
    "Notice",
    "Number",
    "Numbers",
    "Operation",
    "Place",
    "Relation",
    "Root",
    "Saved",
    "Score",
    "Span",
    "StructureName",
    "Summary",
    "Symbol",
    "Tensor",
    "Trace",
    "Units",
]
