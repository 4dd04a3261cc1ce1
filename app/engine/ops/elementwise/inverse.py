"""Inverse functions, angles and parts of numbers, elementwise: forward, derivative, LaTeX."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.kinds import no_bool_kernel
from app.engine.operation import Operation
from app.engine.ops.elementwise.unary import signs
from app.engine.ops.stating import Forward, offer_unary, query, tex_of, unary, variant
from app.engine.registry import expose, offer
from app.engine.relation.elementwise import Elementwise, Refused
from app.engine.relation.structure import Rule
from app.engine.tensor import Tensor

DOMAIN = {"asinh": "-1.0, 0.0, 2.0", "acosh": "1.5, 2.0, 4.0", "atanh": "-0.5, 0.0, 0.75"}
SIGNED = "x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)\n"
LONG = "x = torch.tensor([0.5, 1.25, -2.75], requires_grad=True)\n"
LN2, DEGREE = math.log(2), math.pi / 180


def _angle(x: Array) -> Array:
    """0 or π; nan stays."""
    turned = np.where(np.isnan(x), x, np.where(x < 0, math.pi, 0.0))
    return np.asarray(turned, x.dtype if x.dtype.kind == "f" else np.float32)


def _fraction(x: Array) -> Array:
    return np.asarray(x - np.trunc(x))


def _part_of(test: Forward) -> Forward:
    """A question about floating-point numbers, to which integers say no."""
    return lambda x: test(x) if x.dtype.kind == "f" else np.zeros(x.shape, bool)


def _by_sinc(xp: Any, x: Any) -> Any:
    return xp.kept((xp.cos(math.pi * x) - xp.sinc(x)) / x, xp.ne(x, 0))


def _hyperbolic(name: str, forward: Forward, rule: Rule) -> None:
    """PyTorch states no derivative of these as writes."""
    tex = tex_of(rf"\operatorname{{ar{name[1:]}}} @1")
    operation = Operation(
        name,
        forward,
        [Elementwise(rule=rule)],
        promotes="float",
        tex=tex,
        example=f"x = torch.tensor([{DOMAIN[name]}], requires_grad=True)\no = torch.{name}(x)",
    )
    refused = Refused(function=f"inplace version of {name}", listed=True, rule=rule)
    written = variant(operation, f"{name.title()}Backward1", [refused])
    offer_unary(f"{name} arc{name[1:]}", operation, written)


_FLAT = Elementwise(rule=lambda xp, x, y: 0, selects=True, saves=frozenset({("input", 0)}))

# fmt: off
#                  name         forward              ∂y/∂x                                     LaTeX
asin    = unary("asin",    np.arcsin,           lambda xp, x, y: xp.rsqrt(1 - x * x),     r"\arcsin @1",  also="arcsin", within=True)
acos    = unary("acos",    np.arccos,           lambda xp, x, y: -xp.rsqrt(1 - x * x),    r"\arccos @1",  also="arccos", within=True)
atan    = unary("atan",    np.arctan,           lambda xp, x, y: 1 / (x * x + 1),         r"\arctan @1",  also="arctan")
exp2    = unary("exp2",    np.exp2,             lambda xp, x, y: y * LN2,                 "2^{@1}",       also="torch.special.exp2")
sinc    = unary("sinc",    np.sinc,             lambda xp, x, y: _by_sinc(xp, x),         r"\operatorname{sinc} @1", also="torch.special.sinc")
deg2rad = unary("deg2rad", lambda x: x * x.dtype.type(DEGREE), lambda xp, x, y: DEGREE,   r"\tfrac{\pi}{180} @1")
rad2deg = unary("rad2deg", lambda x: x * x.dtype.type(1 / DEGREE), lambda xp, x, y: 1 / DEGREE, r"\tfrac{180}{\pi} @1")
frac    = unary("frac",    _fraction,           None,                                     r"\operatorname{frac}(@1)", promotes=None, refuses=no_bool_kernel("frac"), example=f"{LONG}o = torch.frac(x)")

sgn      = Operation("sgn",   signs,  [_FLAT], tex=tex_of(r"\operatorname{sgn}(@1)"), example=f"{SIGNED}o = torch.sgn(x)")
angle    = Operation("angle", _angle, [_FLAT], tex=tex_of(r"\arg(@1)"), example=f"{SIGNED}o = torch.angle(x)")
_hyperbolic("asinh", np.arcsinh, lambda xp, x, y: xp.rsqrt(x * x + 1))
_hyperbolic("acosh", np.arccosh, lambda xp, x, y: xp.rsqrt(x * x - 1))
_hyperbolic("atanh", np.arctanh, lambda xp, x, y: 1 / (1 - x * x))

signbit  = query("signbit",  lambda x: np.signbit(x) if x.dtype.kind == "f" else x < 0, r"[@1 < 0]")
isposinf = query("isposinf", _part_of(np.isposinf), r"[@1 = \infty]")
isneginf = query("isneginf", _part_of(np.isneginf), r"[@1 = -\infty]")
isreal   = query("isreal",   lambda x: np.ones(x.shape, bool), r"[@1 \in \mathbb{R}]")
# fmt: on


def _itself(input: Tensor) -> Tensor:
    """Numbers are real here, and nothing is put off: these give their tensor back."""
    return input


expose("torch.real torch.conj Tensor.conj torch.resolve_conj Tensor.resolve_conj", ("Tensor input", _itself))
expose("torch.resolve_neg Tensor.resolve_neg", ("Tensor input", _itself))
expose("torch.conj_physical Tensor.conj_physical", ("Tensor input", _itself))
offer("angle", ("Tensor input", lambda input: angle.apply((input,), {})))
offer_unary("sgn", sgn)
