"""What is asked of a compiler that is not there."""


def is_compiling():
    return False


def disable(fn=None, recursive=True):
    return fn if fn is not None else lambda function: function


def reset():
    return None
