"""Adagrad."""

import _host
import torch
from torch.optim.optimizer import Optimizer, _check, _check_rate, _refuse, _stepped


class Adagrad(Optimizer):
    """w ← w − lr·gradient / (√s + eps), with s the sum of all squared gradients so far."""

    def __init__(
        self, params, lr=1e-2, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, foreach=None,
        *, maximize=False, differentiable=False, fused=None,
    ):  # fmt: skip
        _check_rate(lr)
        _check("lr_decay value", lr_decay, lr_decay >= 0.0)
        _check("weight_decay value", weight_decay, weight_decay >= 0.0)
        _check("initial_accumulator_value value", initial_accumulator_value, initial_accumulator_value >= 0.0)
        _check("epsilon value", eps, eps >= 0.0)
        _refuse("Adagrad", differentiable)
        defaults = {
            "lr": lr, "lr_decay": lr_decay, "eps": eps, "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value, "foreach": foreach, "maximize": maximize,
            "differentiable": differentiable, "fused": fused,
        }  # fmt: skip
        super().__init__(params, defaults)
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                with _host.aside():
                    state["step"] = torch.tensor(0.0)
                    state["sum"] = torch.full_like(p, initial_accumulator_value, requires_grad=False)

    @torch.no_grad()
    def step(self, closure=None):
        return _stepped(self, "adagrad", closure)
