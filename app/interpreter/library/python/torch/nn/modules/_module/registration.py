"""What a module consists of: parameters, buffers and submodules, by name."""

import _host
import torch


class Module:
    def register_parameter(self, name, param):
        """Add a parameter; None holds its place."""
        _host.module_check_name(self, "parameter", name)
        if param is not None and not isinstance(param, torch.nn.Parameter):
            raise TypeError(
                f"cannot assign '{_host.typename(param)}' object to parameter '{name}' "
                "(torch.nn.Parameter or None required)"
            )
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        """Add a tensor that belongs to the module's state and is not learned."""
        _host.module_check_name(self, "buffer", name)
        if tensor is not None and not isinstance(tensor, torch.Tensor):
            raise TypeError(
                f"cannot assign '{_host.typename(tensor)}' object to buffer '{name}' (torch Tensor or None required)"
            )
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name, module):
        """Add a submodule; None holds its place."""
        if module is not None and not isinstance(module, torch.nn.Module):
            raise TypeError(f"{_host.typename(module)} is not a Module subclass")
        _host.module_check_name(self, "module", name)
        self._modules[name] = module

    def register_module(self, name, module):
        """The same as add_module."""
        self.add_module(name, module)

    def get_submodule(self, target):
        """The module below under a dotted name; the module itself for ""."""
        found = self
        for part in target.split(".") if target else []:
            if not hasattr(found, part):
                raise AttributeError(found._get_name() + " has no attribute `" + part + "`")
            found = getattr(found, part)
            if not isinstance(found, torch.nn.Module):
                raise AttributeError("`" + part + "` is not an nn.Module")
        return found

    def set_submodule(self, target, module, strict=False):
        """Put `module` under a dotted name."""
        if target == "":
            raise ValueError("Cannot set the submodule without a target name!")
        if not isinstance(module, torch.nn.Module):
            raise ValueError("`" + "module" + f"` is not an nn.Module, found {type(module)}")
        path, _, name = target.rpartition(".")
        parent = self.get_submodule(path)
        if strict and not hasattr(parent, name):
            raise AttributeError(parent._get_name() + " has no attribute `" + name + "`")
        setattr(parent, name, module)

    def _owner(self, target):
        path, _, name = target.rpartition(".")
        owner = self.get_submodule(path)
        if not hasattr(owner, name):
            raise AttributeError(owner._get_name() + " has no attribute `" + name + "`")
        return owner, name

    def get_parameter(self, target):
        """The parameter under a dotted name."""
        owner, name = self._owner(target)
        found = getattr(owner, name)
        if not isinstance(found, torch.nn.Parameter):
            raise AttributeError("`" + name + "` is not an nn.Parameter")
        return found

    def get_buffer(self, target):
        """The buffer under a dotted name."""
        owner, name = self._owner(target)
        if name not in owner._buffers:
            raise AttributeError("`" + name + "` is not a buffer")
        return getattr(owner, name)

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        """The module and all below it, each with its dotted name."""
        yield from _host.module_named_modules(self, prefix, remove_duplicate)

    def modules(self, remove_duplicate=True):
        """The module and all below it."""
        for _, module in self.named_modules(remove_duplicate=remove_duplicate):
            yield module

    def named_children(self):
        """The modules right below, each with its name."""
        yield from _host.module_named_children(self)

    def children(self):
        """The modules right below."""
        for _, module in self.named_children():
            yield module

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        """Everything to be learned, each with its dotted name."""
        yield from _host.module_named_members(self, "_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse=True):
        """Everything to be learned."""
        yield from _host.module_members(self, "_parameters", recurse)

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        """The buffers, each with its dotted name."""
        yield from _host.module_named_members(self, "_buffers", prefix, recurse, remove_duplicate)

    def buffers(self, recurse=True):
        """The buffers."""
        yield from _host.module_members(self, "_buffers", recurse)
