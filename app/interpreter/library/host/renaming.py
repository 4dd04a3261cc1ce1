"""One function under the name of each class that takes it over: PyTorch has written it in every one of them."""

from __future__ import annotations

from dataclasses import replace

from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Function, Keywords


@primitive("renamed")
def _renamed(machine: Machine, arguments: Arguments, keywords: Keywords) -> Function:
    """`_host.renamed(function, qualname)`: errors about its arguments call it so."""
    function, qualname = arguments
    assert type(function) is Function
    return replace(function, qualname=str(qualname))
