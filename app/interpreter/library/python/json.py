"""Python's `json`, the writing side."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


class JSONDecodeError(ValueError):
    pass


def _text(value, ascii):
    pieces = []
    for c in value:
        if c in _ESCAPES:
            pieces.append(_ESCAPES[c])
        elif ord(c) < 32 or (ascii and ord(c) > 126):
            n = ord(c)
            if n > 0xFFFF:
                n -= 0x10000
                pieces.append(f"\\u{0xD800 + (n >> 10):04x}\\u{0xDC00 + (n & 0x3FF):04x}")
            else:
                pieces.append(f"\\u{n:04x}")
        else:
            pieces.append(c)
    return f'"{"".join(pieces)}"'


def _number(value):
    if isinstance(value, float):
        if value != value:
            return "NaN"
        if value in (float("inf"), -float("inf")):
            return "Infinity" if value > 0 else "-Infinity"
        return repr(float(value))
    return str(int(value))


def _key(key):
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    if isinstance(key, (int, float)):
        return _number(key)
    raise TypeError(f"keys must be str, int, float, bool or None, not {type(key).__name__}")


def dumps(obj, *, skipkeys=False, ensure_ascii=True, indent=None, separators=None, default=None, sort_keys=False, **kw):
    comma, colon = separators or ((", " if indent is None else ","), ": ")
    step = " " * indent if isinstance(indent, int) else indent

    def shown(value, depth):
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, str):
            return _text(value, ensure_ascii)
        if isinstance(value, (int, float)):
            return _number(value)
        if isinstance(value, dict):
            pairs = sorted(value.items()) if sort_keys else value.items()
            rows = [f"{_text(_key(k), ensure_ascii)}{colon}{shown(v, depth + 1)}" for k, v in pairs]
            return joined("{", rows, "}", depth)
        if isinstance(value, (list, tuple)):
            return joined("[", [shown(v, depth + 1) for v in value], "]", depth)
        if default is not None:
            return shown(default(value), depth)
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")

    def joined(begin, rows, end, depth):
        if not rows or step is None:
            return begin + comma.join(rows) + end
        inner = "\n" + step * (depth + 1)
        return begin + inner + (comma + inner).join(rows) + "\n" + step * depth + end

    return shown(obj, 0)
