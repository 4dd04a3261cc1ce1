"""torch.func.vmap, by looping: the function runs once for every slice."""

import _host
import torch
from torch.func._trees import flatten

__name__ = "torch.func"


def _name(func):
    return getattr(func, "__name__", repr(func))


def vmap(func, in_dims=0, out_dims=0, randomness="error", *, chunk_size=None):
    """A function of stacked arguments that applies `func` to each slice and stacks the answers."""

    def wrapper(*args, **kwargs):
        leaves, rebuild = flatten(args)
        if not leaves:
            raise ValueError(
                f"vmap({_name(func)})(<inputs>): got no inputs. Maybe you forgot to add inputs, or you are trying to "
                "vmap over a function with no inputs. The latter is unsupported."
            )
        dims = [
            _checked(func, in_dims, dim, leaf)
            for dim, leaf in zip(_dims(func, in_dims, args, leaves), leaves, strict=False)
        ]
        count = _size(dims, leaves)
        _host.notice("vmap-loops", count=count)
        rows = []
        for n in range(count):
            given = rebuild(
                [leaf if dim is None else leaf.select(dim, n) for dim, leaf in zip(dims, leaves, strict=False)]
            )
            rows.append(func(*given, **kwargs))
        return _stacked(func, rows, out_dims)

    return wrapper


def _dims(func, in_dims, args, leaves):
    """One dim or None per leaf: in_dims is one for all, or nested like the arguments as far as it goes."""
    if not isinstance(in_dims, (int, tuple)):
        raise ValueError(
            f"vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>): expected `in_dims` to be int or a (potentially "
            f"nested) tuple matching the structure of inputs, got: {type(in_dims)}."
        )
    if isinstance(in_dims, int):
        return [
            in_dims if isinstance(leaf, torch.Tensor) else _refused(func, in_dims, in_dims, leaf) for leaf in leaves
        ]
    found = _spread(in_dims, args)
    if found is None:
        raise ValueError(
            f"vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>): in_dims is not compatible with the structure of "
            f"`inputs`. in_dims has structure {_structure(in_dims)} but inputs has structure {_structure(args)}."
        )
    return found


def _spread(dims, tree):
    """`dims` repeated for every leaf below it; None where the two do not fit."""
    if dims is None or isinstance(dims, int):
        return [dims] * len(flatten(tree)[0])
    if isinstance(dims, dict) and isinstance(tree, dict):
        pairs = [(dims.get(key, 0), tree[key]) for key in tree] if list(dims) == list(tree) else None
    elif isinstance(dims, (list, tuple)) and isinstance(tree, (list, tuple)) and len(dims) == len(tree):
        pairs = list(zip(dims, tree, strict=False))
    else:
        pairs = None
    if pairs is None:
        return None
    row = []
    for dim, each in pairs:
        below = _spread(dim, each)
        if below is None:
            return None
        row.extend(below)
    return row


def _structure(tree):
    if isinstance(tree, (list, tuple)):
        kind = "list" if isinstance(tree, list) else "tuple"
        return f"TreeSpec({kind}, None, [" + ",\n  ".join(_structure(each) for each in tree) + "])"
    return "*"


def _refused(func, in_dims, dim, leaf):
    raise ValueError(
        f"vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>): Got in_dim={dim} for an input but the input is of "
        f"type {type(leaf)}. We cannot vmap over non-Tensor arguments, please use None as the respective in_dim"
    )


def _checked(func, in_dims, dim, leaf):
    if dim is None:
        return None
    if not isinstance(leaf, torch.Tensor):
        _refused(func, in_dims, dim, leaf)
    if not -leaf.dim() <= dim < leaf.dim():
        raise ValueError(
            f"vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>): Got in_dim={dim} for some input, but that input "
            f"is a Tensor of dimensionality {leaf.dim()} so expected in_dim to satisfy -{leaf.dim()} <= in_dim < "
            f"{leaf.dim()}."
        )
    return dim % leaf.dim()


def _size(dims, leaves):
    sizes = [leaf.size(dim) for dim, leaf in zip(dims, leaves, strict=False) if dim is not None]
    if not sizes:
        raise ValueError("vmap: at least one input has to be mapped over")
    if any(size != sizes[0] for size in sizes):
        raise ValueError(
            f"vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the "
            "mapped dimension"
        )
    return sizes[0]


def _stacked(func, rows, out_dims):
    if not rows:
        raise RuntimeError("not supported yet: torch.vmap over a dimension of size 0")
    first, rebuild = flatten(rows[0])
    for each in first:
        if not isinstance(each, torch.Tensor):
            raise ValueError(
                f"vmap({_name(func)}, ...): `{_name(func)}` must only return Tensors, got type {type(each)}. Did you "
                "mean to set out_dims= to None for output?"
            )
    dims = [out_dims] * len(first) if isinstance(out_dims, int) or out_dims is None else _spread(out_dims, rows[0])
    if dims is None or len(dims) != len(first):
        raise ValueError(
            f"vmap({_name(func)}, ..., out_dims={out_dims}): out_dims is not compatible with the structure of "
            "`outputs`."
        )
    columns = [flatten(row)[0] for row in rows]
    return rebuild(
        [
            each if dim is None else torch.stack([column[k] for column in columns], dim)
            for k, (each, dim) in enumerate(zip(first, dims, strict=False))
        ]
    )
