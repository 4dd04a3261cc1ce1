"""Python's exceptions as records: the tree of built-in ones, and the engine's errors made instances."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.interpreter.errors import RaisedError, type_error
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Class, Instance, Keywords, Property, Slot

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
    BufferError
    OSError
      BlockingIOError
      ChildProcessError
      ConnectionError
      FileExistsError
      FileNotFoundError
      InterruptedError
      IsADirectoryError
      NotADirectoryError
      PermissionError
      ProcessLookupError
      TimeoutError
    ReferenceError
    StopAsyncIteration
    SystemError
    RuntimeError
      NotImplementedError
      RecursionError
    StopIteration
    SyntaxError
      IndentationError
        TabError
    TypeError
    ValueError
      UnicodeError
        UnicodeDecodeError
        UnicodeEncodeError
    Warning
      BytesWarning
      DeprecationWarning
      FutureWarning
      ImportWarning
      PendingDeprecationWarning
      ResourceWarning
      RuntimeWarning
      SyntaxWarning
      UnicodeWarning
      UserWarning
"""


def _start(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """`object.__init__`, which takes nothing but the object."""
    if len(arguments) > 1 or keywords:
        raise type_error("object.__init__() takes exactly one argument (the instance to initialize)")


def _stop_value(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    args = arguments_of(arguments[0])
    return args[0] if args else None


def arguments_of(value: object) -> tuple[object, ...]:
    """The arguments that an exception was made with."""
    args = value.attributes.get("args", ()) if type(value) is Instance else ()
    return args if type(args) is tuple else ()


def _add_note(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    value, *notes = arguments
    if len(notes) != 1 or type(notes[0]) is not str or type(value) is not Instance:
        raise type_error("note must be a str")
    machine.budget.container(1)
    held: Any = value.attributes.setdefault("__notes__", [])
    held.append(notes[0])


def _with_traceback(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    if len(arguments) != 2:
        raise type_error("BaseException.with_traceback() takes exactly one argument")
    return arguments[0]


def _keep_arguments(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    if not arguments or not is_exception(arguments[0]):
        raise type_error("descriptor '__init__' of 'BaseException' object needs an argument")
    value: Any = arguments[0]
    value.attributes["args"] = tuple(arguments[1:])


OBJECT = Class("object", (), {"__init__": Slot("__init__", _start)}, builtin=True, qualname="object")
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
    classes["BaseException"].namespace.update(
        {
            "__init__": Slot("__init__", _keep_arguments, "BaseException"),
            "add_note": Slot("add_note", _add_note, "BaseException"),
            "with_traceback": Slot("with_traceback", _with_traceback, "BaseException"),
            "__cause__": None, "__context__": None, "__traceback__": None, "__suppress_context__": False,
        }
    )  # fmt: skip
    classes["StopIteration"].namespace["value"] = Property(Slot("value", _stop_value))
    return classes


EXCEPTIONS = _grow()
BASE = EXCEPTIONS["BaseException"]


def _beside(name: str, *parents: str) -> Class:
    """An exception of a library: derived from Python's own, and no name that a program has by itself."""
    bases = tuple(EXCEPTIONS[parent] for parent in parents)
    cls = Class(name, bases, {}, builtin=True, qualname=name)
    ordered = dict.fromkeys(base for parent in bases for base in parent.mro)
    cls.mro = (cls, *sorted(ordered, key=lambda base: -len(base.mro)))
    return cls


LIBRARY_EXCEPTIONS = {
    "AxisError": _beside("AxisError", "ValueError", "IndexError"),
    "LinAlgError": _beside("LinAlgError", "ValueError"),
    "_LinAlgError": _beside("_LinAlgError", "RuntimeError"),
    "UFuncTypeError": _beside("UFuncTypeError", "TypeError"),
}


def is_exception(value: object) -> bool:
    """Whether `value` is an instance that may be raised."""
    return type(value) is Instance and value.cls.derives(BASE)


def raised(machine: Machine, name: str, *args: object) -> RaisedError:
    """A built-in exception raised here, with arguments that are values (KeyError's key)."""
    value = in_context(machine, Instance(EXCEPTIONS[name], {"args": args}))
    return RaisedError(value, machine.run.here, tuple(machine.trail))


def in_context(machine: Machine, value: Instance) -> Instance:
    """`value`, raised now: it remembers the exception that is being handled."""
    if machine.handling and machine.handling[-1].value is not value:
        value.attributes.setdefault("__context__", machine.handling[-1].value)
    return value


def as_raised(machine: Machine, error: TorchError) -> RaisedError:
    """An engine's or Python's error as an exception that student code can hold; its place is `Run.here`."""
    cls = EXCEPTIONS.get(error.type) or LIBRARY_EXCEPTIONS.get(error.type) or EXCEPTIONS["RuntimeError"]
    value = in_context(machine, Instance(cls, {"args": (error.message,)}))
    found = RaisedError(value, machine.run.here, tuple(machine.trail))
    found.code = error.code
    found.values = error.values
    return found
