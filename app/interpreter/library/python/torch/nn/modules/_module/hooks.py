"""Functions that a program hangs on a module's calls."""

import torch
from torch.utils._backward import BackwardHook
from torch.utils.hooks import RemovableHandle

__name__ = "torch.nn.modules.module"


def _register(hooks, hook, prepend, marks, extra):
    handle = RemovableHandle(hooks, extra_dict=extra)
    for mark, wanted in marks:
        if wanted:
            mark[handle.id] = True
    if prepend:
        others = dict(hooks)
        hooks.clear()
        hooks[handle.id] = hook
        hooks.update(others)
    else:
        hooks[handle.id] = hook
    return handle


_everywhere = {"before": {}, "after": {}, "backward": {}}
"""Hooks on the calls of every module."""


def register_module_forward_pre_hook(hook):
    """`hook(module, args)` runs before every module's forward."""
    return _register(_everywhere["before"], hook, False, [], [])


def register_module_forward_hook(hook, *, with_kwargs=False, always_call=False):
    """`hook(module, args, output)` runs after every module's forward."""
    return _register(_everywhere["after"], hook, False, [], [])


def register_module_full_backward_hook(hook):
    """`hook(module, grad_input, grad_output)` runs in every module's backward."""
    return _register(_everywhere["backward"], hook, False, [], [])


class Module:
    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        """`hook(module, args)` runs before forward and may answer other arguments."""
        marks = [(self._forward_pre_hooks_with_kwargs, with_kwargs)]
        extra = [self._forward_pre_hooks_with_kwargs]
        return _register(self._forward_pre_hooks, hook, prepend, marks, extra)

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        """`hook(module, args, output)` runs after forward and may answer another output."""
        marks = [(self._forward_hooks_with_kwargs, with_kwargs), (self._forward_hooks_always_called, always_call)]
        extra = [self._forward_hooks_with_kwargs, self._forward_hooks_always_called]
        return _register(self._forward_hooks, hook, prepend, marks, extra)

    def register_full_backward_hook(self, hook, prepend=False):
        """`hook(module, grad_input, grad_output)` runs when the scores of the inputs are known and may change them."""
        if self._is_full_backward_hook is False:
            raise RuntimeError(
                "Cannot use both regular backward hooks and full backward hooks on a single Module. "
                "Please use only one of them."
            )
        self._is_full_backward_hook = True
        return _register(self._backward_hooks, hook, prepend, [], [])

    def register_full_backward_pre_hook(self, hook, prepend=False):
        """`hook(module, grad_output)` runs when the scores of the outputs are known and may change them."""
        return _register(self._backward_pre_hooks, hook, prepend, [], [])

    def register_backward_hook(self, hook):
        """The hook of older programs, at the module's last operation."""
        if self._is_full_backward_hook is True:
            raise RuntimeError(
                "Cannot use both regular backward hooks and full backward hooks on a single Module. "
                "Please use only one of them."
            )
        self._is_full_backward_hook = False
        return _register(self._backward_hooks, hook, False, [], [])

    def _last_operation(self, result):
        """Hang the hooks of older programs on the node that made the first tensor of the result."""
        while not isinstance(result, torch.Tensor):
            result = next(iter(result.values())) if isinstance(result, dict) else result[0]
        if result.grad_fn is not None:
            for hook in self._backward_hooks.values():
                result.grad_fn.register_hook(lambda gi, go, hook=hook: hook(self, gi, go))

    def register_state_dict_pre_hook(self, hook):
        """`hook(module, prefix, keep_vars)` runs before the state is taken."""
        return _register(self._state_dict_pre_hooks, hook, False, [], [])

    def register_state_dict_post_hook(self, hook):
        """`hook(module, state_dict, prefix, metadata)` runs after the state is taken."""
        return _register(self._state_dict_hooks, hook, False, [], [])

    def register_load_state_dict_pre_hook(self, hook):
        """`hook(module, state_dict, prefix, …)` runs before a state is loaded."""
        return _register(self._load_state_dict_pre_hooks, hook, False, [], [])

    def register_load_state_dict_post_hook(self, hook):
        """`hook(module, incompatible_keys)` runs after a state is loaded."""
        return _register(self._load_state_dict_post_hooks, hook, False, [], [])

    def _call_with_hooks(self, *args, **kwargs):
        """A call with everything that hangs on it."""
        for key, hook in [*_everywhere["before"].items(), *self._forward_pre_hooks.items()]:
            if key in self._forward_pre_hooks_with_kwargs:
                changed = hook(self, args, kwargs)
                if changed is not None:
                    if not isinstance(changed, tuple) or len(changed) != 2:
                        raise RuntimeError(
                            "forward pre-hook must return None or a tuple of (new_args, new_kwargs), "
                            f"but got {changed}."
                        )
                    args, kwargs = changed
            else:
                changed = hook(self, args)
                if changed is not None:
                    args = changed if isinstance(changed, tuple) else (changed,)
        backward = None
        full = self._is_full_backward_hook is not False
        hooks = [*_everywhere["backward"].values(), *(self._backward_hooks.values() if full else ())]
        if self._backward_pre_hooks or hooks:
            backward = BackwardHook(self, hooks, list(self._backward_pre_hooks.values()))
            args = backward.setup_input_hook(args)
        result = self.forward(*args, **kwargs)
        for key, hook in [*_everywhere["after"].items(), *self._forward_hooks.items()]:
            if key in self._forward_hooks_with_kwargs:
                changed = hook(self, args, kwargs, result)
            else:
                changed = hook(self, args, result)
            if changed is not None:
                result = changed
        if backward is not None:
            result = backward.setup_output_hook(result)
        if self._backward_hooks and not full:
            self._last_operation(result)
        return result
