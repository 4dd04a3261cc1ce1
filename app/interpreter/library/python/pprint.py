"""Python's `pprint`: one line where it fits, else one entry per line."""


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return _shown(object, indent, width, 0, sort_dicts)


def _shown(value, indent, width, at, sort_dicts):
    text = _line(value, sort_dicts)
    if len(text) <= width - at or not isinstance(value, (dict, list, tuple)) or not value:
        return text
    if isinstance(value, dict):
        pairs = _pairs(value, sort_dicts)
        rows = [f"{k!r}: {_shown(v, indent, width, at + indent + len(repr(k)) + 2, sort_dicts)}" for k, v in pairs]
        begin, end = "{", "}"
    else:
        rows = [_shown(each, indent, width, at + indent, sort_dicts) for each in value]
        begin, end = ("[", "]") if isinstance(value, list) else ("(", ",)" if len(value) == 1 else ")")
    joint = ",\n" + " " * (at + indent)
    return begin + " " * (indent - 1) + joint.join(rows) + end


def _pairs(value, sort_dicts):
    if sort_dicts and all([isinstance(key, str) for key in value]):
        return sorted(value.items())
    return list(value.items())


def _line(value, sort_dicts):
    if type(value) is dict:
        return "{" + ", ".join([f"{k!r}: {_line(v, sort_dicts)}" for k, v in _pairs(value, sort_dicts)]) + "}"
    if type(value) is list:
        return "[" + ", ".join([_line(each, sort_dicts) for each in value]) + "]"
    return repr(value)


def pprint(
    object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False
):
    print(pformat(object, indent, width, depth, compact=compact, sort_dicts=sort_dicts))


pp = pprint
