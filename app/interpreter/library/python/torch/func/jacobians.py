"""torch.func: whole Jacobians and Hessians."""

import torch
from torch.func._levels import chosen, differentiated, entered, left, replaced
from torch.func._trees import flatten, mapped

__name__ = "torch.func"


def jacrev(func, argnums=0, has_aux=False, *, chunk_size=None, _preallocate_and_copy=False):
    """f ↦ its Jacobian, one backward pass per output element; nested like the output, then like the arguments."""

    def wrapper(*args):
        with torch.enable_grad():
            tree, inputs, own = entered(chosen(args, argnums))
            result = func(*replaced(args, argnums, tree))
            aux = None
            if has_aux:
                if not (isinstance(result, tuple) and len(result) == 2):
                    raise RuntimeError(
                        "jacrev(f)(*args): output of function f should be a tuple: (output, aux) if has_aux is True"
                    )
                result, aux = result
            outputs, _ = flatten(result)
            if not outputs or not all(isinstance(out, torch.Tensor) for out in outputs):
                raise RuntimeError(
                    "jacrev(f)(*args): Expected f to be a function that has non-empty output (tensors), got output of "
                    f"type {type(result)}"
                )
            found = left(mapped(lambda out: _of_output(out, tree, inputs), result), own)
            aux = left(aux, own)
        return (found, aux) if has_aux else found

    return wrapper


def _of_output(out, tree, inputs):
    rows = []
    for j in range(out.numel()):
        unit = torch.zeros_like(out).contiguous()
        unit.view(-1)[j] = 1
        rows.append(differentiated([out], inputs, [unit]))
    blocks = iter([_block([row[k] for row in rows], out, x) for k, x in enumerate(inputs)])
    return mapped(lambda each: next(blocks) if isinstance(each, torch.Tensor) else each, tree)


def _block(rows, out, x):
    if not rows:
        return torch.zeros(*out.shape, *x.shape, dtype=x.dtype)
    return torch.stack(rows, 0).reshape(*out.shape, *x.shape)


def jacfwd(func, argnums=0, has_aux=False, *, randomness="error"):
    """f ↦ its Jacobian: the same numbers as jacrev, for there is no forward mode here to find them column by column."""
    return jacrev(func, argnums, has_aux)


def hessian(func, argnums=0):
    """f ↦ the Jacobian of its Jacobian."""
    return jacfwd(jacrev(func, argnums), argnums)
