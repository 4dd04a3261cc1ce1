"""Adam by the largest gradient."""

import torch
from torch.optim.optimizer import Optimizer, _check, _check_betas, _check_rate, _refuse, _stepped


class Adamax(Optimizer):
    """w ← w − lr·m̂ / u, with u the largest gradient so far, slowly forgotten."""

    def __init__(
        self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, foreach=None, *,
        maximize=False, differentiable=False, capturable=False,
    ):  # fmt: skip
        _check_rate(lr)
        _check("epsilon value", eps, eps >= 0.0)
        _check_betas(betas)
        _check("weight_decay value", weight_decay, weight_decay >= 0.0)
        _refuse("Adamax", differentiable, capturable)
        defaults = {
            "lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "foreach": foreach,
            "maximize": maximize, "differentiable": differentiable, "capturable": capturable,
        }  # fmt: skip
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        return _stepped(self, "adamax", closure)
