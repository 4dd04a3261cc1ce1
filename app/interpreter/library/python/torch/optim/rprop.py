"""Resilient backpropagation."""

import torch
from torch.optim.optimizer import Optimizer, _check_rate, _refuse, _stepped


class Rprop(Optimizer):
    """Steps by the gradient's sign; each element's step size grows while the sign stays and shrinks when it turns."""

    def __init__(
        self, params, lr=1e-2, etas=(0.5, 1.2), step_sizes=(1e-6, 50), *,
        capturable=False, foreach=None, maximize=False, differentiable=False,
    ):  # fmt: skip
        _check_rate(lr)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f"Invalid eta values: {etas[0]}, {etas[1]}")
        _refuse("Rprop", differentiable, capturable)
        defaults = {
            "lr": lr, "etas": etas, "step_sizes": step_sizes, "foreach": foreach, "maximize": maximize,
            "differentiable": differentiable, "capturable": capturable,
        }  # fmt: skip
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        return _stepped(self, "rprop", closure)
