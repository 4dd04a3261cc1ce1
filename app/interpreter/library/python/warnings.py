"""Python's `warnings`: they go where nobody looks, so warning does nothing but fail where a filter says "error"."""

_errors = []


def warn(message, category=None, stacklevel=1, source=None):
    kind = type(message) if isinstance(message, Warning) else category or UserWarning
    if any([issubclass(kind, each) for each in _errors]):
        raise message if isinstance(message, Warning) else kind(message)


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, "", category)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    if action not in ("default", "error", "ignore", "always", "module", "once"):
        raise AssertionError(f"invalid action: {action!r}")
    if action == "error":
        _errors.append(category)
    elif category in _errors:
        _errors.remove(category)


def resetwarnings():
    _errors.clear()


def formatwarning(message, category, filename, lineno, line=None):
    return f"{filename}:{lineno}: {category.__name__}: {message}\n"


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning):
        self._record = record
        self._action = action
        self._category = category

    def __enter__(self):
        self._kept = list(_errors)
        if self._action is not None:
            simplefilter(self._action, self._category)
        return [] if self._record else None

    def __exit__(self, *exc_info):
        _errors[:] = self._kept
