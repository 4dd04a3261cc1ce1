"""Leaves to differentiate by, and results as they leave: what one level of a transformation needs."""

import _host
import torch
from torch.func._trees import flatten, mapped


def entered(tree):
    """(the tree with every tensor as one to differentiate by, those tensors, which of them are leaves of our own).

    A tensor that has a history of its own stays joined to it, so that transformations nest.
    """
    leaves, rebuild = flatten(tree)
    row = []
    own = []
    for each in leaves:
        if isinstance(each, torch.Tensor):
            if not each.is_floating_point():
                raise RuntimeError("only Tensors of floating point dtype can require gradients")
            joined = each.requires_grad
            each = each.view_as(each) if joined else each.detach().requires_grad_()
            if not joined:
                own.append(each)
        row.append(each)
    return rebuild(row), [each for each in row if isinstance(each, torch.Tensor)], own


def left(tree, own):
    """Results without a history where it leads nowhere but to leaves of our own."""

    def leave(each):
        if isinstance(each, torch.Tensor) and each.requires_grad and not _host.hangs_on_others(each, own):
            return each.detach()
        return each

    return mapped(leave, tree)


def differentiated(outputs, inputs, vectors):
    """The gradients of the inputs, recorded; zeros for what nothing depends on."""
    kept = [(o, v) for o, v in zip(outputs, vectors, strict=False) if o.requires_grad]
    if not kept or not inputs:
        return [torch.zeros_like(x) for x in inputs]
    found = torch.autograd.grad(
        [o for o, _ in kept], inputs, [v for _, v in kept], create_graph=True, allow_unused=True
    )
    return [torch.zeros_like(x) if g is None else g for g, x in zip(found, inputs, strict=False)]


def chosen(args, argnums):
    """The arguments to differentiate by: one, or a tuple of them."""
    if isinstance(argnums, int):
        return args[_place(argnums, len(args))]
    if isinstance(argnums, tuple):
        if not argnums:
            raise RuntimeError("argnums must be non-empty")
        return tuple(args[_place(each, len(args))] for each in argnums)
    raise RuntimeError(f"argnum should be int or tuple of ints, got: {type(argnums)}")


def _place(argnum, count):
    if not -count <= argnum < count:
        raise RuntimeError(f"Got argnum={argnum}, but only {count} positional inputs")
    return argnum % count


def replaced(args, argnums, new):
    """The arguments with the chosen ones replaced."""
    row = list(args)
    if isinstance(argnums, int):
        row[_place(argnums, len(args))] = new
    else:
        for place, each in zip(argnums, new, strict=False):
            row[_place(place, len(args))] = each
    return row
