"""A module called with other parameters than its own."""


def _names(module):
    """By dotted name: the dict that holds the tensor, and its key there."""
    found = {}
    for path, each in module.named_modules(remove_duplicate=False):
        for held in (each._parameters, each._buffers):
            for key in held:
                found[f"{path}.{key}" if path else key] = (held, key)
    return found


def _all_given(names, given):
    """The given tensors, also for the names that share one of theirs."""
    tied = {}
    for name, (held, key) in names.items():
        if held[key] is not None:
            tied.setdefault(id(held[key]), []).append(name)
    full = dict(given)
    for group in tied.values():
        known = [given[name] for name in group if name in given]
        if known:
            for name in group:
                full.setdefault(name, known[0])
    return full


def _require(module, names, given, full, strict):
    unexpected = [name for name in given if name not in names]
    if strict:
        missing = [name for name in names if name not in full]
        lines = []
        if missing:
            lines.append("Missing key(s): " + ", ".join([repr(name) for name in missing]) + ".")
        if unexpected:
            lines.append("Unexpected key(s): " + ", ".join([repr(name) for name in unexpected]) + ".")
        if lines:
            name = type(module).__name__
            raise RuntimeError(f"Error(s) in reparametrizing for {name}:\n\t" + "\n\t".join(lines))


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False):
    """What the module answers with the given tensors in place of its own."""
    if isinstance(parameter_and_buffer_dicts, (list, tuple)):
        given = {}
        for each in parameter_and_buffer_dicts:
            for name, tensor in each.items():
                if name in given:
                    raise ValueError(
                        f"{[name]} appeared in multiple dictionaries; behavior of functional call is ambiguous"
                    )
                given[name] = tensor
    elif isinstance(parameter_and_buffer_dicts, dict):
        given = parameter_and_buffer_dicts
    else:
        raise ValueError(
            "Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, "
            f"but got {type(parameter_and_buffer_dicts)}"
        )
    names = _names(module)
    full = _all_given(names, given) if tie_weights else given
    _require(module, names, given, full, strict)
    args = () if args is None else args if isinstance(args, tuple) else (args,)
    own = {name: names[name][0][names[name][1]] for name in full if name in names}
    try:
        for name in own:
            held, key = names[name]
            held[key] = full[name]
        return module(*args, **({} if kwargs is None else kwargs))
    finally:
        for name, tensor in own.items():
            held, key = names[name]
            held[key] = tensor
