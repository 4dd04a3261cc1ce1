"""Calling: student functions, methods, classes, built-ins and the engine's functions."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.engine.registry import Function as EngineFunction
from app.interpreter.admission import TAKES_DATA, TAKES_TYPES, admitted, as_element_type, as_numbers, check_arguments
from app.interpreter.attributes.binding import bound
from app.interpreter.budget import CALL_STEPS, exceeded
from app.interpreter.errors import type_error
from app.interpreter.exceptions import BASE, as_raised
from app.interpreter.machine import Frame, Machine
from app.interpreter.natives.held import bare
from app.interpreter.parameters import bind
from app.interpreter.protocol import CALL, call
from app.interpreter.records import (
    MISSING,
    Arguments,
    Builtin,
    BuiltinMethod,
    Class,
    Function,
    Instance,
    Keywords,
    Manager,
    Method,
    Slot,
    StaticMethod,
    Type,
    Wrapped,
)
from app.interpreter.types import type_name


def call_function(machine: Machine, function: Function, arguments: Arguments, keywords: Keywords) -> object:
    """Run a function on the view of its own module; its errors leave it knowing where they were raised.

    Afterwards `Run.here` is the call again: what the library does between two calls of the student's code belongs
    to the line that called the library.
    """
    machine.budget.step(CALL_STEPS)
    trail = machine.trail
    if len(trail) >= machine.budget.limits.calls:
        raise exceeded("calls", machine.budget.limits.calls)
    own = function.machine or machine
    frame = Frame(own, bind(function, arguments, keywords), function.parent, function.owner, function)
    trail.append(own.run.here)
    try:
        return function.body(frame)
    except TorchError as error:
        raise as_raised(own, error) from None
    finally:
        own.run.here = trail.pop()


def call_method(machine: Machine, method: Method, arguments: Arguments, keywords: Keywords) -> object:
    """Run a bound function with its receiver first."""
    return call(machine, method.function, [method.receiver, *arguments], keywords)


def call_engine(machine: Machine, function: EngineFunction, arguments: Arguments, keywords: Keywords) -> object:
    """Hand over to the engine, which charges the meter itself."""
    budget = machine.budget
    budget.step()
    if Instance in map(type, arguments):
        arguments = [bare(value) for value in arguments]
    if function.name not in TAKES_DATA:
        arguments = [as_numbers(value) for value in arguments]
        keywords = {name: as_numbers(value) for name, value in keywords.items()}
    check_arguments(budget, function.name, arguments, keywords)
    if "dtype" in keywords:
        keywords = {**keywords, "dtype": as_element_type(keywords["dtype"])}
    if function.name in TAKES_TYPES:
        arguments = [as_element_type(value) for value in arguments]
    return admitted(budget, function(*arguments, **keywords))


def call_builtin(machine: Machine, function: Builtin | Slot, arguments: Arguments, keywords: Keywords) -> object:
    """Run one of Python's own functions."""
    machine.budget.step()
    return function.run(machine, arguments, keywords)


def call_builtin_method(machine: Machine, method: BuiltinMethod, arguments: Arguments, keywords: Keywords) -> object:
    """Run a method of a built-in value."""
    machine.budget.step()
    return method.run(machine, method.receiver, arguments, keywords)


def call_type(machine: Machine, kind: Type, arguments: Arguments, keywords: Keywords) -> object:
    """Convert or make a value: `int("3")`, `list(x)`."""
    machine.budget.step()
    if kind.make is None:
        raise type_error(f"cannot create '{kind.name}' instances")
    return kind.make(machine, arguments, keywords)


def call_class(machine: Machine, cls: Class, arguments: Arguments, keywords: Keywords) -> object:
    """Make an object: what the metaclass says, where there is one."""
    machine.budget.step(CALL_STEPS)
    if cls.meta is not None:
        function = cls.meta.find("__call__")
        if function is not MISSING:
            return call(machine, function, [cls, *arguments], keywords)
    return construct(machine, cls, arguments, keywords)


