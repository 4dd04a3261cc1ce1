"""torch.autograd.functional: Jacobians, Hessians and their products with vectors, row by row."""

import torch
from torch.autograd._tuples import (
    as_tuple,
    filled,
    gradients,
    postprocess,
    preprocess,
    require_graph,
    require_vector,
    unwrapped,
)

OUTPUTS = "outputs of the user-provided function"
FORWARD_ONLY = (
    "Computing Jacobian using forward-AD or forward-over-reverse Hessian isonly implemented for `vectorize=True`."
)


def _called(func, inputs, create_graph, name, strict=False):
    """(whether inputs was a tuple, the leaves, whether outputs is a tuple, the outputs)."""
    is_inputs_tuple, row = as_tuple(inputs, "inputs", name)
    row = preprocess(row, create_graph)
    is_outputs_tuple, outputs = as_tuple(func(*row), OUTPUTS, name)
    require_graph(outputs, "outputs", strict)
    return is_inputs_tuple, row, is_outputs_tuple, outputs


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"):
    """∂(every element of the outputs) / ∂(every element of the inputs), one backward pass per output element."""
    if strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError(
            'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your function has more outputs '
            'than inputs, "forward-mode" tends to be more performant. Otherwise, prefer to use "reverse-mode".'
        )
    if strategy == "forward-mode" and not vectorize:
        raise NotImplementedError(FORWARD_ONLY)
    with torch.enable_grad():
        is_inputs_tuple, row, is_outputs_tuple, outputs = _called(func, inputs, create_graph, "jacobian", strict)
        blocks = tuple(_rows(place, out, row, create_graph, strict) for place, out in enumerate(outputs))
    return unwrapped(postprocess(blocks, create_graph), is_outputs_tuple, is_inputs_tuple)


def _rows(place, out, inputs, create_graph, strict):
    """The Jacobians of one output by every input, of shape output × input."""
    columns = tuple([] for _ in inputs)
    for j in range(out.nelement()):
        found = gradients((out.reshape(-1)[j],), inputs, retain_graph=True, create_graph=create_graph)
        for k, (column, g, x) in enumerate(zip(columns, found, inputs, strict=False)):
            if g is None and strict:
                raise RuntimeError(
                    f"Output {place} of the user-provided function is independent of input {k}. This is not allowed in "
                    "strict mode."
                )
            if g is not None and strict and create_graph and not g.requires_grad:
                raise RuntimeError(
                    "The jacobian of the user-provided function is independent of "
                    f"input {place}. This is not allowed in strict mode when create_graph=True."
                )
            column.append(torch.zeros_like(x) if g is None else g)
    return tuple(_stacked(column, out, x) for column, x in zip(columns, inputs, strict=False))


def _stacked(rows, out, x):
    if not rows:
        return torch.zeros(*out.size(), *x.size(), dtype=x.dtype)
    return torch.stack(rows, dim=0).view(out.size() + x.size())


def hessian(
    func,
    inputs,
    create_graph=False,
    strict=False,
    vectorize=False,
    outer_jacobian_strategy="reverse-mode",
):
    """The Jacobian of the gradient of a scalar function."""
    is_inputs_tuple, row = as_tuple(inputs, "inputs", "hessian")

    def single(*given):
        out = func(*given)
        is_tuple, outputs = as_tuple(out, OUTPUTS, "hessian")
        require_graph(outputs, "outputs", strict)
        if is_tuple:
            raise RuntimeError("The function given to hessian should return a single Tensor")
        if out.nelement() != 1:
            raise RuntimeError("The Tensor returned by the function given to hessian should contain a single element")
        return out.squeeze()

    def slopes(*given):
        found = jacobian(single, given, create_graph=True)
        require_graph(found, "jacobian", strict)
        return found

    found = jacobian(slopes, row, create_graph=create_graph, strict=strict)
    return unwrapped(found, is_inputs_tuple, is_inputs_tuple)


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """(outputs, v · Jacobian): one backward pass."""
    with torch.enable_grad():
        is_inputs_tuple, row, is_outputs_tuple, outputs = _called(func, inputs, create_graph, "vjp", strict)
        vectors = None
        if v is not None:
            _, vectors = as_tuple(v, "v", "vjp")
            vectors = tuple(each if create_graph and each.requires_grad else each.detach() for each in vectors)
            require_vector(vectors, outputs, is_outputs_tuple)
        elif len(outputs) != 1 or outputs[0].nelement() != 1:
            raise RuntimeError(
                "The vector v can only be None if the user-provided function returns a single Tensor with a single "
                "element."
            )
        found = gradients(outputs, row, vectors, create_graph=create_graph)
        product = filled(found, row, create_graph, strict)
    return (
        unwrapped(postprocess(outputs, create_graph), is_outputs_tuple),
        unwrapped(postprocess(product, create_graph), is_inputs_tuple),
    )


