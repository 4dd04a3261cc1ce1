"""backward, grad, detach, retain_grad: the ways into the backward pass, with PyTorch's checks and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.arguments import type_name
from app.engine.backward import BackwardCall
from app.engine.errors import ProgramRaisedError, TorchError
from app.engine.node import Call, Node
from app.engine.operation import WINDOW, Operation
from app.engine.ops.convert import converted
from app.engine.ops.stating import tex_of
from app.engine.registry import expose, offer
from app.engine.relation.elementwise import Elementwise
from app.engine.run import Run, current, grad_mode
from app.engine.tensor import Chain, Tensor, settle
from app.engine.value import Counter, Value
from app.engine.walk import Walk

NON_SCALAR = "grad can be implicitly created only for scalar outputs"
BOTH_NAMES = (
    "`grad_tensors` and `grad_variables` (deprecated) arguments both passed to `backward()`. Please only use "
    "`grad_tensors`."
)
NO_GRAD_FN = "element {place} of tensors does not require grad and does not have a grad_fn"


def listed(given: Any, name: str) -> list[Any]:
    if isinstance(given, Tensor) or (given is None and name.startswith("grad_")):
        return [given]
    if isinstance(given, (list, tuple, str)):
        return list(given)
    raise TorchError("TypeError", f"'{type(given).__name__}' object is not iterable")


def start(
    kind: str, roots: list[Tensor], gradients: Sequence[Tensor | None], inputs: list[Tensor] | None,
    retain: bool | None, create: bool,
) -> BackwardCall:  # fmt: skip
    """List the call and check what it was given; roots of which no gradient can be made stay without."""
    run = current()
    run.meter.backward()
    call = BackwardCall(
        kind, run.here, len(run.tape.applied), [(r.value, None) for r in roots],
        None if inputs is None else [t.value for t in inputs],
        create if retain is None else retain, create,
    )  # fmt: skip
    run.tape.walked(call)
    try:
        for given in gradients:
            if given is not None and not isinstance(given, Tensor):
                name = type(given).__name__
                raise TorchError(
                    "TypeError", f"gradients can be either Tensors or None, but got {name}", code="arguments"
                )
        if len(gradients) != len(roots) and gradients != [None]:
            raise TorchError("RuntimeError", f"got {len(roots)} tensors and {len(gradients)} gradients")
        for place, root in enumerate(roots):
            given = gradients[place] if place < len(gradients) else None
            call.roots[place] = (root.value, _gradient(root, given, place, create))
    except TorchError as error:
        call.error = error
        raise
    return call


def _gradient(root: Tensor, given: Tensor | None, place: int, create: bool) -> Any:
    if given is None:
        return _implicit(root, place, create)
    if given.shape != root.shape:
        raise TorchError(
            "RuntimeError",
            f"Mismatch in shape: grad_output[{place}] has a shape of torch.Size({list(given.shape)}) and "
            f"output[{place}] has a shape of torch.Size({list(root.shape)}).",
            code="gradient-shape", given=list(given.shape), wanted=list(root.shape),
        )  # fmt: skip
    _require_graph(root, place)
    if create:
        return converted(given, root.dtype)
    return np.asarray(given.array, root.array.dtype)


def _implicit(root: Tensor, place: int, create: bool) -> Any:
    if root.requires_grad:
        if root.numel != 1:
            raise TorchError(
                "RuntimeError", NON_SCALAR, code="non-scalar-root", count=root.numel, shape=list(root.shape)
            )
        ones = np.ones(root.shape, root.array.dtype)
        return Tensor(Value(ones)) if create else ones
    _require_graph(root, place)
    return None


def _require_graph(root: Tensor, place: int) -> None:
    if not root.requires_grad:
        raise TorchError("RuntimeError", NO_GRAD_FN.format(place=place), code="no-grad-fn")


def walk(call: BackwardCall, targets: list[Value] | None, book: bool) -> Walk:
    run: Run = current()
    passing = Walk(run, call, targets, book)
    run.tape.walking.append(call)
    try:
        with grad_mode(call.create_graph), np.errstate(all="ignore"):
            passing.go()
    except TorchError as error:
        call.error = error
        raise
    except ProgramRaisedError as error:
        call.error = error.told()
        raise
    finally:
        run.tape.walking.pop()
    return passing


def backward(
    tensors: Any, grad_tensors: Any = None, retain_graph: bool | None = None, create_graph: bool = False,
    inputs: Any = None, grad_variables: Any = None,
) -> None:  # fmt: skip
    """torch.autograd.backward: scores of everything above the roots; leaves add theirs to `.grad`.

    `grad_variables` is the name that `grad_tensors` had before PyTorch 0.4.
    """
    if grad_variables is not None:
        if grad_tensors is not None:
            raise TorchError("RuntimeError", BOTH_NAMES)
        grad_tensors = grad_variables
    roots = listed(tensors, "tensors")
    wanted = None if inputs is None else listed(inputs, "inputs")
    check_tensors(roots, wanted or [])
    if wanted is not None and not wanted:
        raise TorchError("RuntimeError", "`inputs` argument to `backward()` cannot be empty.")
    call = start("backward", roots, listed(grad_tensors, "grad_tensors"), wanted, retain_graph, create_graph)
    for t in wanted or ():
        if t.value.node is not None:
            t.value.meta = t.meta
            t.meta.retains = True
    walk(call, None if wanted is None else [t.value for t in wanted], book=True)


def check_tensors(roots: list[Any], wanted: list[Any]) -> None:
    if not all(isinstance(t, Tensor) for t in roots):
        raise TorchError("AssertionError", "Expected output to be a torch.Tensor")
    for t in wanted:
        if not isinstance(t, Tensor):
            raise TorchError("RuntimeError", f"all inputs have to be Tensors or GradientEdges, but got {type_name(t)}")


aliased = Operation("detach", lambda x: x.view(), [Elementwise()], tex=tex_of("@1"))


def detached(input: Tensor, counter: Counter | None) -> Tensor:
    """An alias on the same memory that no score flows through. `detach()` shares the version counter, `.data` none."""
    run = current()
    run.meter.operation(1)
    run.meter.work(input.numel // WINDOW)
    seen, base = input.value, input.chain.current()
    assert base.memory is not None
    node = Node(aliased, (seen,), Call((seen.array,), (seen.array,), {}), run.here, len(run.tape.applied))
    value = Value(seen.array)
    settle(value, base.memory, counter or base.counter, seen.offset)
    run.tape.ran(node, (value,))
    return Tensor(value, Chain(value))


def _detach_(input: Tensor) -> Tensor:
    """Forget how the tensor was made; it is a leaf from here on."""
    if input.is_view:
        raise TorchError(
            "RuntimeError", "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel "
            "(DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and "
            "hence detach_() cannot be called on these gradients. To fix this error, please refer to the "
            "Optimizer.zero_grad() function in torch/optim/optimizer.py as a reference.",
        )  # fmt: skip
    run = current()
    old, made = input.value, detached(input, None).value
    input.chain.move(made)
    run.tape.succeeded(old, made)
    return input


def _retain_grad(input: Tensor) -> None:
    if not input.requires_grad:
        raise TorchError(
            "RuntimeError", "can't retain_grad on Tensor that has requires_grad=False", code="retain-grad-misuse"
        )
    if input.value.node is not None:
        input.meta.retains = True
        input.value.meta = input.meta


# fmt: off
ROOT    = "def Tensor input, any gradient=None, bool? retain_graph=None, bool create_graph=False, any inputs=None"
ROOTS   = "def any tensors, any grad_tensors=None, bool? retain_graph=None, bool create_graph=False, any grad_variables=None, any inputs=None"
expose("Tensor.backward",         (ROOT, lambda input, gradient, **more: backward(input, gradient, **more)))
expose("torch.autograd.backward", (ROOTS, backward))
offer("detach",                   ("Tensor input", lambda input: detached(input, None)))
offer("Tensor.detach_",           ("Tensor input", _detach_))
expose("Tensor.retain_grad",      ("Tensor input", _retain_grad))
expose("Tensor._is_view",        ("Tensor input", lambda input: input.is_view or (input.value.node is not None and input.value.index in input.value.node.operation.views)))
# fmt: on
