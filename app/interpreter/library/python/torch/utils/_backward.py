"""Seeing the scores at both ends of a module: identities on its inputs and outputs whose nodes are hooked."""

import torch
from torch.autograd import Function

__name__ = "torch.utils.hooks"


class BackwardHookFunction(Function):
    """The identity; its node is where the hooks hang."""

    @staticmethod
    def forward(ctx, *args):
        ctx.mark_non_differentiable(*[arg for arg in args if not arg.requires_grad])
        return args

    @staticmethod
    def backward(ctx, *args):
        return args


class BackwardHook:
    """Runs a module's backward hooks in one call of it."""

    def __init__(self, module, hooks, pre_hooks):
        self.module = module
        self.hooks = hooks
        self.pre_hooks = pre_hooks
        self.grad_outputs = None
        self.inputs = None
        self.width = 0

    def _through(self, args, attach):
        """`args` with its tensors passed through the identity, and where they stand."""
        places = [index for index, arg in enumerate(args) if isinstance(arg, torch.Tensor)]
        learned = torch.is_grad_enabled() and any(args[index].requires_grad for index in places)
        if not learned:
            return args, None
        made = BackwardHookFunction.apply(*[args[index] for index in places])
        made = made if isinstance(made, tuple) else (made,)
        node = next(tensor.grad_fn for tensor in made if tensor.grad_fn is not None)
        attach(node, places)
        result = list(args)
        for index, tensor in zip(places, made, strict=True):
            result[index] = tensor
        return tuple(result), places

    def _spread(self, places, grads, width):
        full = [None] * width
        for place, grad in zip(places, grads, strict=True):
            full[place] = grad
        return tuple(full)

    def setup_input_hook(self, args):
        self.width = len(args)

        def attach(node, places):
            node.register_hook(lambda grads, _: self._entered(places, grads))

        args, self.inputs = self._through(args, attach)
        return args

    def _entered(self, places, grads):
        """The scores have come to the module's inputs."""
        if self.grad_outputs is None:
            return None
        found = self._spread(places, grads, self.width)
        for hook in self.hooks:
            changed = hook(self.module, found, self.grad_outputs)
            if changed is None:
                continue
            if not isinstance(changed, tuple):
                changed = (changed,)
            if len(changed) != len(found):
                raise RuntimeError(
                    f"Backward hook returned an invalid number of grad_input, got {len(changed)}, "
                    f"but expected {len(found)}"
                )
            found = changed
        self.grad_outputs = None
        return tuple(found[place] for place in places)

    def setup_output_hook(self, result):
        alone = not isinstance(result, tuple)
        outputs = (result,) if alone else result
        if alone and not isinstance(result, torch.Tensor):
            return result
        width = len(outputs)

        def attach(node, places):
            node.register_hook(lambda _, grads: self._left(places, grads, width))

        outputs, _ = self._through(outputs, attach)
        return outputs[0] if alone else outputs

    def _left(self, places, grads, width):
        """The scores have come to the module's outputs."""
        self.grad_outputs = self._spread(places, grads, width)
        for hook in self.pre_hooks:
            changed = hook(self.module, self.grad_outputs)
            if changed is None:
                continue
            if not isinstance(changed, tuple):
                changed = (changed,)
            if len(changed) != width:
                raise RuntimeError(
                    f"Backward pre hook returned an invalid number of grad_output, got {len(changed)}, "
                    f"but expected {width}"
                )
            self.grad_outputs = changed
        found = self.grad_outputs
        if self.inputs is None:
            for hook in self.hooks:
                changed = hook(self.module, self._spread([], [], self.width), found)
                if changed is not None and not (isinstance(changed, tuple) and all(each is None for each in changed)):
                    raise RuntimeError(
                        "Backward hook for Modules where no input requires gradient should always return None "
                        "or None for all gradients."
                    )
            self.grad_outputs = None
        return tuple(found[place] for place in places)
