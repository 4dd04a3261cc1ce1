"""Averaged stochastic gradient descent."""

import torch
from torch.optim.optimizer import Optimizer, _check, _check_rate, _refuse, _stepped


class ASGD(Optimizer):
    """Descent with a falling rate; the state keeps the average of the iterates."""

    def __init__(
        self, params, lr=1e-2, lambd=1e-4, alpha=0.75, t0=1e6, weight_decay=0, foreach=None, maximize=False,
        differentiable=False, capturable=False,
    ):  # fmt: skip
        _check_rate(lr)
        _check("weight_decay value", weight_decay, weight_decay >= 0.0)
        _refuse("ASGD", differentiable, capturable)
        defaults = {
            "lr": lr, "lambd": lambd, "alpha": alpha, "t0": t0, "weight_decay": weight_decay, "foreach": foreach,
            "maximize": maximize, "differentiable": differentiable, "capturable": capturable,
        }  # fmt: skip
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        return _stepped(self, "asgd", closure)
