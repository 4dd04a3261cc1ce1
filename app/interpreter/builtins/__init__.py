"""Python's built-in functions and types, run by ourselves on the closed universe of values."""

from __future__ import annotations

from app.interpreter.builtins.attributes import ATTRIBUTES
from app.interpreter.builtins.characters import CHARACTERS
from app.interpreter.builtins.constructors import TYPES
from app.interpreter.builtins.inquiries import INQUIRIES
from app.interpreter.builtins.iterators import ITERATORS
from app.interpreter.builtins.numeric import NUMERIC
from app.interpreter.builtins.output import OUTPUT
from app.interpreter.exceptions import EXCEPTIONS, OBJECT
from app.interpreter.records import Builtin

FUNCTIONS = {**OUTPUT, **NUMERIC, **ITERATORS, **INQUIRIES, **CHARACTERS, **ATTRIBUTES}
BUILTINS: dict[str, object] = {
    **{name: Builtin(name, run) for name, run in FUNCTIONS.items()},
    **TYPES,
    **EXCEPTIONS,
    "object": OBJECT,
    "NotImplemented": NotImplemented,
    "Ellipsis": ...,
}
