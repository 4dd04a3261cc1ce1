"""One random statement that fits the tensors: a view, a value, a write, or a step outside autograd."""

import random
from collections.abc import Callable
from typing import Any

Tensors = dict[str, Any]
Made = tuple[str, str | None]

VALUES = ("{0} * 2", "{0} + 1", "{0} * {0}", "{0}.sin()", "{0} * c", "{0}.clone()", "{0}.exp()", "{0}.tanh()")
WRITES = (
    "{}.add_(1)",
    "{}.mul_(2)",
    "{}.mul_(c)",
    "{}.fill_(3.)",
    "{}.zero_()",
    "{} += 1",
    "{} *= c",
    "{}.sub_(c)",
)
WRITES_OF_OTHERS = ("{}.add_(other)", "{}.mul_(other)", "{}.copy_(other)", "{}[...] = other")


def choose(source: random.Random, tensors: Tensors) -> Made | None:
    """The statement and the name that it binds, or None when the draw did not fit the shapes."""
    name = source.choice([*tensors, *list(tensors)[3:] * 3])
    return source.choice(MAKERS)(source, tensors, name)


def _fresh(tensors: Tensors) -> str:
    return f"t{len(tensors) - 3}"


def value(source: random.Random, tensors: Tensors, name: str) -> Made | None:
    """A new tensor with its own memory; some operations save an input, some their output, some nothing."""
    forms = [form.format(name) for form in VALUES]
    other = source.choice(list(tensors))
    if tensors[other].shape == tensors[name].shape:
        forms += [f"{name} * {other}", f"{name} - {other}"]
    made = _fresh(tensors)
    return f"{made} = {source.choice(forms)}", made


def view(source: random.Random, tensors: Tensors, name: str) -> Made | None:
    forms = _views(source, tensors[name])
    if name in ("a", "b", "c") and tensors[name].requires_grad and source.random() < 0.8:
        return None
    if not forms:
        return None
    made = _fresh(tensors)
    return f"{made} = {name}{source.choice(forms)}", made


def _views(source: random.Random, tensor: Any) -> list[str]:
    kept = "".join([", -1"] * tensor.dim())
    forms = [".unsqueeze(0)", ".view(-1)", ".reshape(-1)", f".expand(2{kept})"]
    forms += [".detach()"] if source.random() < 0.3 else []
    if tensor.dim() and tensor.shape[0]:
        dim = source.randrange(tensor.dim())
        row = source.randrange(tensor.shape[0])
        forms += [f"[{row}]", "[1:]", "[:2]", "[::2]", f".select({dim}, 0)", f".transpose(0, {dim})"]
        forms += [".squeeze()"]
        forms += [".chunk(2)[0]", ".unbind(0)[0]"] if source.random() < 0.2 else []
    if tensor.dim() == 2:
        forms += [".t()", "[:, 0]", ".T", "[..., 1:]", "[:, None]"]
        forms += [f".view({tensor.shape[1]}, {tensor.shape[0]})"]
    return forms


def write(source: random.Random, tensors: Tensors, name: str) -> Made | None:
    if name in ("a", "b", "c") and tensors[name].requires_grad and source.random() < 0.9:
        return None
    forms = [*WRITES, "{}.sub_(c)"]
    if tensors[name].dim():
        forms += ["{}[0] = 5.", "{}[-1] = c", "{}[0] *= 2", "{}[...] = c", "{}[0].add_(c)", "{}[:1].mul_(3)"]
    if tensors[name].dim() == 2:
        forms += ["{}[:, 0] = c", "{}.t()[0] = 1.", "{}[0, 0] += c"]
    other = source.choice(list(tensors))
    if _apart(tensors[name], tensors[other]) and _fits(tensors[other], tensors[name]):
        forms += [form.replace("other", other) for form in WRITES_OF_OTHERS] * 2
    return source.choice(forms).format(name), None


def _apart(a: Any, b: Any) -> bool:
    """Whether two tensors share no memory; PyTorch leaves overlapping copies undefined."""
    return bool(a.untyped_storage().data_ptr() != b.untyped_storage().data_ptr())


def _fits(source: Any, target: Any) -> bool:
    sizes = zip(reversed(source.shape), reversed(target.shape), strict=False)
    return source.dim() <= target.dim() and all(a in (1, b) for a, b in sizes)


def outside(source: random.Random, tensors: Tensors, name: str) -> Made | None:
    """What autograd does not see: no_grad updates, edits of .data and of a detached tensor."""
    form = source.choice(
        [
            f"with torch.no_grad(): {name}.add_(1)",
            f"with torch.no_grad(): {name}.mul_(0.5)",
            f"{name}.data.add_(1)",
            f"{name}.detach().mul_(2)",
            f"{name}.data = {name}.data * 2",
            f"{name}.requires_grad_()",
        ]
    )
    if form.endswith("* 2") and name not in ("a", "b", "c"):
        return None
    return form, None


Maker = Callable[[random.Random, Tensors, str], Made | None]
MAKERS: list[Maker] = [value, *[view] * 3, *[write] * 3, outside]
