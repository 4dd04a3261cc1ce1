"""Texts of tensors as PyTorch prints them, and the shortest decimals that the trace sends."""

from app.engine.printing.layout import work
from app.engine.printing.options import PrintOptions
from app.engine.printing.shortest import shortest
from app.engine.printing.text import formatted, return_type_text, size_text, tensor_text

__all__ = ["PrintOptions", "formatted", "return_type_text", "shortest", "size_text", "tensor_text", "work"]
