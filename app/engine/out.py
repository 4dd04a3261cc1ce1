"""`out=`: a function's result written into a tensor that the program gives, by one mechanism for every function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.engine import dtypes
from app.engine.arguments import type_name
from app.engine.errors import TorchError
from app.engine.namespaces import OPERATIONS
from app.engine.returns import ReturnType, named
from app.engine.run import current, grad_mode
from app.engine.tensor import Chain, Tensor
from app.engine.write import write

WITHOUT = frozenset({
    "adaptive_avg_pool1d", "adaptive_max_pool1d", "allclose", "alpha_dropout", "argsort", "argwhere", "as_tensor",
    "asarray", "atleast_1d", "atleast_2d", "atleast_3d", "avg_pool1d", "batch_norm", "bernoulli", "bilinear",
    "binary_cross_entropy_with_logits", "bincount", "block_diag", "broadcast_shapes", "broadcast_tensors",
    "broadcast_to", "can_cast", "cartesian_prod", "celu", "channel_shuffle", "chunk", "clone", "combinations",
    "conj", "constant_pad_nd", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
    "conv_transpose3d", "cosine_similarity", "count_nonzero", "cumulative_trapezoid", "detach", "diag_embed",
    "diagflat", "diagonal", "diagonal_scatter", "dist", "dropout", "dsplit", "einsum", "embedding", "empty_like",
    "equal", "feature_alpha_dropout", "feature_dropout", "finfo", "flatten", "flip", "fliplr", "flipud",
    "from_numpy", "full_like", "gradient", "group_norm", "hsplit", "iinfo", "index_fill", "index_put",
    "instance_norm", "is_complex", "is_floating_point", "is_grad_enabled", "is_inference", "is_nonzero",
    "is_signed", "is_tensor", "isclose", "isfinite", "isinf", "isnan", "isreal", "layer_norm", "manual_seed",
    "masked_fill", "masked_scatter", "max_pool1d", "max_pool2d", "max_pool3d", "meshgrid", "moveaxis", "movedim",
    "narrow", "nonzero_static", "numel", "ones_like", "pairwise_distance", "pdist", "permute", "pixel_shuffle",
    "pixel_unshuffle", "poisson", "positive", "prelu", "promote_types", "put", "rand_like", "randint_like",
    "randn_like", "ravel", "real", "relu", "repeat_interleave", "reshape", "resolve_conj", "resolve_neg",
    "result_type", "rms_norm", "roll", "rot90", "rrelu", "rsub", "scalar_tensor", "select", "select_scatter",
    "selu", "set_printoptions", "slice_scatter", "split", "split_with_sizes", "squeeze", "std_mean", "swapaxes",
    "swapdims", "t", "tensor", "tensor_split", "tile", "trace", "transpose", "trapezoid", "trapz", "tril_indices",
    "triu_indices", "unbind", "unflatten", "unique", "unique_consecutive", "unsqueeze", "var_mean", "vsplit",
    "zeros_like",
})  # fmt: skip
"""Functions of torch itself that take no `out`."""
ROOMS = ("linalg.", "special.", "fft.")


def takes_out(room: str, name: str) -> bool:
    """Whether the function of that name writes into a given tensor; methods and those of torch.nn never do."""
    if room != "torch" or name.endswith("_"):
        return False
    return name.startswith(ROOMS) or ("." not in name and name not in WITHOUT)


def into(name: str, run: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """The call's result in `kwargs["out"]`: a tensor, or a tuple of them for several results."""
    out = kwargs["out"]
    others = {key: value for key, value in kwargs.items() if key != "out"}
    targets = out if isinstance(out, (tuple, list)) else (out,)
    for target in targets:
        if not isinstance(target, Tensor):
            raise TorchError(
                "TypeError", f"{name}(): argument 'out' must be Tensor, not {type_name(target)}", code="arguments"
            )
    _refuse_graph(name, (*args, *others.values(), *targets))
    with grad_mode(False):
        made = run(*args, **others)
        results = made if isinstance(made, tuple) else (made,)
        if isinstance(made, tuple) is not isinstance(out, (tuple, list)) or len(results) != len(targets):
            wanted = "tuple of Tensors" if isinstance(made, tuple) else "Tensor"
            raise TorchError("TypeError", f"{name}(): argument 'out' must be {wanted}, not {type_name(out)}")
        if not all(isinstance(result, Tensor) for result in results):
            raise TorchError("TypeError", f"{name}() got an unexpected keyword argument 'out'", code="arguments")
        for target, result in zip(targets, results, strict=True):
            _fill(target, result)
    if isinstance(made, ReturnType):
        return named(f"{made.name}_out", made.fields, tuple(targets))
    return out


def _refuse_graph(name: str, values: Sequence[Any]) -> None:
    inner = [v for value in values for v in (value if isinstance(value, (tuple, list)) else (value,))]
    if current().grad_enabled and any(isinstance(v, Tensor) and v.requires_grad for v in inner):
        raise TorchError(
            "RuntimeError",
            f"{name}(): functions with out=... arguments don't support automatic differentiation, but one of the "
            "arguments requires grad.",
        )


def _fill(target: Tensor, result: Tensor) -> None:
    """Of another shape the target becomes a tensor of that shape, as PyTorch resizes it."""
    if not dtypes.can_cast(result.dtype, target.dtype):
        raise TorchError(
            "RuntimeError",
            f"result type {result.dtype.title} can't be cast to the desired output type {target.dtype.title}",
        )
    if tuple(target.shape) != tuple(result.shape):
        fresh = Tensor.of(result.array.astype(target.array.dtype))
        if fresh.value.counter is not None and target.value.counter is not None:
            fresh.value.counter.version = fresh.value.version = target.value.counter.version + 1
        current().tape.made(fresh.value, current().here)
        target.chain, target.window = Chain(fresh.value), None
        return
    write(target, OPERATIONS["copy"], (result,), {}, name="copy_")
