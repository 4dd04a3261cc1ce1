"""Python's `traceback`, which prints where nobody looks; as text it is the last line."""


def print_exc(limit=None, file=None, chain=True):
    return None


print_exception = print_stack = print_tb = lambda *args, **kwargs: None


def format_exc(limit=None, chain=True):
    return "Traceback (most recent call last):\n"


def format_exception_only(exc, value=None):
    value = exc if value is None else value
    text = str(value)
    return [f"{type(value).__name__}: {text}\n" if text else f"{type(value).__name__}\n"]


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    return ["Traceback (most recent call last):\n", *format_exception_only(exc, value)]
