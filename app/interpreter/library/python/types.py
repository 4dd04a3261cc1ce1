"""What of Python's `types` programs use."""


class SimpleNamespace:
    """A simple attribute-based namespace."""

    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        return f"namespace({', '.join([f'{name}={value!r}' for name, value in self.__dict__.items()])})"

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__


def MethodType(function, instance):
    return function.__get__(instance)


FunctionType = LambdaType = type(lambda: None)
GeneratorType = type(i for i in ())
NoneType = type(None)
