"""repr of tensors, to the letter as PyTorch 2.13 prints them."""

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from app.engine.printing.layout import contents_text
from app.engine.printing.options import PrintOptions

_PREFIX = "tensor("
_DEFAULTS = PrintOptions()


def tensor_text(
    array: NDArray[Any],
    *,
    dtype: str | None = None,
    requires_grad: bool = False,
    grad_fn: str | None = None,
    options: PrintOptions = _DEFAULTS,
    parameter: bool = False,
    default_dtype: str = "float32",
) -> str:
    """repr(tensor) of a tensor with these elements.

    `dtype` is the name printed (the array's own unless given); `grad_fn` the node's name, "AddBackward0" or
    "<AddBackward0>"; `parameter` for nn.Parameter; `default_dtype` what torch.set_default_dtype chose.
    """
    suffixes = _size_and_dtype(array, dtype or array.dtype.name, default_dtype, options)
    if grad_fn is not None:
        suffixes.append(f"grad_fn=<{grad_fn.strip('<>')}>")
    elif requires_grad:
        suffixes.append("requires_grad=True")
    body = _PREFIX + contents_text(array, len(_PREFIX), options)
    text = _closed(body, suffixes, options.linewidth)
    return "Parameter containing:\n" + text if parameter else text


def _size_and_dtype(array: NDArray[Any], dtype: str, default_dtype: str, options: PrintOptions) -> list[str]:
    """What the numbers alone do not tell; an empty tensor has none, so it tells more."""
    if array.size == 0:
        sized, implied = array.ndim != 1, {default_dtype}
    else:
        sized, implied = not options.edgeitems, {default_dtype, "int64", "bool"}
    suffixes = [f"size={array.shape}"] if sized else []
    return suffixes if dtype in implied else [*suffixes, f"dtype=torch.{dtype}"]


def _closed(text: str, suffixes: Sequence[str], linewidth: int) -> str:
    """Suffixes go on the last line as far as they fit. PyTorch counts that line two characters too long."""
    used = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if used + len(suffix) + 2 > linewidth:
            text += ",\n" + " " * len(_PREFIX) + suffix
            used = len(_PREFIX) + len(suffix)
        else:
            text += ", " + suffix
            used += len(suffix) + 2
    return text + ")"


def formatted(array: NDArray[Any], specification: str, text: str, type_name: str = "Tensor") -> str:
    """format(tensor, specification): a 0-d tensor formats its number; any other only takes an empty one.

    `text` is the tensor's repr, for that case. ValueError as Python raises it for a specification that the
    number refuses; TypeError for any specification on a tensor with dimensions and on an nn.Parameter.
    """
    if array.ndim == 0 and type_name == "Tensor":
        return format(array.item(), specification)
    if specification:
        raise TypeError(f"unsupported format string passed to {type_name}.__format__")
    return text


def size_text(shape: Sequence[int]) -> str:
    """repr(torch.Size(shape))."""
    return f"torch.Size([{', '.join(map(str, shape))}])"


def return_type_text(name: str, fields: Sequence[tuple[str, str]]) -> str:
    """repr of a named result such as torch.max(x, dim): its name ("max"), then fields with their reprs."""
    return f"torch.return_types.{name}(\n" + ",\n".join(f"{field}={text}" for field, text in fields) + ")"
