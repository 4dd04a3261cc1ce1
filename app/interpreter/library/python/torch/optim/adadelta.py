"""Adadelta."""

import torch
from torch.optim.optimizer import Optimizer, _check, _check_rate, _refuse, _stepped


class Adadelta(Optimizer):
    """w ← w − lr·√(d + eps) / √(v + eps)·gradient, with running means v of squared gradients and d of squared steps."""

    def __init__(
        self, params, lr=1.0, rho=0.9, eps=1e-6, weight_decay=0, foreach=None, *,
        capturable=False, maximize=False, differentiable=False,
    ):  # fmt: skip
        _check_rate(lr)
        _check("rho value", rho, 0.0 <= rho <= 1.0)
        _check("epsilon value", eps, eps >= 0.0)
        _check("weight_decay value", weight_decay, weight_decay >= 0.0)
        _refuse("Adadelta", differentiable, capturable)
        defaults = {
            "lr": lr, "rho": rho, "eps": eps, "weight_decay": weight_decay, "maximize": maximize,
            "capturable": capturable, "foreach": foreach, "differentiable": differentiable,
        }  # fmt: skip
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        return _stepped(self, "adadelta", closure)
