"""Python's `enum`."""


class auto:
    """Stands for the next value."""

    def __init__(self):
        self.value = None


def _is_member(name, value):
    if name[:1] == "_":
        return False
    return not (callable(value) or isinstance(value, (property, classmethod, staticmethod)))


class EnumMeta(type):
    def __init__(cls, name, bases, space):
        cls._member_map_ = {}
        values = []
        for each, value in list(space.items()):
            if not _is_member(each, value):
                continue
            if isinstance(value, auto):
                value = cls._generate_next_value_(each, 1, len(values), values)
            values.append(value)
            setattr(cls, each, _member(cls, each, value))

    def __call__(cls, value, names=None, **kwargs):
        if names is not None:
            names = names.replace(",", " ").split() if isinstance(names, str) else names
            made = type(value, (cls,), {name: i for i, name in enumerate(names, 1)})
            made.__module__ = "__main__"
            return made
        if isinstance(value, cls):
            return value
        for member in cls._member_map_.values():
            if member._value_ == value:
                return member
        found = cls._missing_(value)
        if found is not None:
            return found
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def __iter__(cls):
        return (member for name, member in cls._member_map_.items() if member._name_ == name)

    def __len__(cls):
        return len([name for name, member in cls._member_map_.items() if member._name_ == name])

    def __contains__(cls, member):
        return isinstance(member, cls) or any(each._value_ == member for each in cls._member_map_.values())

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __repr__(cls):
        return f"<enum '{cls.__name__}'>"

    @property
    def __members__(cls):
        return dict(cls._member_map_)


def _member(cls, name, value):
    for other in cls._member_map_.values():
        if other._value_ == value:
            cls._member_map_[name] = other
            return other
    args = value if isinstance(value, tuple) else (value,)
    member = cls.__new__(cls, *args) if issubclass(cls, (int, str, float)) else object.__new__(cls)
    object.__setattr__(member, "_name_", name)
    object.__setattr__(member, "_value_", value)
    if cls.__init__ is not object.__init__ and not issubclass(cls, (int, str, float)):
        member.__init__(*args)
    cls._member_map_[name] = member
    return member


class Enum(metaclass=EnumMeta):
    """A set of names with values."""

    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self


class IntEnum(int, Enum):
    def __str__(self):
        return str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __repr__(self):
        return Enum.__repr__(self)

    def __hash__(self):
        return hash(self._value_)


class StrEnum(str, Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __repr__(self):
        return Enum.__repr__(self)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __hash__(self):
        return hash(self._value_)


IntFlag = IntEnum
Flag = Enum
EnumType = EnumMeta


def unique(enumeration):
    twice = [f"{name} -> {m._name_}" for name, m in enumeration._member_map_.items() if m._name_ != name]
    if twice:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(twice)}")
    return enumeration
