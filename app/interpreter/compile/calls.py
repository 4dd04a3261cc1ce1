"""The arguments of a call, and `super()`."""

from __future__ import annotations

import ast

from app.engine.registry import Function as EngineFunction
from app.interpreter.budget import CALL_STEPS
from app.interpreter.builtins.constructors import as_mapping
from app.interpreter.compile.context import Context, Expression, Step
from app.interpreter.errors import type_error
from app.interpreter.exceptions import raised
from app.interpreter.machine import Frame
from app.interpreter.protocol import call, collect, is_iterable
from app.interpreter.records import Arguments, Builtin, Class, Function, Instance, Keywords, Method, Super
from app.interpreter.types import SUPER, type_name


def call_step(context: Context, node: ast.Call) -> Step:
    """The step that calls the value on its left."""
    place = context.place(node)
    gather = _gather(context, node)

    def step(frame: Frame, function: object) -> object:
        arguments, keywords = gather(frame, function)
        machine = frame.machine
        machine.run.here = place
        place.method = type(function) is Method
        machine.budget.step(CALL_STEPS)
        if function is SUPER:
            return _super_of(arguments) if arguments else _super(frame)
        return call(machine, function, arguments, keywords)

    return step


def _gather(context: Context, node: ast.Call) -> _Gather:
    if any(isinstance(argument, ast.Starred) for argument in node.args) or any(k.arg is None for k in node.keywords):
        return _Spread(context, node)
    return _Plain(context, node)


class _Gather:
    """Evaluates the arguments of one call."""

    __slots__ = ("keywords", "positional")

    def __init__(self, context: Context, node: ast.Call) -> None:
        self.positional = [context.expression(_inside_star(argument)) for argument in node.args]
        self.keywords = [(keyword.arg, context.expression(keyword.value)) for keyword in node.keywords]

    def __call__(self, frame: Frame, function: object) -> tuple[Arguments, Keywords]:
        raise NotImplementedError


def _inside_star(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Starred) else node


class _Plain(_Gather):
    """No `*` and no `**`."""

    __slots__ = ()

    def __call__(self, frame: Frame, function: object) -> tuple[Arguments, Keywords]:
        arguments = [argument(frame) for argument in self.positional]
        return arguments, {name: value(frame) for name, value in self.keywords if name is not None}


class _Spread(_Gather):
    """With `*values` or `**mapping` among them."""

    __slots__ = ("place", "starred")

    def __init__(self, context: Context, node: ast.Call) -> None:
        super().__init__(context, node)
        self.starred = [isinstance(argument, ast.Starred) for argument in node.args]
        self.place = context.place(node)

    def __call__(self, frame: Frame, function: object) -> tuple[Arguments, Keywords]:
        arguments: Arguments = []
        for argument, starred in zip(self.positional, self.starred, strict=True):
            value = argument(frame)
            if starred:
                arguments.extend(self._spread(frame, value, function))
            else:
                arguments.append(value)
        keywords: Keywords = {}
        for name, expression in self.keywords:
            self._add(frame, keywords, name, expression, function)
        return arguments, keywords

    def _spread(self, frame: Frame, value: object, function: object) -> list[object]:
        frame.machine.run.here = self.place
        if not is_iterable(value):
            raise type_error(f"{_shown(function)} argument after * must be an iterable, not {type_name(value)}")
        return collect(frame.machine, value)

    def _add(
        self, frame: Frame, keywords: Keywords, name: str | None, expression: Expression, function: object
    ) -> None:
        value = expression(frame)
        frame.machine.run.here = self.place
        if name is None:
            mapping = as_mapping(frame.machine, value)
            if mapping is None:
                raise type_error(f"{_shown(function)} argument after ** must be a mapping, not {type_name(value)}")
            frame.machine.budget.container(len(mapping))
            entries = list(mapping.items())
        else:
            entries = [(name, value)]
        for key, entry in entries:
            if type(key) is not str:
                raise type_error("keywords must be strings")
            if key in keywords:
                raise type_error(f"{_shown(function)} got multiple values for keyword argument '{key}'")
            keywords[key] = entry


def _shown(function: object) -> str:
    """How Python's messages about a call name the function."""
    if type(function) is Function:
        return f"__main__.{function.qualname}()"
    if type(function) is Builtin or type(function) is EngineFunction:
        return f"{function.name}()"
    return f"{type_name(function)} object"


def _super(frame: Frame) -> Super:
    """`super()` without arguments: from the class that the method stands in and its first parameter."""
    function = frame.function
    if function is None and frame.owner is None:
        raise raised(frame.machine, "RuntimeError", "super(): no arguments")
    if function is None or function.owner is None or function.owner.cls is None:
        raise raised(frame.machine, "RuntimeError", "super(): __class__ cell not found")
    if not function.parameters.positional:
        raise raised(frame.machine, "RuntimeError", "super(): no arguments")
    return _checked(function.owner.cls, frame.variables.get(function.parameters.positional[0]))


def _super_of(arguments: Arguments) -> Super:
    """`super(Net, self)`, the older spelling."""
    cls, receiver = (*arguments, None)[:2]
    if type(cls) is not Class:
        raise type_error(f"super() argument 1 must be a type, not {type_name(cls)}")
    if len(arguments) > 2:
        raise type_error("super(type, obj): obj must be an instance or subtype of type")
    return _checked(cls, receiver)


def _checked(cls: Class, receiver: object) -> Super:
    """`super()` of what is an object of the class, a class derived from it, or a class that it is the metaclass of."""
    own = receiver.cls if type(receiver) is Instance else receiver
    if type(own) is Class and (own.derives(cls) or (own.meta is not None and own.meta.derives(cls))):
        return Super(cls, receiver)
    raise type_error("super(type, obj): obj must be an instance or subtype of type")
