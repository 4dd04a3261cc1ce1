"""torch.func: gradients and products with vectors as functions of functions."""

import torch
from torch.func._levels import chosen, differentiated, entered, left, replaced
from torch.func._trees import flatten, mapped

__name__ = "torch.func"

SCALAR = (
    "grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with {} dims. Maybe you wanted "
    "to use the vjp or jacrev APIs instead?"
)


def grad_and_value(func, argnums=0, has_aux=False):
    """f ↦ (its gradient, its value); the auxiliary answer stands with the value."""

    def wrapper(*args, **kwargs):
        with torch.enable_grad():
            tree, inputs, own = entered(chosen(args, argnums))
            output = func(*replaced(args, argnums, tree), **kwargs)
            aux = None
            if has_aux:
                if not (isinstance(output, tuple) and len(output) == 2):
                    raise RuntimeError(
                        "grad_and_value(f)(*args): output of function f should be a tuple: (output, aux) if has_aux is "
                        "True"
                    )
                output, aux = output
            if not isinstance(output, torch.Tensor):
                raise RuntimeError(
                    f"grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got {type(output)}"
                )
            if output.dim() != 0:
                raise RuntimeError(SCALAR.format(output.dim()))
            found = iter(differentiated([output], inputs, [torch.ones_like(output)]))
            slopes = mapped(lambda each: next(found) if isinstance(each, torch.Tensor) else each, tree)
            slopes, output, aux = left(slopes, own), left(output, own), left(aux, own)
        return (slopes, (output, aux)) if has_aux else (slopes, output)

    return wrapper


def grad(func, argnums=0, has_aux=False):
    """f ↦ its gradient; with has_aux (gradient, auxiliary answer)."""
    both = grad_and_value(func, argnums, has_aux)

    def wrapper(*args, **kwargs):
        slopes, value = both(*args, **kwargs)
        return (slopes, value[1]) if has_aux else slopes

    return wrapper


def vjp(func, *primals, has_aux=False):
    """(f(primals), the function that takes a vector of the outputs to one of the inputs)."""
    with torch.enable_grad():
        tree, inputs, own = entered(primals)
        result = func(*tree)
        aux = None
        if has_aux:
            if not (isinstance(result, tuple) and len(result) == 2):
                raise RuntimeError(
                    "vjp(f, *primals): output of function f should be a tuple: (output, aux) if has_aux is True"
                )
            result, aux = result
        outputs, _ = flatten(result)
    if not outputs or not all(isinstance(out, torch.Tensor) for out in outputs):
        raise RuntimeError(
            "vjp(f, *primals): Expected f to be a function that has non-empty output (tensors), got output of type "
            f"{type(result)}"
        )

    def wrapper(cotangents, retain_graph=True, create_graph=None):
        vectors, _ = flatten(cotangents)
        if len(vectors) != len(outputs):
            raise RuntimeError(
                "Expected pytree structure of cotangents to be the same as pytree structure of outputs to the function."
            )
        with torch.enable_grad():
            found = iter(_transposed(outputs, inputs, vectors))
            answer = mapped(lambda each: next(found) if isinstance(each, torch.Tensor) else each, tree)
            return left(answer, own)

    shown = left(result, own)
    return (shown, wrapper, left(aux, own)) if has_aux else (shown, wrapper)


def _transposed(outputs, inputs, vectors):
    for place, (out, vector) in enumerate(zip(outputs, vectors, strict=False)):
        if vector.shape != out.shape:
            raise RuntimeError(
                f"Mismatch in shape: grad_output[{place}] has a shape of {vector.shape} and output[{place}] has a "
                f"shape of {out.shape}."
            )
    return differentiated(outputs, inputs, vectors)


def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    """(f(primals), Jacobian · tangents) by two backward passes: the vjp is linear, and its transpose is the jvp."""
    if not isinstance(primals, tuple):
        raise RuntimeError(
            "jvp(f, primals, tangents): Expected primals to be a tuple. E.g. it should be valid to call f(*primals)."
        )
    with torch.enable_grad():
        tree, inputs, own = entered(primals)
        directions = [each for each in flatten(tangents)[0] if isinstance(each, torch.Tensor)]
        _require_tangents(inputs, directions)
        result = func(*tree)
        aux = None
        if has_aux:
            result, aux = result
        outputs, rebuild = flatten(result)
        weights = [torch.zeros_like(out, requires_grad=True) for out in outputs]
        own = own + weights
        first = differentiated(outputs, inputs, weights)
        moved = differentiated(first, weights, directions)
        shown, product = left(result, own), left(rebuild(moved), own)
    return (shown, product, left(aux, own)) if has_aux else (shown, product)


def _require_tangents(inputs, directions):
    if len(inputs) != len(directions):
        raise RuntimeError(
            "jvp(f, primals, tangents): Expected primals and tangents to have the same python structure."
        )
    for primal, tangent in zip(inputs, directions, strict=False):
        if primal.shape != tangent.shape:
            raise RuntimeError(
                "Trying to set a forward gradient that has a different size than that of the original Tensor, this is "
                f"not supported. Tensor is of size {list(primal.shape)} while the given forward gradient is of size "
                f"{list(tangent.shape)}."
            )
