"""Student code → tensors. The code is parsed and interpreted on a closed universe of values; nothing of it
is ever handed to Python's own `exec`."""

from app.interpreter.arguments import argument_spans
from app.interpreter.budget import Budget, Limits
from app.interpreter.cells import CellResult, Execution, run_cells
from app.interpreter.errors import ProgramError
from app.interpreter.library.deferred import compile_all
from app.interpreter.library.host.module_walk import Part, class_name, parts
from app.interpreter.library.listing import public_names
from app.interpreter.paste import split_cells
from app.interpreter.source import Place, Span, source_of, span_of

__all__ = [
    "Budget",
    "CellResult",
    "Execution",
    "Limits",
    "Part",
    "Place",
    "ProgramError",
    "Span",
    "argument_spans",
    "class_name",
    "compile_all",
    "parts",
    "public_names",
    "run_cells",
    "source_of",
    "span_of",
    "split_cells",
]
