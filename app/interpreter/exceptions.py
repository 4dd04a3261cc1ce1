"""Python's exceptions as records: the tree of built-in ones, and the engine's errors made instances."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.interpreter.errors import RaisedError, type_error
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Builtin, Class, Instance, Keywords

TREE = """
BaseException
  KeyboardInterrupt
  SystemExit
  GeneratorExit
  Exception
    ArithmeticError
      FloatingPointError
      OverflowError
      ZeroDivisionError
    AssertionError
    AttributeError
    EOFError
    ImportError
      ModuleNotFoundError
    LookupError
      IndexError
      KeyError
    MemoryError
    NameError
      UnboundLocalError
    OSError
    RuntimeError
      NotImplementedError
      RecursionError
    StopIteration
    SyntaxError
    TypeError
    ValueError
      UnicodeError
    Warning
      DeprecationWarning
      FutureWarning
      RuntimeWarning
      UserWarning
"""


def _do_nothing(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    return None


def _keep_arguments(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    if not arguments or not is_exception(arguments[0]):
        raise type_error("descriptor '__init__' of 'BaseException' object needs an argument")
    value: Any = arguments[0]
    value.attributes["args"] = tuple(arguments[1:])


OBJECT = Class("object", (), {"__init__": Builtin("__init__", _do_nothing)}, builtin=True, qualname="object")
OBJECT.mro = (OBJECT,)


def _grow() -> dict[str, Class]:
    classes: dict[str, Class] = {}
    path: list[Class] = []
    for line in TREE.strip().splitlines():
        depth, name = (len(line) - len(line.lstrip())) // 2, line.strip()
        parent = path[depth - 1] if depth else OBJECT
        cls = Class(name, (parent,), {}, builtin=True, qualname=name)
        cls.mro = (cls, *parent.mro)
        path[depth:] = [cls]
        classes[name] = cls
    classes["BaseException"].namespace["__init__"] = Builtin("__init__", _keep_arguments)
    return classes


EXCEPTIONS = _grow()
BASE = EXCEPTIONS["BaseException"]


def is_exception(value: object) -> bool:
    """Whether `value` is an instance that may be raised."""
    return type(value) is Instance and value.cls.derives(BASE)


def raised(machine: Machine, name: str, *args: object) -> RaisedError:
    """A built-in exception raised here, with arguments that are values (KeyError's key)."""
    return RaisedError(Instance(EXCEPTIONS[name], {"args": args}), machine.run.here, tuple(machine.trail))


def as_raised(machine: Machine, error: TorchError) -> RaisedError:
    """An engine's or Python's error as an exception that student code can hold; its place is `Run.here`."""
    cls = EXCEPTIONS.get(error.type) or EXCEPTIONS["RuntimeError"]
    found = RaisedError(Instance(cls, {"args": (error.message,)}), machine.run.here, tuple(machine.trail))
    found.code = error.code
    found.values = error.values
    return found
