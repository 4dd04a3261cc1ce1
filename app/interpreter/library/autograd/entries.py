"""What `torch.autograd` offers beside the engine's functions."""

from __future__ import annotations

from app.interpreter import types
from app.interpreter.library.autograd.context import Context
from app.interpreter.library.autograd.function import FUNCTION
from app.interpreter.library.autograd.hooks import MULTI
from app.interpreter.library.autograd.modes import SWITCHES
from app.interpreter.library.autograd.once import ONCE
from app.interpreter.records import Type

CONTEXT = Type("FunctionCtx", "<class 'torch.autograd.function.FunctionCtx'>", frozenset({Context}))
AUTOGRAD: dict[str, object] = {
    **SWITCHES,
    "autograd.Function": FUNCTION,
    "autograd.function.Function": FUNCTION,
    "autograd.function.FunctionCtx": CONTEXT,
    "autograd.function.once_differentiable": ONCE,
    "autograd.graph.Node": types.GRAD_FN,
    "autograd.graph.register_multi_grad_hook": MULTI,
}
