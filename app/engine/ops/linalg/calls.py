"""inv, det, slogdet, logdet, solve as the program calls them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import wrap
from app.engine.ops.dims import wrapped
from app.engine.ops.linalg import check
from app.engine.ops.linalg.inverse import det, inv, logdet, slogdet, solve
from app.engine.ops.windows.sizes import runtime
from app.engine.registry import offer
from app.engine.returns import named
from app.engine.run import current
from app.engine.tensor import Tensor


def batch_of(x: Tensor) -> dict[str, int]:
    return {"batch": len(x.shape) - 2}


def require_square(function: str, x: Tensor) -> None:
    check.square(function, x)
    check.floating(function, x)


def charged(x: Array) -> Array:
    """Elimination is about to go through these matrices, one column after the other."""
    n = x.shape[-1]
    current().meter.operation(x.size, 40 * x.size * max(n, 1) + 4096 * n)
    return x


def inverted(input: Tensor, function: str = "linalg.inv") -> Any:
    require_square(function, input)
    check.invertible(function, check.infos(charged(input.array)))
    return inv.apply((input,), batch_of(input))


def _inverted_with_info(A: Tensor, check_errors: bool = False) -> Any:
    require_square("linalg.inv", A)
    info = check.infos(charged(A.array))
    if check_errors:
        check.invertible("linalg.inv_ex", info)
    return named("linalg_inv_ex", ("inverse", "info"), (inv.apply((A,), batch_of(A)), wrap(info)))


def _determined(A: Tensor) -> Any:
    require_square("linalg.det", A)
    return det.apply((A,), batch_of(A))


def _logged(name: str) -> Any:
    def run(A: Tensor) -> Any:
        require_square("linalg.slogdet", A)
        return named(name, ("sign", "logabsdet"), slogdet.apply((A,), batch_of(A)))

    return run


def _log_of_det(input: Tensor) -> Any:
    require_square("linalg.slogdet", input)
    return logdet.apply((input,), batch_of(input))


def _is_vector(a: Tensor, b: Tensor) -> bool:
    """B is a batch of vectors: one dim less than A and of A's batch, or a single vector."""
    return len(b.shape) == 1 or (len(b.shape) == len(a.shape) - 1 and b.shape == a.shape[:-1])


def _prepared(A: Tensor, B: Tensor, left: bool, function: str) -> tuple[dict[str, Any], Array]:
    require_square("linalg.solve", A)
    check.same_type("linalg.solve", A, B)
    vector = _is_vector(A, B)
    if vector and not left:
        raise runtime("linalg.solve: Vector broadcasting of the left hand side is not supported for left=False. In "
                      "this case linalg.solve is equivalent to B / A.squeeze(-1)")  # fmt: skip
    shape = (*B.shape, 1) if vector else B.shape
    if not vector:
        check.matrix("linalg.solve", B, "B")
    check.fits("linalg.solve", A.shape[-2:], shape[-2:], left)
    try:
        batch = np.broadcast_shapes(A.shape[:-2], shape[:-2])
    except ValueError:
        raise runtime(
            f"The batch dimensions of A ({list(A.shape[:-2])}) and B ({list(shape[:-2])}) do not broadcast",
            code="broadcast-shape",
        ) from None
    info = check.infos(charged(A.array))
    return {"left": left, "blocks": (2, 1 if vector else 2), "batch": len(batch)}, info


def solved(A: Tensor, B: Tensor, left: bool = True) -> Any:
    params, info = _prepared(A, B, left, "linalg.solve")
    check.invertible("linalg.solve", info)
    return solve.apply((A, B), params)


def _solved_with_info(A: Tensor, B: Tensor, left: bool = True, check_errors: bool = False) -> Any:
    params, info = _prepared(A, B, left, "linalg.solve_ex")
    if check_errors or info.any():
        check.invertible("linalg.solve", info)
    return named("linalg_solve_ex", ("result", "info"), (solve.apply((A, B), params), wrap(info)))


def _tensor_inverse(input: Tensor, ind: int = 2) -> Any:
    """A square matrix of the first `ind` dims by the others, inverted."""
    if ind <= 0:
        raise runtime(f"Expected a strictly positive integer for 'ind', but got {ind}")
    rows, columns = int(np.prod(input.shape[:ind])), int(np.prod(input.shape[ind:]))
    if rows != columns:
        raise runtime(
            "Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got "
            f"{columns} != {rows}"
        )
    from app.engine.ops.shapes.shape_calls import reshaped

    made = inverted(reshaped(input, (rows, columns)))
    return reshaped(made, (*input.shape[ind:], *input.shape[:ind]))


def _tensor_solved(input: Tensor, other: Tensor, dims: tuple[int, ...] | None = None) -> Any:
    from app.engine.ops.shapes.shape_calls import reshaped
    from app.engine.registry import TORCH

    rank = len(input.shape)
    moved = input
    if dims is not None:
        at = [wrapped(d, rank) for d in dims]
        moved = TORCH["movedim"](input, tuple(at), tuple(range(rank - len(at), rank)))
    rest = moved.shape[len(other.shape) :]
    rows, columns = int(np.prod(moved.shape[: len(other.shape)])), int(np.prod(rest))
    if rows != columns or columns != other.numel:
        raise runtime(
            "Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == "
            f"prod(self.shape[:other.ndim]), but got {columns} != {other.numel}"
        )
    made = solved(reshaped(moved, (rows, columns)), reshaped(other, (rows,)))
    return reshaped(made, rest)


# fmt: off
offer("inverse",                  ("Tensor input", inverted), operation="linalg_inv")
offer("torch.linalg.inv",         ("Tensor A", lambda A: inverted(A)), operation="linalg_inv")
offer("torch.linalg.inv_ex",      ("Tensor A, *, bool check_errors=False", _inverted_with_info), operation="linalg_inv")
offer("det",                      ("Tensor input", lambda input: _determined(input)), operation="linalg_det")
offer("torch.linalg.det",         ("Tensor A", _determined), operation="linalg_det")
offer("slogdet",                  ("Tensor input", lambda input: _logged("slogdet")(input)), operation="linalg_slogdet")
offer("torch.linalg.slogdet",     ("Tensor A", _logged("linalg_slogdet")), operation="linalg_slogdet")
offer("logdet",                   ("Tensor input", _log_of_det))
offer("torch.linalg.solve",       ("Tensor A, Tensor B, *, bool left=True", solved), operation="linalg_solve")
offer("torch.linalg.solve_ex",    ("Tensor A, Tensor B, *, bool left=True, bool check_errors=False", _solved_with_info), operation="linalg_solve")
offer("torch.linalg.tensorinv",   ("Tensor input, int ind=2", _tensor_inverse), operation="linalg_inv")
offer("torch.linalg.tensorsolve", ("Tensor input, Tensor other, ints? dims=None", _tensor_solved), operation="linalg_solve")
# fmt: on
