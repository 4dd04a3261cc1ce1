"""Switches of the run: print options, the default type, whether operations are recorded."""

from __future__ import annotations

from typing import Any

from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.registry import expose
from app.engine.run import current


def _print_options(**given: Any) -> None:
    run = current()
    try:
        run.print_options = run.print_options.updated(**given)
    except ValueError as refusal:
        raise TorchError("ValueError", str(refusal)) from None


def _default_dtype(d: DType) -> None:
    if not d.is_floating_point:
        raise TorchError("TypeError", "only floating-point types are supported as the default type")
    current().default_dtype = d


OPTIONS = (
    "int? precision=None, int? threshold=None, int? edgeitems=None, int? linewidth=None, str? profile=None, "
    "bool? sci_mode=None"
)
expose("torch.set_printoptions", (OPTIONS, _print_options))
expose("torch.set_default_dtype", ("dtype d", _default_dtype))
expose("torch.get_default_dtype", ("", lambda: current().default_dtype))
expose("torch.is_grad_enabled", ("", lambda: current().grad_enabled))