def _tangents(v, row, is_inputs_tuple, name, create_graph):
    """The vector by which inputs move; a single number may leave it out."""
    if v is None:
        if len(row) != 1 or row[0].nelement() != 1:
            raise RuntimeError(
                "The vector v can only be None if the input to the user-provided function is a single Tensor with a "
                "single element."
            )
        return (torch.ones_like(row[0]),)
    _, vectors = as_tuple(v, "v", name)
    vectors = tuple(each if create_graph and each.requires_grad else each.detach() for each in vectors)
    require_vector(vectors, row, is_inputs_tuple)
    return vectors


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """(outputs, Jacobian · v) by two backward passes: the vjp is linear in its vector, and its transpose is the jvp."""
    is_tuple, row = as_tuple(inputs, "inputs", "jvp")
    with torch.enable_grad():
        vectors = _tangents(v, row, is_tuple, "jvp", create_graph)
        _, row, is_outputs_tuple, outputs = _called(func, inputs, create_graph, "jvp", strict)
        weights = tuple(torch.zeros_like(out, requires_grad=True) for out in outputs)
        found = gradients(outputs, row, weights, create_graph=True)
        require_graph([g for g in found if g is not None], "outputs", strict)
        second = gradients(found, weights, vectors, create_graph=create_graph)
        product = filled(second, outputs, create_graph, strict, "back_trick")
    return (
        unwrapped(postprocess(outputs, create_graph), is_outputs_tuple),
        unwrapped(postprocess(product, create_graph), is_outputs_tuple),
    )


def _scalar(func, inputs, v, create_graph, strict, name):
    """What both Hessian products start with: the gradient of a scalar function, recorded."""
    is_tuple, row = as_tuple(inputs, "inputs", name)
    vectors = _tangents(v, row, is_tuple, name, create_graph)
    _, row, is_outputs_tuple, outputs = _called(func, inputs, create_graph, name, strict)
    if is_outputs_tuple or not isinstance(outputs[0], torch.Tensor):
        raise RuntimeError(f"The function given to {name} should return a single Tensor")
    if outputs[0].nelement() != 1:
        raise RuntimeError(f"The Tensor returned by the function given to {name} should contain a single element")
    slopes = gradients(outputs, row, create_graph=True)
    return is_tuple, row, vectors, outputs, slopes


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    """(output, v · Hessian): the vjp of the gradient."""
    with torch.enable_grad():
        is_tuple, row, vectors, outputs, slopes = _scalar(func, inputs, v, create_graph, strict, "vhp")
        require_graph(slopes, "jacobian", strict)
        found = gradients(slopes, row, vectors, create_graph=create_graph)
        product = filled(found, row, create_graph, strict, "double_back")
    return (
        postprocess(outputs, create_graph)[0],
        unwrapped(postprocess(product, create_graph), is_tuple),
    )


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """(output, Hessian · v): the jvp of the gradient, by the same trick."""
    with torch.enable_grad():
        is_tuple, row, vectors, outputs, slopes = _scalar(func, inputs, v, create_graph, strict, "hvp")
        require_graph(slopes, "jacobian", strict)
        weights = tuple(torch.zeros_like(x, requires_grad=True) for x in row)
        second = gradients(slopes, row, weights, create_graph=True)
        third = gradients(second, weights, vectors, create_graph=create_graph)
        product = filled(third, row, create_graph, strict, "double_back_trick")
    return (
        postprocess(outputs, create_graph)[0],
        unwrapped(postprocess(product, create_graph), is_tuple),
    )
