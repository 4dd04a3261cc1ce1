"""gradcheck and gradgradcheck: the backward pass against central differences, element by element."""

import _host
import torch

__name__ = "torch.autograd.gradcheck"


class GradcheckError(RuntimeError):
    """The derivative that backward gives is not the one that was measured."""


def _tuple(given):
    if isinstance(given, tuple):
        return given
    return tuple(given) if isinstance(given, list) else (given,)


def _needs(x):
    return isinstance(x, torch.Tensor) and x.requires_grad


def _check_inputs(inputs):
    found = False
    for place, x in enumerate(inputs):
        if _needs(x):
            found = True
            if x.dtype != torch.float64:
                _host.notice("gradcheck-single", place=place)
    if not found:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True."
        )


def _outputs(func, inputs):
    return tuple(o for o in _tuple(func(*inputs)) if o.requires_grad)


def _moved(inputs, k, i, by):
    """The inputs with one element of one of them moved; the moved one is a leaf of its own."""
    row = list(inputs)
    x = inputs[k].detach().clone()
    x.view(-1)[i] += by
    row[k] = x.requires_grad_()
    return row


def _numerical(func, inputs, outputs, kept, k, eps):
    """By output: (f(x + eps) − f(x − eps)) / (2 eps), of shape input × output."""
    x = inputs[k].contiguous() if not inputs[k].is_contiguous() else inputs[k]
    row = [*inputs[:k], x, *inputs[k + 1 :]]
    found = [torch.zeros(x.numel(), o.numel(), dtype=o.dtype) for o in outputs]
    for i in range(x.numel()):
        below = [o for o, keep in zip(_tuple(func(*_moved(row, k, i, -eps))), kept, strict=False) if keep]
        above = [o for o, keep in zip(_tuple(func(*_moved(row, k, i, eps))), kept, strict=False) if keep]
        for jacobian, a, b in zip(found, below, above, strict=False):
            jacobian[i] = ((b.detach() - a.detach()) / (2 * eps)).reshape(-1)
    return found


def _analytical(output, leaves):
    """By input: what backward gives for each output element, of shape input × output."""
    found = [torch.zeros(x.numel(), output.numel(), dtype=x.dtype) for x in leaves]
    for j in range(output.numel()):
        unit = torch.zeros_like(output).contiguous()
        unit.view(-1)[j] = 1
        rows = torch.autograd.grad(output, leaves, unit, retain_graph=True, allow_unused=True)
        for jacobian, g in zip(found, rows, strict=False):
            if g is not None:
                jacobian[:, j] = g.detach().reshape(-1)
    return found


def _close(a, n, rtol, atol):
    common = a.dtype if a.dtype == n.dtype else torch.float64
    return torch.allclose(a.to(dtype=common), n.to(dtype=common), rtol, atol)


def _compare(func, inputs, eps, atol, rtol, nondet_tol):
    every = _tuple(func(*inputs))
    kept = [o.requires_grad for o in every]
    outputs = tuple(o for o in every if o.requires_grad)
    places = [k for k, x in enumerate(inputs) if _needs(x)]
    leaves = [inputs[k] for k in places]
    if not outputs:
        _check_constant(func, inputs, every, places, eps)
        return
    numerical = [_numerical(func, inputs, outputs, kept, k, eps) for k in places]
    for i, output in enumerate(outputs):
        analytical, again = _analytical(output, leaves), _analytical(output, leaves)
        for j, a in enumerate(analytical):
            n = numerical[j][i]
            if not _close(a, n, rtol, atol):
                raise GradcheckError(
                    f"Jacobian mismatch for output {i} with respect to input {j},\nnumerical:{n}\nanalytical:{a}\n"
                )
            if not torch.allclose(a, again[j], 0.0, nondet_tol):
                raise GradcheckError(
                    "Backward is not reentrant, i.e., running backward with same input and grad_output multiple times "
                    "gives different values, although analytical gradient matches numerical gradient.The tolerance for "
                    f"nondeterminism was {nondet_tol}."
                )
    _check_linear(outputs, leaves)


def _check_constant(func, inputs, every, places, eps):
    for k in places:
        for n in _numerical(func, inputs, every, [True] * len(every), k, eps):
            if torch.ne(n, 0).sum() > 0:
                raise GradcheckError("Numerical gradient for function expected to be zero")


def _check_linear(outputs, leaves):
    zeros = [torch.zeros_like(o) for o in outputs]
    for g in torch.autograd.grad(outputs, leaves, zeros, allow_unused=True, retain_graph=True):
        if g is not None and not bool((g == 0).all()):
            raise GradcheckError("backward not multiplied by grad_output")


def gradcheck(
    func,
    inputs,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    check_batched_grad=False,
    check_batched_forward_grad=False,
    check_forward_ad=False,
    check_backward_ad=True,
    fast_mode=False,
    masked=None,
):
    """True when every derivative agrees: |analytical − numerical| ≤ atol + rtol · |numerical|."""
    inputs = _tuple(inputs)
    try:
        _check_inputs(inputs)
        with _host.hiding(), torch.enable_grad():
            _compare(func, inputs, eps, atol, rtol, nondet_tol)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def gradgradcheck(
    func,
    inputs,
    grad_outputs=None,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    gen_non_contig_grad_outputs=False,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    check_batched_grad=False,
    check_fwd_over_rev=False,
    check_rev_over_rev=True,
    fast_mode=False,
    masked=False,
):
    """gradcheck of the gradient, as a function of the inputs and of the gradients of the outputs."""
    inputs = _tuple(inputs)
    if grad_outputs is None:
        made = _outputs(func, inputs)
        grad_outputs = tuple(
            torch.randn_like(o, dtype=o.dtype if o.is_floating_point() else torch.double).requires_grad_() for o in made
        )
    else:
        grad_outputs = _tuple(grad_outputs)
    count = len(grad_outputs)

    def slopes(*given):
        arguments, vectors = given[:-count], given[-count:]
        outputs = _outputs(func, arguments)
        leaves = tuple(x for x in arguments if _needs(x))
        found = torch.autograd.grad(outputs, leaves, vectors, create_graph=True, allow_unused=True)
        return tuple(g for g in found if g is not None)

    return gradcheck(
        slopes,
        inputs + grad_outputs,
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
    )