def construct(machine: Machine, cls: Class, arguments: Arguments, keywords: Keywords) -> object:
    """Run `__new__`, then `__init__` if that made an object of the class."""
    maker = cls.find("__new__")
    if maker is MISSING:
        instance = Instance(cls)
        if cls.derives(BASE):
            instance.attributes["args"] = tuple(arguments)
    else:
        made = call(machine, _static(maker), [cls, *arguments], keywords)
        if type(made) is not Instance or not made.cls.derives(cls):
            return made
        instance = made
    return _started(machine, cls, instance, arguments, keywords, maker is MISSING)


def _static(function: object) -> object:
    return function.function if type(function) is StaticMethod else function


def _started(
    machine: Machine, cls: Class, instance: Instance, arguments: Arguments, keywords: Keywords, plain: bool
) -> Instance:
    start = cls.find("__init__")
    if type(start) is Slot and start.owner in ("object", "BaseException"):
        if not plain:
            return instance
        if (arguments or keywords) and start.owner == "object":
            raise type_error(f"{cls.name}() takes no arguments")
        if keywords:
            raise type_error(f"{cls.name}() takes no keyword arguments")
        return instance
    result = call(machine, start, [instance, *arguments], keywords)
    if result is not None:
        raise type_error(f"__init__() should return None, not '{type_name(result)}'")
    return instance


def call_instance(machine: Machine, instance: Instance, arguments: Arguments, keywords: Keywords) -> object:
    """Run the `__call__` of a student's class."""
    function = instance.cls.find("__call__")
    if function is MISSING or function is None:
        raise type_error(f"'{instance.cls.name}' object is not callable")
    return call_found(machine, function, instance, arguments, keywords)


def call_manager(machine: Machine, manager: Manager, arguments: Arguments, keywords: Keywords) -> object:
    """`torch.no_grad()(f)`: the manager as a decorator."""
    if len(arguments) != 1 or keywords or type(arguments[0]) not in CALL:
        raise type_error(f"{manager.name} decorates one function")
    return Wrapped(manager, arguments[0])


def call_wrapped(machine: Machine, wrapped: Wrapped, arguments: Arguments, keywords: Keywords) -> object:
    """Run a decorated function inside its manager; a limit passes through without restoring."""
    restore = wrapped.manager.enter(machine)
    try:
        return call(machine, wrapped.function, arguments, keywords)
    finally:
        restore()


def special(machine: Machine, value: object, name: str, *arguments: object) -> object:
    """Call the special method `name` of an object's class; `MISSING` when the class has none."""
    if type(value) is not Instance:
        return MISSING
    function = value.cls.find(name)
    if function is MISSING or function is None:
        return MISSING
    return call_found(machine, function, value, list(arguments), {})


def call_found(
    machine: Machine, function: object, receiver: Instance, arguments: Arguments, keywords: Keywords
) -> object:
    """Call what was found in the receiver's class, as it would be bound."""
    kind = type(function)
    if kind is Function or kind is Slot or kind is Builtin:
        return call(machine, function, [receiver, *arguments], keywords)
    return call(machine, bound(machine, function, receiver, receiver.cls, ""), arguments, keywords)


def of_metaclass(machine: Machine, value: object, name: str, *arguments: object) -> object:
    """Call the special method `name` that a class has from its metaclass; `MISSING` when there is none."""
    if type(value) is not Class or value.meta is None:
        return MISSING
    function = value.meta.find(name)
    return MISSING if function is MISSING else call(machine, function, [value, *arguments])


CALL.update(
    {
        Function: call_function,
        Method: call_method,
        EngineFunction: call_engine,
        Builtin: call_builtin,
        Slot: call_builtin,
        StaticMethod: lambda machine, method, arguments, keywords: call(machine, method.function, arguments, keywords),
        BuiltinMethod: call_builtin_method,
        Type: call_type,
        Class: call_class,
        Instance: call_instance,
        Manager: call_manager,
        Wrapped: call_wrapped,
    }
)
