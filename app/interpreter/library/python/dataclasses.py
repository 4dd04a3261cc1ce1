"""Python's `dataclasses`: the methods are closures over the fields instead of generated text."""


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


MISSING = _Missing()
KW_ONLY = "KW_ONLY"


class FrozenInstanceError(AttributeError):
    pass


class InitVar:
    def __class_getitem__(cls, kind):
        return cls


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only

    def required(self):
        return self.default is MISSING and self.default_factory is MISSING

    def __repr__(self):
        return f"Field(name={self.name!r},type={self.type!r},default={self.default!r})"


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=False,
):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    def decorate(cls):
        return _made(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only)

    return decorate if cls is None else decorate(cls)


def _made(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only):
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    found = _fields_of(cls, kw_only)
    cls._dataclass_fields = found
    own = cls.__dict__
    shown = [each for each in found.values() if not each.pseudo]
    methods = {}
    if init:
        _check_order(found)
        methods["__init__"] = _init(cls, list(found.values()), frozen)
    if repr:
        methods["__repr__"] = _repr([each for each in shown if each.repr])
    compared = [each for each in shown if each.compare]
    if eq:
        methods["__eq__"] = _compare(compared, lambda a, b: a == b, None)
    for name, method in methods.items():
        if name not in own:
            setattr(cls, name, method)
    if order:
        for name, test in _ORDER.items():
            if name in own:
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering"
                )
            setattr(cls, name, _compare(compared, test, name))
    if (eq and frozen and "__hash__" not in own) or unsafe_hash:
        cls.__hash__ = _hash([each for each in shown if (each.compare if each.hash is None else each.hash)])
    elif eq and "__hash__" not in own:
        cls.__hash__ = None
    if frozen:
        cls.__setattr__ = _frozen("assign to")
        cls.__delattr__ = _frozen("delete")
    cls.__match_args__ = tuple([each.name for each in found.values() if each.init and not each.kw_only])
    return cls


def _fields_of(cls, kw_only):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(getattr(base, "_dataclass_fields", {}))
    only = kw_only
    for name, kind in cls.__dict__.get("__annotations__", {}).items():
        if "ClassVar" in kind:
            continue
        if "KW_ONLY" in kind:
            only = True
            continue
        given = cls.__dict__.get(name, MISSING)
        each = given if isinstance(given, Field) else field(default=given)
        if each.default is not MISSING and isinstance(each.default, (list, dict, set)):
            raise ValueError(
                f"mutable default {type(each.default)} for field {name} is not allowed: use default_factory"
            )
        each.name = name
        each.type = kind
        each.kw_only = each.kw_only or only
        each.pseudo = "InitVar" in kind
        found[name] = each
        if isinstance(given, Field):
            if each.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, each.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in found:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return found


def _check_order(found):
    before = None
    for each in found.values():
        if not each.init or each.kw_only:
            continue
        if not each.required():
            before = each.name
        elif before is not None:
            raise TypeError(f"non-default argument {each.name!r} follows default argument")


def _init(cls, found, frozen):
    given = [each for each in found if each.init]
    positional = [each.name for each in given if not each.kw_only]
    accepted = [each.name for each in given]
    needed = [each.name for each in given if each.required() and not each.kw_only]
    shown = f"{cls.__qualname__}.__init__()"

    def __init__(self, /, *args, **kwargs):
        if len(args) > len(positional):
            least = len(needed) + 1
            takes = str(least) if least == len(positional) + 1 else f"from {least} to {len(positional) + 1}"
            raise TypeError(f"{shown} takes {takes} positional arguments but {len(args) + 1} were given")
        values = dict(zip(positional, args))
        for name, value in kwargs.items():
            if name not in accepted:
                raise TypeError(f"{shown} got an unexpected keyword argument '{name}'")
            if name in values:
                raise TypeError(f"{shown} got multiple values for argument '{name}'")
            values[name] = value
        _require(shown, "positional", [name for name in needed if name not in values])
        _require(shown, "keyword-only", [e.name for e in given if e.kw_only and e.required() and e.name not in values])
        extra = []
        for each in found:
            if each.name in values:
                value = values[each.name]
            elif each.default is not MISSING:
                value = each.default
            elif each.default_factory is not MISSING:
                value = each.default_factory()
            else:
                continue
            if each.pseudo:
                extra.append(value)
            elif frozen:
                object.__setattr__(self, each.name, value)
            else:
                setattr(self, each.name, value)
        if hasattr(self, "__post_init__"):
            self.__post_init__(*extra)

    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    return __init__


