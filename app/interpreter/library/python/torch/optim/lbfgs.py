"""L-BFGS: Newton's step with the curvature that the last gradients tell. Source: Nocedal (1980)."""

import _host
import torch
from torch.optim.optimizer import Optimizer, _check_rate


class LBFGS(Optimizer):
    """Several steps per call; the closure computes the loss anew at each. The parameters' writes are on the tape."""

    def __init__(
        self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-7, tolerance_change=1e-9, history_size=100,
        line_search_fn=None,
    ):  # fmt: skip
        _check_rate(lr)
        defaults = {
            "lr": lr, "max_iter": max_iter, "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad, "tolerance_change": tolerance_change, "history_size": history_size,
            "line_search_fn": line_search_fn,
        }  # fmt: skip
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        if line_search_fn is not None:
            raise NotImplementedError("not supported yet: torch.optim.LBFGS(line_search_fn='strong_wolfe')")
        self._params = self.param_groups[0]["params"]

    def _gradient(self):
        """All gradients as one vector."""
        parts = [torch.zeros(p.numel()) if p.grad is None else p.grad.view(-1) for p in self._params]
        return torch.cat(parts, 0)

    def _move(self, size, direction):
        """p ← p + size · its part of the direction."""
        start = 0
        for p in self._params:
            with _host.aside():
                part = direction[start : start + p.numel()].view_as(p)
            p.add_(part, alpha=size)
            start += p.numel()

    @torch.no_grad()
    def step(self, closure):
        closure = torch.enable_grad()(closure)
        group = self.param_groups[0]
        state = self.state[self._params[0]]
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)
        first_loss = closure()
        loss = float(first_loss)
        evaluations = 1
        state["func_evals"] += 1
        with _host.aside():
            gradient = self._gradient()
            if gradient.abs().max() <= group["tolerance_grad"]:
                return first_loss
        iteration = 0
        while iteration < group["max_iter"]:
            iteration += 1
            state["n_iter"] += 1
            with _host.aside():
                _turn(state, gradient, group["history_size"])
                direction = state["d"]
                state["prev_flat_grad"] = gradient.clone()
                before = state["prev_loss"] = loss
                first = state["n_iter"] == 1
                size = min(1.0, 1.0 / gradient.abs().sum().item()) * group["lr"] if first else group["lr"]
                state["t"] = size
                if gradient.dot(direction) > -group["tolerance_change"]:
                    break
            self._move(size, direction)
            if iteration != group["max_iter"]:
                loss = float(closure())
                evaluations += 1
                state["func_evals"] += 1
                with _host.aside():
                    gradient = self._gradient()
            with _host.aside():
                if _is_done(group, iteration, evaluations, gradient, direction, size, loss - before):
                    break
        return first_loss


def _is_done(group, iteration, evaluations, gradient, direction, size, change):
    return (
        iteration == group["max_iter"]
        or evaluations >= group["max_eval"]
        or bool(gradient.abs().max() <= group["tolerance_grad"])
        or bool((direction * size).abs().max() <= group["tolerance_change"])
        or abs(change) < group["tolerance_change"]
    )


def _turn(state, gradient, history_size):
    """The new direction: the inverse Hessian, as far as it is remembered, times the gradient (two-loop recursion)."""
    if state["n_iter"] == 1:
        state["d"] = gradient.neg()
        state["old_dirs"], state["old_stps"], state["ro"], state["H_diag"] = [], [], [], 1
        return
    dirs, steps, ro = state["old_dirs"], state["old_stps"], state["ro"]
    y = gradient.sub(state["prev_flat_grad"])
    s = state["d"].mul(state["t"])
    ys = y.dot(s)
    if ys > 1e-10:
        if len(dirs) == history_size:
            for memory in (dirs, steps, ro):
                memory.pop(0)
        dirs.append(y)
        steps.append(s)
        ro.append(1.0 / ys)
        state["H_diag"] = ys / y.dot(y)
    q = gradient.neg()
    weights = [None] * len(dirs)
    for i in range(len(dirs) - 1, -1, -1):
        weights[i] = steps[i].dot(q) * ro[i]
        q.add_(dirs[i], alpha=-weights[i].item())
    r = torch.mul(q, state["H_diag"])
    for i in range(len(dirs)):
        r.add_(steps[i], alpha=(weights[i] - dirs[i].dot(r) * ro[i]).item())
    state["d"] = r
