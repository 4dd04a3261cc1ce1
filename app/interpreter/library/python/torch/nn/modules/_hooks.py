"""Functions that a program hangs on a module's calls."""

from torch.utils.hooks import RemovableHandle


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

    def _call_with_hooks(self, *args, **kwargs):
        """A call with everything that hangs on it."""
        for key, hook in list(self._forward_pre_hooks.items()):
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
        result = self.forward(*args, **kwargs)
        for key, hook in list(self._forward_hooks.items()):
            if key in self._forward_hooks_with_kwargs:
                changed = hook(self, args, kwargs, result)
            else:
                changed = hook(self, args, result)
            if changed is not None:
                result = changed
        return result
