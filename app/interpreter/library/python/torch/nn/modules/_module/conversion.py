"""What changes a module as a whole: its element type, its mode, its gradients."""

import _host
import torch


class Module:
    def _apply(self, fn, recurse=True):
        """Give every parameter and buffer the numbers `fn` makes of it; parameters stay the same objects."""
        if recurse:
            for module in self.children():
                module._apply(fn)
        for param in self._parameters.values():
            if param is not None:
                param.data = fn(param.data)
                if param.grad is not None:
                    grad = fn(param.grad.data)
                    param.grad = grad.requires_grad_(param.grad.requires_grad)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def apply(self, fn):
        """Call `fn` with every module below, and last with the module itself."""
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def _floats(self, dtype):
        return self._apply(lambda t: t.to(dtype) if t.is_floating_point() else t)

    def float(self):
        return self._floats(torch.float32)

    def double(self):
        return self._floats(torch.float64)

    def half(self):
        return self._floats(torch.float16)

    def bfloat16(self):
        return self._floats(torch.bfloat16)

    def type(self, dst_type):
        return self._apply(lambda t: t.type(dst_type))

    def cpu(self):
        return self._apply(lambda t: t.cpu())

    def cuda(self, device=None):
        return self._apply(lambda t: t.cuda(device))

    def share_memory(self):
        return self

    def to(self, *args, device=None, dtype=None, non_blocking=False, memory_format=None):
        """To another element type (floating numbers only) or device."""
        for given in args:
            if isinstance(given, torch.dtype):
                dtype = given
            elif isinstance(given, torch.Tensor):
                dtype = given.dtype
            elif not isinstance(given, bool):
                device = given
        if dtype is not None and not dtype.is_floating_point:
            raise TypeError(
                f"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}"
            )
        if device is not None:
            device = torch.device(device)
            self._apply(lambda t: t.to(device))
        return self if dtype is None else self._floats(dtype)

    def train(self, mode=True):
        """Switch the module and all below to training mode."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        """Switch the module and all below to evaluation mode."""
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for param in self.parameters():
            param.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        """Empty the `.grad` of every parameter."""
        for param in _host.module_members(self, "_parameters", True):
            if param.grad is not None:
                if set_to_none:
                    param.grad = None
                else:
                    param.grad.requires_grad_(False) if param.grad.grad_fn is None else param.grad.detach_()
                    param.grad.zero_()
