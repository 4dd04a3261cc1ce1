"""What student code makes: plain records that the interpreter reads. No host class, function or generator
is ever made from student code, and no record has a method that the host would call on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Generator as HostGenerator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.interpreter.errors import RaisedError
    from app.interpreter.machine import Frame, Machine
    from app.interpreter.parameters import Parameters

Arguments = list[object]
Keywords = dict[str, object]


@dataclass(eq=False, slots=True)
class Function:
    """A `def` or `lambda`: its body is a closure over the compiled tree."""

    name: str
    qualname: str
    parameters: Parameters
    body: Callable[[Frame], object]
    parent: Frame | None
    defaults: tuple[object, ...] = ()
    keyword_defaults: dict[str, object] = field(default_factory=dict)
    owner: Owner | None = None
    doc: str | None = None
    attributes: dict[str, object] = field(default_factory=dict)
    machine: Machine | None = None
    """The view of the module that it was written in."""


@dataclass(eq=False, slots=True)
class Owner:
    """The class whose body a method stands in, known once the class is made: what `super()` needs."""

    cls: Class | None = None


@dataclass(eq=False, slots=True)
class Class:
    """A `class`, one of the built-in exceptions, or a built-in type (`kind`) in its part as a base class.

    `mro` starts with the class itself; `meta` is the class of the class where that is not `type`.
    """

    name: str
    bases: tuple[Class, ...]
    namespace: dict[str, object]
    mro: tuple[Class, ...] = ()
    builtin: bool = False
    qualname: str = ""
    kind: Type | None = None
    meta: Class | None = None
    layout: Class | None = None
    """The built-in type among its bases whose value an object holds."""
    module: str = "__main__"

    def find(self, name: str) -> object:
        """The attribute `name` of the first class in the order that has it, or `MISSING`."""
        for cls in self.mro:
            found = cls.namespace.get(name, MISSING)
            if found is not MISSING:
                return found
        return MISSING

    def derives(self, other: Class) -> bool:
        return other in self.mro


@dataclass(eq=False, slots=True)
class Instance:
    """An object of a student's class, or an exception. `held` is the list, dict, str … that an object of a class
    derived from such a type is besides."""

    cls: Class
    attributes: dict[str, object] = field(default_factory=dict)
    held: Any = None


@dataclass(eq=False, slots=True)
class Method:
    """A function bound to the object that it was read from."""

    function: object
    receiver: object
    name: str


@dataclass(eq=False, slots=True)
class Builtin:
    """A function of Python's that we run ourselves: it gets the machine, the arguments and the keywords."""

    name: str
    run: Callable[[Machine, Arguments, Keywords], object]


@dataclass(eq=False, slots=True)
class Slot:
    """A method of a built-in type as the type holds it: `object.__setattr__`, `str.upper`. Takes the object first,
    and is bound when read from one."""

    name: str
    run: Callable[[Machine, Arguments, Keywords], object]
    owner: str = "object"


@dataclass(eq=False, slots=True)
class BuiltinMethod:
    """A method of a built-in value, bound: `[].append`."""

    name: str
    receiver: object
    run: Callable[[Machine, Any, Arguments, Keywords], object]


@dataclass(eq=False, slots=True)
class Type:
    """A built-in type: callable when `make` is given, and what `isinstance` compares with.

    `hosts` are the exact host types of its values; `test` decides where the host type alone does not.
    """

    name: str
    shown: str
    hosts: frozenset[type]
    make: Callable[[Machine, Arguments, Keywords], object] | None = None
    test: Callable[[object], bool] | None = None
    full: str = ""
    """The name in Python's messages where it is not the plain one: "numpy.ndarray"."""

    def holds(self, value: object) -> bool:
        return type(value) in self.hosts and (self.test is None or self.test(value))


@dataclass(eq=False, slots=True)
class Namespace:
    """A module such as `torch` or `math`: read-only."""

    name: str
    entries: dict[str, object]


@dataclass(frozen=True, slots=True)
class Deferred:
    """A name that the library's module `module` binds once it has run; it runs when the name is first asked for."""

    module: str
    name: str


@dataclass(eq=False, slots=True)
class Lazy:
    """An iterator: a generator expression, `zip`, `map`, `enumerate`, … `shown` is its type's name.

    `depth` counts the iterators that it draws from through each other.
    """

    shown: str
    items: Iterator[object]
    depth: int = 1


@dataclass(eq=False, slots=True)
class Generator:
    """A generator function's run. `items` is the host's generator over our own statements; `handling` are the
    exceptions that it was handling when it paused."""

    name: str
    qualname: str
    items: HostGenerator[object, object, object]
    running: bool = False
    started: bool = False
    finished: bool = False
    result: object = None
    handling: list[RaisedError] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Union:
    """`int | None`: types to choose from."""

    members: tuple[object, ...]


@dataclass(eq=False, slots=True)
class Handle:
    """Something of the host's that the library's Python code keeps and hands back: no attribute leads into it."""

    name: str
    thing: object


@dataclass(eq=False, slots=True)
class View:
    """What `d.keys()`, `d.values()` and `d.items()` return."""

    kind: str
    mapping: dict[object, object]


@dataclass(eq=False, slots=True)
class Property:
    """`@property`, with its setter and deleter when they were added."""

    get: object
    set: object = None
    delete: object = None
    doc: str | None = None


@dataclass(eq=False, slots=True)
class StaticMethod:
    function: object


@dataclass(eq=False, slots=True)
class ClassMethod:
    function: object


@dataclass(eq=False, slots=True)
class Super:
    """`super()`: looks attributes up behind `cls` in the order of `receiver`'s class."""

    cls: Class
    receiver: object


@dataclass(eq=False, slots=True)
class Manager:
    """A context manager of the library, also usable as a decorator (`@torch.no_grad()`).

    `enter` returns what restores the state; it runs anew at each entry.
    """

    name: str
    enter: Callable[[Machine], Callable[[], None]]
    restore: list[Callable[[], None]] = field(default_factory=list)
    shown: str | None = None


@dataclass(eq=False, slots=True)
class Wrapped:
    """A function that runs inside a manager: what `@torch.no_grad()` makes of it."""

    manager: Manager
    function: object


class Missing:
    """The type of `MISSING`: no such attribute."""

    __slots__ = ()


MISSING = Missing()
