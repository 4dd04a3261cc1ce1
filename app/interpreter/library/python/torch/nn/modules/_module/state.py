"""A module's numbers in a dict, and back."""

from collections import OrderedDict

import torch


class IncompatibleKeys:
    """What load_state_dict answers: the names that one side has and the other lacks."""

    def __init__(self, missing_keys, unexpected_keys):
        self.missing_keys = missing_keys
        self.unexpected_keys = unexpected_keys

    def __iter__(self):
        return iter((self.missing_keys, self.unexpected_keys))

    def __getitem__(self, index):
        return (self.missing_keys, self.unexpected_keys)[index]

    def __len__(self):
        return 2

    def __eq__(self, other):
        return tuple(self) == tuple(other)

    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"_IncompatibleKeys(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"


def _started():
    """The dict of a whole state; `_metadata` says which version of its class wrote each module's part."""
    state = OrderedDict()
    state._metadata = OrderedDict()
    return state


def _quoted(keys):
    return ", ".join([f'"{key}"' for key in keys])


class Module:
    def _save_to_state_dict(self, destination, prefix, keep_vars):
        for name, param in self._parameters.items():
            if param is not None:
                destination[prefix + name] = param if keep_vars else param.detach()
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                destination[prefix + name] = buffer if keep_vars else buffer.detach()

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        """Parameters and persistent buffers by dotted name. They share memory with the module's."""
        if destination is None:
            destination = args[0] if args else _started()
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] = {"version": self._version}
        for hook in self._state_dict_pre_hooks.values():
            hook(self, prefix, keep_vars)
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=destination, prefix=prefix + name + ".", keep_vars=keep_vars)
        for hook in self._state_dict_hooks.values():
            if hook(self, destination, prefix, {"version": self._version}) is not None:
                raise RuntimeError("state_dict post-hook must return None")
        return destination

    def _load_one(self, key, name, param, given, assign, error_msgs):
        """Copy one tensor into its parameter or buffer."""
        if not isinstance(given, torch.Tensor):
            error_msgs.append(
                f'While copying the parameter named "{key}", expected torch.Tensor or Tensor-like object from '
                f"checkpoint but received {type(given)}"
            )
            return
        if param.dim() == 0 and given.dim() == 1 and given.shape[0] == 1:
            given = given[0]
        if given.shape != param.shape:
            error_msgs.append(
                f"size mismatch for {key}: copying a param with shape {given.shape} from checkpoint, "
                f"the shape in current model is {param.shape}."
            )
            return
        with torch.no_grad():
            if not assign:
                param.copy_(given)
            elif isinstance(param, torch.nn.Parameter) and not isinstance(given, torch.nn.Parameter):
                setattr(self, name, torch.nn.Parameter(given, requires_grad=param.requires_grad))
            else:
                setattr(self, name, given)

    def _load_from_state_dict(
        self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs
    ):
        local = {name: param for name, param in self._parameters.items() if param is not None}
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                local[name] = buffer
        assign = local_metadata.get("assign_to_params_buffers", False)
        for name, param in local.items():
            key = prefix + name
            if key in state_dict:
                self._load_one(key, name, param, state_dict[key], assign, error_msgs)
            elif strict:
                missing_keys.append(key)
        for key in state_dict:
            if key.startswith(prefix):
                parts = key[len(prefix) :].split(".", 1)
                if parts[0] not in (self._modules if len(parts) > 1 else local):
                    unexpected_keys.append(key)

    def _load(self, state_dict, prefix, assign, versions, found):
        metadata = {} if versions is None else dict(versions.get(prefix[:-1], {}))
        if assign:
            metadata["assign_to_params_buffers"] = True
        missing_keys, unexpected_keys, error_msgs = found
        for hook in self._load_state_dict_pre_hooks.values():
            hook(self, state_dict, prefix, metadata, True, missing_keys, unexpected_keys, error_msgs)
        self._load_from_state_dict(state_dict, prefix, metadata, True, missing_keys, unexpected_keys, error_msgs)
        for name, child in self._modules.items():
            if child is not None:
                path = prefix + name + "."
                below = {key: state_dict[key] for key in state_dict if key.startswith(path)}
                child._load(below, path, assign, versions, found)
        for hook in self._load_state_dict_post_hooks.values():
            hook(self, IncompatibleKeys(missing_keys, unexpected_keys))

    def load_state_dict(self, state_dict, strict=True, assign=False):
        """Copy the tensors of a state dict into the module's own."""
        if not isinstance(state_dict, (dict, OrderedDict)):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        missing_keys, unexpected_keys, error_msgs = [], [], []
        versions = getattr(state_dict, "_metadata", None)
        self._load(dict(state_dict), "", assign, versions, (missing_keys, unexpected_keys, error_msgs))
        if strict and unexpected_keys:
            error_msgs.insert(0, f"Unexpected key(s) in state_dict: {_quoted(unexpected_keys)}. ")
        if strict and missing_keys:
            error_msgs.insert(0, f"Missing key(s) in state_dict: {_quoted(missing_keys)}. ")
        if error_msgs:
            name = type(self).__name__
            raise RuntimeError("Error(s) in loading state_dict for " + name + ":\n\t" + "\n\t".join(error_msgs))
        return IncompatibleKeys(missing_keys, unexpected_keys)
