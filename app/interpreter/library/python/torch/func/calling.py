"""torch.func.functional_call: a module run with other parameters than its own."""


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False):
    """The module's answer as if its parameters and buffers were those of the dict; its own come back afterwards."""
    given = _merged(parameter_and_buffer_dicts)
    if strict:
        _require_all(module, given)
    swapped = []
    try:
        for path, tensor in given.items():
            drawer, name = _drawer(module, path)
            if drawer is not None:
                swapped.append((drawer, name, drawer[name]))
                drawer[name] = tensor
        row = () if args is None else args if isinstance(args, tuple) else (args,)
        return module(*row, **(kwargs or {}))
    finally:
        for drawer, name, own in reversed(swapped):
            drawer[name] = own


def _merged(given):
    if isinstance(given, dict):
        return given
    if not isinstance(given, (list, tuple)):
        raise ValueError(
            "Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, but got " + str(type(given))
        )
    found = {}
    for each in given:
        for key in each:
            if key in found:
                raise ValueError(f"{key} appears in multiple dictionaries; behavior of functional call is ambiguous")
        found.update(each)
    return found


def _drawer(module, path):
    """(the dict that holds the parameter or buffer of this name, its name there); None where there is none."""
    *above, name = path.split(".")
    for each in above:
        module = module._modules.get(each)
        if module is None:
            return None, name
    for drawer in (module._parameters, module._buffers):
        if name in drawer:
            return drawer, name
    return None, name


def _require_all(module, given):
    known = [name for name, _ in module.named_parameters()] + [name for name, _ in module.named_buffers()]
    missing = [name for name in known if name not in given]
    unexpected = [name for name in given if name not in known]
    if missing or unexpected:
        words = []
        if missing:
            words.append("Missing key(s): " + ", ".join(repr(name) for name in missing) + ".")
        if unexpected:
            words.append("Unexpected key(s): " + ", ".join(repr(name) for name in unexpected) + ".")
        raise RuntimeError("Error(s) in loading state_dict for " + type(module).__name__ + ": " + " ".join(words))
