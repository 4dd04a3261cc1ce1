"""`def`, `lambda` and `class`."""

from __future__ import annotations

import ast

from app.interpreter.budget import FUNCTION_STEPS
from app.interpreter.check.nodes import unsupported
from app.interpreter.check.yields import holds_yield
from app.interpreter.classes import make_class
from app.interpreter.compile.context import (
    EXPRESSIONS,
    RETURN,
    STATEMENTS,
    Context,
    Expression,
    Statement,
)
from app.interpreter.compile.generators import generator_body
from app.interpreter.compile.names import store_name
from app.interpreter.errors import RefusedError
from app.interpreter.machine import Frame
from app.interpreter.parameters import Parameters
from app.interpreter.protocol import call
from app.interpreter.records import Class, Function, Owner
from app.interpreter.source import span_of


def _parameters(node: ast.arguments) -> Parameters:
    return Parameters(
        tuple(arg.arg for arg in (*node.posonlyargs, *node.args)),
        len(node.posonlyargs),
        node.vararg.arg if node.vararg else None,
        tuple(arg.arg for arg in node.kwonlyargs),
        node.kwarg.arg if node.kwarg else None,
    )


def _maker(context: Context, node: ast.FunctionDef | ast.Lambda, name: str, body: Expression) -> Expression:
    """A closure that makes the function, with its defaults evaluated now."""
    parameters = _parameters(node.args)
    defaults = context.expressions(node.args.defaults)
    keyword_defaults = [
        (arg.arg, context.expression(value))
        for arg, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if value is not None
    ]
    doc = ast.get_docstring(node, clean=False) if isinstance(node, ast.FunctionDef) else None
    qualname = context.prefix + name

    def make(frame: Frame) -> object:
        frame.machine.budget.step(FUNCTION_STEPS)
        return Function(
            name, qualname, parameters, body, context.closure_frame(frame),
            tuple(default(frame) for default in defaults),
            {name: default(frame) for name, default in keyword_defaults},
            _owner(context, frame), doc, machine=frame.machine,
        )  # fmt: skip

    return make


def _owner(context: Context, frame: Frame) -> Owner | None:
    """The class that `super()` means in what is defined here."""
    if context.scope.kind == "class" or frame.function is None:
        return frame.owner
    return frame.function.owner


def _lambda(context: Context, node: ast.Lambda) -> Expression:
    inner = context.inner(node, f"{context.prefix}<lambda>.<locals>.")
    if holds_yield(node.body):
        raise unsupported("yield in a lambda", node, context.source)
    return _maker(context, node, "<lambda>", inner.expression(node.body))


def _body(context: Context, node: ast.FunctionDef) -> Expression:
    inner = context.inner(node, f"{context.prefix}{node.name}.<locals>.")
    if holds_yield(*node.body):
        return generator_body(inner, node, context.prefix + node.name)
    block = inner.block(node.body)
    return lambda frame: frame.result if block(frame) is RETURN else None


def _decorated(context: Context, node: ast.FunctionDef | ast.ClassDef, make: Expression) -> Statement:
    """Evaluate decorators, make the object, wrap it from the inside out, bind the name."""
    decorators = [(context.expression(each), context.place(each)) for each in node.decorator_list]
    store = store_name(context, node.name)

    def run(frame: Frame) -> None:
        wrappers = [(decorator(frame), place) for decorator, place in decorators]
        value = make(frame)
        for wrapper, place in reversed(wrappers):
            frame.machine.run.here = place
            value = call(frame.machine, wrapper, [value])
        store(frame, value)

    return run


def _function(context: Context, node: ast.FunctionDef) -> Statement:
    return _decorated(context, node, _maker(context, node, node.name, _body(context, node)))


def _class(context: Context, node: ast.ClassDef) -> Statement:
    keywords = [(each.arg, context.expression(each.value)) for each in _keywords(context, node)]
    bases = context.expressions(node.bases)
    body = context.inner(node, f"{context.prefix}{node.name}.").block(node.body)
    doc = ast.get_docstring(node, clean=False)
    place = context.place(node)
    qualname = context.prefix + node.name

    def make(frame: Frame) -> object:
        machine = frame.machine
        parents = [base(frame) for base in bases]
        owner = Owner()
        named = {name: value(frame) for name, value in keywords if name is not None}
        inner = Frame(machine, {} if doc is None else {"__doc__": doc}, context.closure_frame(frame), owner)
        body(inner)
        machine.run.here = place
        machine.budget.container(1 + len(inner.variables))
        meta = named.pop("metaclass", None)
        owner.cls = make_class(
            machine, node.name, qualname, parents, inner.variables, named, meta if type(meta) is Class else None, owner
        )
        return owner.cls

    return _decorated(context, node, make)


def _keywords(context: Context, node: ast.ClassDef) -> list[ast.keyword]:
    """The keywords of a class: any in the library, and of a program's only what the module `abc` is for."""
    for each in node.keywords:
        if not context.source.is_library and (each.arg, _last_name(each.value)) != ("metaclass", "ABCMeta"):
            raise RefusedError(
                "SyntaxError", "not supported yet: metaclass and class keywords", span_of(context.place(each)),
                "unsupported-syntax", name="metaclass",
            )  # fmt: skip
    return node.keywords


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


EXPRESSIONS[ast.Lambda] = _lambda
STATEMENTS[ast.FunctionDef] = _function
STATEMENTS[ast.ClassDef] = _class
