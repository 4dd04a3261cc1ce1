"""A learner's own function (torch.autograd.Function) as an operation: applied, walked backward, and examined."""

from app.engine.own.apply import Application, Marks
from app.engine.own.kept import Kept, keep
from app.engine.own.operation import Own

__all__ = ["Application", "Kept", "Marks", "Own", "keep"]
