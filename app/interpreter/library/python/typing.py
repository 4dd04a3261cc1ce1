"""Python's `typing`: names for annotations, which nothing here looks at."""

from collections import _tuple_class


class _Form:
    """`List`, `Optional`, …: subscripted, joined and called, it stays a name."""

    def __init__(self, name, kind=None):
        self._name = name
        self._kind = kind

    def __getitem__(self, parameters):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __call__(self, *args, **kwargs):
        if self._kind is None:
            raise TypeError(f"Type {self._name} cannot be instantiated")
        return self._kind(*args, **kwargs)

    def __instancecheck__(self, value):
        return self._kind is not None and isinstance(value, self._kind)

    def __repr__(self):
        return f"typing.{self._name}"

    def __hash__(self):
        return hash(self._name)

    def __eq__(self, other):
        return self is other


Any = _Form("Any")
Union = _Form("Union")
Optional = _Form("Optional")
Callable = _Form("Callable")
List = _Form("List", list)
Dict = _Form("Dict", dict)
Tuple = _Form("Tuple", tuple)
Set = _Form("Set", set)
FrozenSet = _Form("FrozenSet")
Type = _Form("Type", type)
Sequence = _Form("Sequence")
MutableSequence = _Form("MutableSequence")
Mapping = _Form("Mapping")
MutableMapping = _Form("MutableMapping")
Iterable = _Form("Iterable")
Iterator = _Form("Iterator")
Generator = _Form("Generator")
Collection = _Form("Collection")
Container = _Form("Container")
Hashable = _Form("Hashable")
Sized = _Form("Sized")
Awaitable = _Form("Awaitable")
Literal = _Form("Literal")
Final = _Form("Final")
ClassVar = _Form("ClassVar")
Annotated = _Form("Annotated")
Self = _Form("Self")
NoReturn = Never = _Form("NoReturn")
TypeAlias = _Form("TypeAlias")
Concatenate = _Form("Concatenate")
Unpack = _Form("Unpack")
Text = str
AnyStr = _Form("AnyStr")
OrderedDict = _Form("OrderedDict", dict)
DefaultDict = _Form("DefaultDict")
Deque = _Form("Deque")
Counter = _Form("Counter")
Number = _Form("Number")
SupportsFloat = SupportsInt = SupportsIndex = SupportsAbs = _Form("Supports")
TYPE_CHECKING = False


class Generic:
    """Abstract base class for generic types."""

    def __class_getitem__(cls, parameters):
        return cls


class Protocol(Generic):
    pass


class TypeVar(_Form):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self._name = name
        self._kind = None

    def __repr__(self):
        return f"~{self._name}"


ParamSpec = TypeVarTuple = TypeVar


class NamedTuple(tuple):
    """A tuple whose entries have names."""

    def __new__(cls, typename=None, fields=(), **kwargs):
        made = _tuple_class(typename, tuple([name for name, kind in fields]), {})
        made.__module__ = "__main__"
        return made

    def __init_subclass__(cls):
        names = tuple(cls.__dict__.get("__annotations__", {}))
        defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        pattern = _tuple_class(cls.__name__, names, defaults)
        for name, value in pattern.__dict__.items():
            if name in names or name not in cls.__dict__:
                setattr(cls, name, value)


class TypedDict(dict):
    def __init_subclass__(cls, total=True):
        return None


def NewType(name, tp):
    return lambda value: value


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def override(method):
    return method


def runtime_checkable(cls):
    return cls


def get_type_hints(obj, *args, **kwargs):
    return dict(getattr(obj, "__annotations__", {}))


def get_origin(tp):
    return None


def get_args(tp):
    return ()
