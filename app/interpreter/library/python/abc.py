"""Python's `abc`."""


def abstractmethod(funcobj):
    funcobj._is_abstract = True
    return funcobj


abstractproperty = property
abstractclassmethod = classmethod
abstractstaticmethod = staticmethod


def _is_abstract(value):
    function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
    return getattr(function, "_is_abstract", False)


class ABCMeta(type):
    def __call__(cls, *args, **kwargs):
        found = {}
        for base in reversed(cls.__mro__):
            if base not in (object, ABC):
                found.update(_space(base))
        missing = sorted([name for name, value in found.items() if _is_abstract(value)])
        if missing:
            plural = "s" if len(missing) > 1 else ""
            raise TypeError(
                f"Can't instantiate abstract class {cls.__name__} with abstract method{plural} {', '.join(missing)}"
            )
        return super().__call__(*args, **kwargs)

    def register(cls, subclass):
        return subclass


def _space(cls):
    return cls.__dict__ if isinstance(cls, ABCMeta) else {name: getattr(cls, name, None) for name in dir(cls)}


class ABC(metaclass=ABCMeta):
    """Helper class that provides a standard way to create an ABC using inheritance."""