def _require(shown, kind, names):
    if not names:
        return
    quoted = [f"'{name}'" for name in names]
    if len(quoted) > 1:
        comma = "," if len(quoted) > 2 else ""
        text = f"{', '.join(quoted[:-1])}{comma} and {quoted[-1]}"
    else:
        text = quoted[0]
    plural = "s" if len(quoted) > 1 else ""
    raise TypeError(f"{shown} missing {len(quoted)} required {kind} argument{plural}: {text}")


def _repr(found):
    names = [each.name for each in found]

    def __repr__(self):
        return f"{self.__class__.__qualname__}({', '.join([f'{n}={getattr(self, n)!r}' for n in names])})"

    return __repr__


def _compare(found, test, shown):
    names = [each.name for each in found]

    def compare(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return test(tuple([getattr(self, n) for n in names]), tuple([getattr(other, n) for n in names]))

    return compare


_ORDER = {
    "__lt__": lambda a, b: a < b,
    "__le__": lambda a, b: a <= b,
    "__gt__": lambda a, b: a > b,
    "__ge__": lambda a, b: a >= b,
}


def _hash(found):
    names = [each.name for each in found]

    def __hash__(self):
        return hash(tuple([getattr(self, n) for n in names]))

    return __hash__


def _frozen(what):
    def refuse(self, name, *value):
        raise FrozenInstanceError(f"cannot {what} field {name!r}")

    return refuse


def fields(class_or_instance):
    found = getattr(class_or_instance, "_dataclass_fields", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple([each for each in found.values() if not each.pseudo])


def is_dataclass(obj):
    return hasattr(obj, "_dataclass_fields")


def asdict(obj, *, dict_factory=dict):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _converted(
        obj, lambda each: dict_factory([(f.name, _inside(getattr(each, f.name), dict_factory)) for f in fields(each)])
    )


def _inside(value, factory):
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value, dict_factory=factory)
    return _converted(value, lambda each: each, lambda each: _inside(each, factory))


def _converted(value, leaf, inside=None):
    if inside is not None and isinstance(value, (list, tuple)):
        if hasattr(value, "_fields"):
            return type(value)(*[inside(each) for each in value])
        return type(value)([inside(each) for each in value])
    if inside is not None and isinstance(value, dict):
        return {inside(key): inside(each) for key, each in value.items()}
    return leaf(value)


def astuple(obj, *, tuple_factory=tuple):
    if not is_dataclass(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return tuple_factory([_tupled(getattr(obj, f.name), tuple_factory) for f in fields(obj)])


def _tupled(value, factory):
    if is_dataclass(value) and not isinstance(value, type):
        return astuple(value, tuple_factory=factory)
    return _converted(value, lambda each: each, lambda each: _tupled(each, factory))


def replace(obj, /, **changes):
    if not is_dataclass(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for each in obj._dataclass_fields.values():
        if not each.init:
            if each.name in changes:
                raise ValueError(
                    f"field {each.name} is declared with init=False, it cannot be specified with replace()"
                )
        elif each.name not in changes and not each.pseudo:
            changes[each.name] = getattr(obj, each.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    space = dict(namespace or {})
    kinds = {}
    for each in fields:
        parts = (each,) if isinstance(each, str) else tuple(each)
        kinds[parts[0]] = "Any"
        if len(parts) == 3:
            space[parts[0]] = parts[2]
    space["__annotations__"] = kinds
    made = type(cls_name, bases, space)
    made.__module__ = "__main__"
    return dataclass(made, **options)
