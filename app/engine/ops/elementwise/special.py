"""torch.special and its older names, of one tensor: forward, derivative, LaTeX."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.kernels.wide import LOG
from app.engine.operation import Operation
from app.engine.ops.stating import UNIT, offer_unary, tex_of, unary
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.structure import Rule
from app.engine.special import bessel, errors, gamma

ROOT_PI, ROOT_2PI = math.sqrt(math.pi), math.sqrt(2 * math.pi)


def _typed(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Computed in double, given in the operand's type."""
    return lambda x: np.asarray(function(x), x.dtype)


def _entr(x: Array) -> Array:
    """−x ln x; 0 at 0, −∞ below."""
    return np.where(x > 0, -x * LOG(x), np.where(x == 0, 0.0, np.where(np.isnan(x), np.nan, -np.inf)))


def _by_i1(xp: Any, x: Any, y: Any) -> Any:
    """I₀ − I₁/x; ½ at 0, where the quotient is kept away from 0/0 also in its own derivative."""
    return xp.where(xp.eq(x, 0), 0.5, xp.i0(x) - y / xp.where(xp.eq(x, 0), 1.0, x))


def _by_i1e(xp: Any, x: Any, y: Any) -> Any:
    safe = xp.where(xp.eq(x, 0), 1.0, x)
    return xp.where(xp.eq(x, 0), 0.5, xp.special_i0e(x) - y * (xp.sign(x) + 1 / safe))


def special(
    name: str, function: Callable[[Array], Array], rule: Rule | None, tex: str, also: str = "", grad_fn: str | None = None, within: bool = False
) -> Operation:  # fmt: skip
    """`torch.special.name`; PyTorch's own name of the operation has the prefix as well."""
    operation = Operation(
        f"special_{name}", _typed(function), [Elementwise(rule=rule)] if rule else [], tex=tex_of(tex), promotes="float",
        grad_fn=grad_fn, example=f"{UNIT}o = torch.special.{name}(x)" if within else None,
    )  # fmt: skip
    offer_unary(f"torch.special.{name} {also}", operation)
    return operation


# fmt: off
#                   name               forward            ∂y/∂x                                                        LaTeX
erf     = unary("erf",     _typed(errors.erf),     lambda xp, x, y: 2 / ROOT_PI * xp.exp(-(x * x)),              r"\operatorname{erf} @1",   also="torch.special.erf")
erfc    = unary("erfc",    _typed(errors.erfc),    lambda xp, x, y: -2 / ROOT_PI * xp.exp(-(x * x)),             r"\operatorname{erfc} @1",  also="torch.special.erfc")
erfinv  = unary("erfinv",  _typed(errors.erfinv),  lambda xp, x, y: ROOT_PI / 2 * xp.exp(xp.square(xp.erfinv(x))), r"\operatorname{erf}^{-1} @1", also="torch.special.erfinv", within=True)
lgamma  = unary("lgamma",  _typed(gamma.lgamma),   lambda xp, x, y: xp.digamma(x),                               r"\ln\Gamma(@1)",           also="torch.special.gammaln")
digamma = unary("digamma", _typed(gamma.digamma),  lambda xp, x, y: xp.polygamma(x, n=1),                        r"\psi(@1)",                also="torch.special.digamma torch.special.psi")
i0      = unary("i0",      _typed(bessel.i0),      lambda xp, x, y: xp.special_i1(x),                            r"I_0(@1)",                 also="torch.special.i0")
i0e      = special("i0e",      bessel.i0e,      lambda xp, x, y: xp.special_i1e(x) - xp.sign(x) * y,             r"e^{-|@1|} I_0(@1)")
i1       = special("i1",       bessel.i1,       lambda xp, x, y: _by_i1(xp, x, y),                               r"I_1(@1)")
i1e      = special("i1e",      bessel.i1e,      lambda xp, x, y: _by_i1e(xp, x, y),                              r"e^{-|@1|} I_1(@1)")
ndtr     = special("ndtr",     errors.ndtr,     lambda xp, x, y: xp.exp(-(x * x) / 2) / ROOT_2PI,                r"\Phi(@1)", grad_fn="MulBackward1")
ndtri    = special("ndtri",    errors.ndtri,    lambda xp, x, y: ROOT_2PI * xp.exp(y * y / 2),                   r"\Phi^{-1}(@1)", within=True)
log_ndtr = special("log_ndtr", errors.log_ndtr, lambda xp, x, y: 2 / ROOT_2PI / xp.special_erfcx(-x / math.sqrt(2)), r"\ln\Phi(@1)")
erfcx    = special("erfcx",    errors.erfcx,    lambda xp, x, y: 2 * x * y - 2 / ROOT_PI,                        r"\operatorname{erfcx} @1")
entr     = special("entr",     _entr,           lambda xp, x, y: -xp.log(x) - 1,                                 r"-@1 \ln @1")
# fmt: on

BESSEL: dict[str, tuple[Callable[[Array], Array], str]] = {
    "airy_ai": (bessel.airy_ai, r"\operatorname{Ai}(@1)"),
    "bessel_j0": (bessel.j0, "J_0(@1)"),
    "bessel_j1": (bessel.j1, "J_1(@1)"),
    "bessel_y0": (bessel.y0, "Y_0(@1)"),
    "bessel_y1": (bessel.y1, "Y_1(@1)"),
    "modified_bessel_i0": (bessel.i0, "I_0(@1)"),
    "modified_bessel_i1": (bessel.i1, "I_1(@1)"),
    "modified_bessel_k0": (bessel.k0, "K_0(@1)"),
    "modified_bessel_k1": (bessel.k1, "K_1(@1)"),
    "scaled_modified_bessel_k0": (bessel.k0e, "e^{@1} K_0(@1)"),
    "scaled_modified_bessel_k1": (bessel.k1e, "e^{@1} K_1(@1)"),
    "spherical_bessel_j0": (lambda x: np.sinc(x / math.pi), "j_0(@1)"),
}
"""Those of which PyTorch states no derivative."""
for _name, (_function, _tex) in BESSEL.items():
    special(_name, _function, None, _tex)
