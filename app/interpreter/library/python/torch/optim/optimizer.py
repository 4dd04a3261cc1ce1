"""The base of all optimizers: parameter groups, state, and what they print and refuse."""

import copy
from collections import defaultdict

import _host
import torch


class _Required:
    """A value that every parameter group must give."""

    def __repr__(self):
        return "<required parameter>"


required = _Required()


class Optimizer:
    """Holds the parameters in groups, each with options of its own, and what the algorithm remembers of each one."""

    def __init__(self, params, defaults):
        self.defaults = defaults
        self._optimizer_step_pre_hooks = {}
        self._optimizer_step_post_hooks = {}
        if isinstance(params, torch.Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
                + _host.typename(params)
            )
        self.state = defaultdict(dict)
        self.param_groups = []
        param_groups = list(params)
        if len(param_groups) == 0:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(param_groups[0], dict):
            param_groups = [{"params": param_groups}]
        for param_group in param_groups:
            self.add_param_group(param_group)

    def __repr__(self):
        text = type(self).__name__ + " ("
        for i, group in enumerate(self.param_groups):
            text += f"\nParameter Group {i}\n"
            for key in sorted(group.keys()):
                if key != "params":
                    text += f"    {key}: {group[key]}\n"
        return text + ")"

    def state_dict(self):
        """The state and the groups, with numbers in place of the parameters."""
        numbers = {}
        groups = []
        for group in self.param_groups:
            for p in group["params"]:
                numbers.setdefault(p, len(numbers))
            packed = {key: value for key, value in group.items() if key != "params"}
            packed["params"] = [numbers[p] for p in group["params"]]
            groups.append(packed)
        state = {(numbers[key] if isinstance(key, torch.Tensor) else key): value for key, value in self.state.items()}
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict):
        """Take over a state of the same shape."""
        saved = copy.deepcopy(state_dict["param_groups"])
        groups = self.param_groups
        if len(groups) != len(saved):
            raise ValueError("loaded state dict has a different number of parameter groups")
        if [len(g["params"]) for g in groups] != [len(g["params"]) for g in saved]:
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of optimizer's group"
            )
        parameters = {}
        for mine, theirs in zip(groups, saved, strict=True):
            for number, p in zip(theirs["params"], mine["params"], strict=True):
                parameters[number] = p
        state = defaultdict(dict)
        for key, value in state_dict["state"].items():
            if key in parameters:
                state[parameters[key]] = _like(parameters[key], value, key)
            else:
                state[key] = value
        for mine, theirs in zip(groups, saved, strict=True):
            theirs["params"] = mine["params"]
            if "param_names" in mine and "param_names" not in theirs:
                theirs["param_names"] = mine["param_names"]
        self.state = state
        self.param_groups = saved

    def zero_grad(self, set_to_none=True):
        """Empty every parameter's `.grad`, or fill it with zeros."""
        for group in self.param_groups:
            for p in group["params"]:
                if set_to_none:
                    p.grad = None
                elif p.grad is not None:
                    if p.grad.grad_fn is not None:
                        p.grad.detach_()
                    else:
                        p.grad.requires_grad_(False)
                    p.grad.zero_()

    def step(self, closure=None):
        raise NotImplementedError

    def register_step_pre_hook(self, hook):
        """`hook(optimizer, args, kwargs)` before every step."""
        return _register(self._optimizer_step_pre_hooks, hook)

    def register_step_post_hook(self, hook):
        """`hook(optimizer, args, kwargs)` after every step."""
        return _register(self._optimizer_step_post_hooks, hook)

    def add_param_group(self, param_group):
        """Check a group's parameters and fill in the options that it does not give."""
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        _collect(param_group)
        for param in param_group["params"]:
            if not isinstance(param, torch.Tensor):
                raise TypeError(
                    "optimizer can only optimize Tensors, but one of the params is " + _host.typename(param)
                )
            if not (param.is_leaf or param.retains_grad):
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, default in self.defaults.items():
            if default is required and name not in param_group:
                raise ValueError(f"parameter group didn't specify a value of required optimization parameter {name}")
            param_group.setdefault(name, default)
        params = param_group["params"]
        if len(params) != len(set(params)):
            _host.notice("optimizer-duplicates")
        known = set()
        for group in self.param_groups:
            known.update(group["params"])
            if ("param_names" in param_group) != ("param_names" in group):
                which = "with names" if "param_names" in param_group else "without names"
                raise ValueError(
                    "all optimizer param groups should be with/without names. "
                    f"cannot add param group {which} to the optimizer"
                )
        if not known.isdisjoint(set(params)):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(param_group)


def _collect(param_group):
    """The group's parameters as a list, and their names where they came as pairs."""
    params = param_group["params"]
    if isinstance(params, torch.Tensor):
        params = [params]
    elif isinstance(params, set):
        raise TypeError(
            "optimizer parameters need to be organized in ordered collections, but "
            "the ordering of tensors in sets will change between runs. Please use a list instead."
        )
    params = list(params)
    names = [entry[0] for entry in params if isinstance(entry, tuple)]
    if names and len(names) != len(params):
        raise ValueError("all optimizer params should be with/without names. Some param names are missing")
    param_group["params"] = [entry[1] if isinstance(entry, tuple) else entry for entry in params]
    if names:
        param_group["param_names"] = names


def _like(param, value, key=None):
    """A loaded value in the parameter's type; the count of steps stays what it is."""
    if isinstance(value, torch.Tensor):
        return value if key == "step" or not param.is_floating_point() else value.to(dtype=param.dtype)
    if isinstance(value, dict):
        return {name: _like(param, entry, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_like(param, entry) for entry in value]
    return value


class _Handle:
    """What takes a hook away again."""

    def __init__(self, hooks, number):
        self.hooks = hooks
        self.id = number

    def remove(self):
        self.hooks.pop(self.id, None)


def _register(hooks, hook):
    number = len(hooks)
    while number in hooks:
        number += 1
    hooks[number] = hook
    return _Handle(hooks, number)


def _stepped(optimizer, rule, closure):
    """One step of a built-in optimizer: its rule on every parameter that has a gradient."""
    for hook in list(optimizer._optimizer_step_pre_hooks.values()):
        hook(optimizer, (closure,) if closure is not None else (), {})
    loss = None
    if closure is not None:
        with torch.enable_grad():
            loss = closure()
    state = optimizer.state
    for group in optimizer.param_groups:
        for p in group["params"]:
            gradient = p.grad
            if gradient is not None:
                _host.update(rule, p, gradient, state[p], group)
    for hook in list(optimizer._optimizer_step_post_hooks.values()):
        hook(optimizer, (closure,) if closure is not None else (), {})
    return loss


def _check(what, value, fine):
    """PyTorch's words for an option outside its range."""
    if not fine:
        raise ValueError(f"Invalid {what}: {value}")


def _check_rate(lr):
    if isinstance(lr, torch.Tensor) and lr.numel() != 1:
        raise ValueError("Tensor lr must be 1-element")
    _check("learning rate", lr, lr >= 0.0)


def _check_betas(betas):
    for index in (0, 1):
        _check(f"beta parameter at index {index}", betas[index], 0.0 <= betas[index] < 1.0)


def _refuse(name, differentiable, capturable=False):
    """What has no meaning here is said, not ignored."""
    if differentiable:
        raise NotImplementedError(f"not supported yet: torch.optim.{name}(differentiable=True)")
    if capturable:
        raise NotImplementedError(f"not supported yet: torch.optim.{name}(capturable=True)")
