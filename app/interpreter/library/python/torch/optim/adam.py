"""Adam."""

import torch
from torch.optim.optimizer import Optimizer, _check, _check_betas, _check_rate, _refuse, _stepped


class Adam(Optimizer):
    """w ← w − lr·m̂ / (√v̂ + eps), with running means m of the gradient and v of its square."""

    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, amsgrad=False, *,
        foreach=None, maximize=False, capturable=False, differentiable=False, fused=None,
        decoupled_weight_decay=False,
    ):  # fmt: skip
        _check_rate(lr)
        _check("epsilon value", eps, eps >= 0.0)
        _check_betas(betas)
        _check("weight_decay value", weight_decay, weight_decay >= 0.0)
        kind = float if isinstance(betas[0], float) else torch.Tensor
        if not (isinstance(betas[0], kind) and isinstance(betas[1], kind)):
            raise ValueError("betas must be either both floats or both Tensors")
        _refuse(type(self).__name__, differentiable, capturable)
        betas = tuple([beta.item() if isinstance(beta, torch.Tensor) else beta for beta in betas])
        defaults = {
            "lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "amsgrad": amsgrad,
            "maximize": maximize, "foreach": foreach, "capturable": capturable, "differentiable": differentiable,
            "fused": fused, "decoupled_weight_decay": decoupled_weight_decay,
        }  # fmt: skip
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        return _stepped(self, "adam", closure)
