"""What the functional interface does with its arguments and results: one tensor stands for a tuple of one."""

import torch


def as_tuple(given, what, name):
    """(whether it was a tuple, the tensors); TypeError for anything else."""
    is_tuple = isinstance(given, tuple)
    row = given if is_tuple else (given,)
    for place, each in enumerate(row):
        if not isinstance(each, torch.Tensor):
            if is_tuple:
                raise TypeError(
                    f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but the value at index "
                    f"{place} has type {type(each)}."
                )
            raise TypeError(
                f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but the given {what} has "
                f"type {type(each)}."
            )
    return is_tuple, row


def preprocess(inputs, create_graph):
    """Leaves to differentiate by; under create_graph the results stay joined to inputs that have a history."""
    row = []
    for each in inputs:
        joined = create_graph and each.requires_grad
        row.append(each.view_as(each) if joined else each.detach().requires_grad_())
    return tuple(row)


def postprocess(results, create_graph):
    """Results without history unless it was asked for; nested tuples as they are."""
    if isinstance(results, torch.Tensor):
        return results if create_graph else results.detach()
    return tuple(postprocess(each, create_graph) for each in results)


def unwrapped(results, *nestings):
    """Tuples of one taken off where one tensor was given."""
    if len(nestings) == 1:
        return results if nestings[0] else results[0]
    row = tuple(unwrapped(each, *nestings[1:]) for each in results)
    return row if nestings[0] else row[0]


def require_graph(outputs, kind, strict):
    """In strict mode every output has to depend on something that requires grad."""
    if not strict:
        return
    for place, each in enumerate(outputs):
        if each is None:
            raise RuntimeError(
                f"The output of the user-provided function is independent of input {place}. This is not allowed in "
                "strict mode."
            )
        if not each.requires_grad and kind == "hessian":
            raise RuntimeError(
                f"The hessian of the user-provided function with respect to input {place} is independent of the input. "
                "This is not allowed in strict mode. You should ensure that your function is thrice differentiable and "
                "the hessian depends on the inputs."
            )
        if not each.requires_grad and kind == "jacobian":
            raise RuntimeError(
                "While computing the hessian, found that the jacobian of the user-provided function with respect to "
                f"input {place} is independent of the input. This is not allowed in strict mode. You should ensure "
                "that your function is twice differentiable and that the jacobian depends on the inputs (this would be "
                "violated by a linear function for example)."
            )
        if not each.requires_grad and kind == "outputs":
            raise RuntimeError(
                f"Output {place} of the user-provided function does not require gradients. The outputs must be "
                "computed in a differentiable manner from the input when running in strict mode."
            )


def require_vector(v, like, is_tuple):
    """The vector of a product has one entry per tensor, of its shape."""
    if len(v) != len(like):
        if is_tuple:
            raise RuntimeError(f"v is a tuple of invalid length: should be {len(like)} but got {len(v)}.")
        raise RuntimeError("The given v should contain a single Tensor.")
    for place, (entry, other) in enumerate(zip(v, like, strict=False)):
        if entry.size() != other.size():
            where = f"Entry {place} in " if is_tuple else ""
            raise RuntimeError(f"{where}v has invalid size: should be {other.size()} but got {entry.size()}.")


def gradients(outputs, inputs, vectors=None, create_graph=False, retain_graph=None):
    """torch.autograd.grad of the outputs that have a graph; None for inputs that none of them depends on."""
    vectors = (None,) * len(outputs) if vectors is None else vectors
    kept = [(o, v) for o, v in zip(outputs, vectors, strict=False) if o is not None and o.requires_grad]
    if not kept:
        return (None,) * len(inputs)
    return torch.autograd.grad(
        [o for o, _ in kept],
        inputs,
        [v for _, v in kept],
        allow_unused=True,
        create_graph=create_graph,
        retain_graph=retain_graph,
    )


def filled(results, like, create_graph, strict=False, kind="back"):
    """Zeros for what is independent; in strict mode that is an error."""
    row = []
    for place, (each, other) in enumerate(zip(results, like, strict=False)):
        if each is None and strict:
            _refuse(place, kind)
        row.append(torch.zeros_like(other) if each is None else each)
    return tuple(row)


def _refuse(place, kind):
    if kind == "double_back":
        require_graph([torch.zeros(1)] * (place + 1), "jacobian", True)
    if kind == "back_trick":
        raise RuntimeError(
            f"The gradient with respect to the input is independent of entry {place} in the grad_outputs when using "
            "the double backward trick to compute forward mode gradients. This is not allowed in strict mode."
        )
    raise RuntimeError(
        f"The output of the user-provided function is independent of input {place}. This is not allowed in strict mode."
    )
