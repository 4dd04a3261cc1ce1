"""nn.Module: what every layer and every network is."""

import _host
from torch.nn.modules._module import conversion, hooks, registration, state


def _indented(text):
    first, *others = text.split("\n")
    return "\n".join([first, *["  " + line for line in others]])


class Module(registration.Module, hooks.Module, state.Module, conversion.Module):
    dump_patches = False
    call_super_init = False
    _version = 1

    def __init__(self, *args, **kwargs):
        if kwargs:
            raise TypeError(f"{self._get_name()}.__init__() got an unexpected keyword argument '{next(iter(kwargs))}'")
        if args:
            given = len(args) + 1
            raise TypeError(f"{self._get_name()}.__init__() takes 1 positional argument but {given} were given")
        _host.module_init(self)

    __call__ = _host.module_call
    __getattr__ = _host.module_getattr
    __setattr__ = _host.module_setattr
    __delattr__ = _host.module_delattr

    def forward(self, *input):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def _get_name(self):
        return type(self).__name__

    def extra_repr(self):
        """What stands between the brackets."""
        return ""

    def __repr__(self):
        extra = self.extra_repr()
        lines = extra.split("\n") if extra else []
        for name, module in self._modules.items():
            lines.append("(" + name + "): " + _indented(repr(module)))
        if len(lines) <= 1 and not self._modules:
            return self._get_name() + "(" + "".join(lines) + ")"
        return self._get_name() + "(\n  " + "\n  ".join(lines) + "\n)"

    def __dir__(self):
        names = [*dir(type(self)), *self.__dict__, *self._parameters, *self._modules, *self._buffers]
        return sorted({name for name in names if not name[0].isdigit()})
