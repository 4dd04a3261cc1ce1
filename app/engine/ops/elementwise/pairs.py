"""More functions of two tensors that broadcast: forward, ∂y/∂a, ∂y/∂b, LaTeX. What arithmetic needs is in `binary`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.dtypes import float64
from app.engine.kernels.wide import LOG, LOG1P, widened
from app.engine.kinds import no_float, whole_numbers
from app.engine.operation import Operation
from app.engine.ops.convert import converted
from app.engine.ops.elementwise.binary import Operand
from app.engine.ops.elementwise.power import power
from app.engine.ops.stating import EITHER, TENSORS, binary, offer_pair, tex_of, variant
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise, Refused
from app.engine.relation.structure import Rule
from app.engine.special import gamma, polynomials
from app.engine.tensor import Tensor
from app.engine.write import write

STEP = 1e-5
SIGNS = (
    "a = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)\nb = torch.tensor([-5.0, -1.0, 4.0], requires_grad=True)\n"
)
SHAPE = "a = torch.tensor([1.5, 2.0, 3.0])\nx = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)\n"


def _typed(function: Callable[..., Array]) -> Callable[..., Array]:
    return lambda a, b: np.asarray(function(a, b), a.dtype)


def _remainder(a: Array, b: Array) -> Array:
    """C's fmod; an infinite divisor leaves a as it is."""
    return np.asarray(np.fmod(a, b))


def _times_log(a: Array, b: Array) -> Array:
    """a ln b; 0 where a is 0, unless b is nan."""
    return np.where((a == 0) & ~np.isnan(b), np.zeros((), b.dtype), a * LOG(b))


def _times_log1p(a: Array, b: Array) -> Array:
    return np.where((a == 0) & ~np.isnan(b), np.zeros((), b.dtype), a * LOG1P(b))


def _by_sign(xp: Any, a: Any, y: Any) -> Any:
    """y / a is 1 or −1; nothing at 0."""
    return xp.kept(y / a, xp.ne(a, 0))


def _wins(xp: Any, a: Any, b: Any) -> Any:
    """1 where fmax takes a: it is no smaller, or b is nan."""
    return xp.logical_or(xp.ge(a, b), xp.isnan(b))


def _loses(xp: Any, a: Any, b: Any) -> Any:
    return xp.logical_not(_wins(xp, a, b))


def _under(xp: Any, a: Any, b: Any) -> Any:
    """1 where fmin takes a."""
    return xp.logical_or(xp.le(a, b), xp.isnan(b))


def _over(xp: Any, a: Any, b: Any) -> Any:
    return xp.logical_not(_under(xp, a, b))


def _polar(xp: Any, top: Any, a: Any, b: Any) -> Any:
    """top / (a² + b²), and 0 at the origin."""
    square = a * a + b * b
    return xp.kept(top / square, xp.ne(square, 0))


# fmt: off
#                       name          forward                    ∂y/∂a                                    ∂y/∂b                                   LaTeX
atan2       = binary("atan2",       widened(np.arctan2),     lambda xp, a, b, y: _polar(xp, b, a, b), lambda xp, a, b, y: _polar(xp, -a, a, b), r"\operatorname{atan2}(@1, @2)", promotes="float")
hypot       = binary("hypot",       np.hypot,                lambda xp, a, b, y: a / y,               lambda xp, a, b, y: b / y,              r"\sqrt{@1^2 + @2^2}")
copysign    = binary("copysign",    np.copysign,             lambda xp, a, b, y: _by_sign(xp, a, y),  lambda xp, a, b, y: 0,                  r"|@1| \operatorname{sign}(@2)", promotes="float", selects=True, example=f"{SIGNS}o = torch.copysign(a, b)")
fmax        = binary("fmax",        np.fmax,                 lambda xp, a, b, y: _wins(xp, a, b),     lambda xp, a, b, y: _loses(xp, a, b),   r"\max(@1, @2)", selects=True)
fmin        = binary("fmin",        np.fmin,                 lambda xp, a, b, y: _under(xp, a, b),    lambda xp, a, b, y: _over(xp, a, b),    r"\min(@1, @2)", selects=True)
fmod        = binary("fmod",        _remainder,              None,                                    lambda xp, a, b, y: -xp.trunc(a / b),   r"@1 \bmod @2", grad_fn="FmodBackward1")
fmod_by     = binary("fmod_by",     _remainder,              None,                                    lambda xp, a, b, y: -xp.trunc(a / b),   r"@1 \bmod @2", grad_fn="FmodBackward0")
logaddexp   = binary("logaddexp",   np.logaddexp,            lambda xp, a, b, y: 1 / (1 + xp.exp(b - a)), lambda xp, a, b, y: 1 / (1 + xp.exp(a - b)), r"\ln(e^{@1} + e^{@2})")
logaddexp2  = binary("logaddexp2",  np.logaddexp2,           lambda xp, a, b, y: 1 / (1 + xp.exp2(b - a)), lambda xp, a, b, y: 1 / (1 + xp.exp2(a - b)), r"\log_2(2^{@1} + 2^{@2})")
ldexp       = binary("ldexp",       lambda a, b: a * np.exp2(b), lambda xp, a, b, y: xp.exp2(b),      lambda xp, a, b, y: y * math.log(2),    r"@1 \cdot 2^{@2}", promotes="float")
xlogy       = binary("xlogy",       _times_log,              lambda xp, a, b, y: xp.kept(xp.log(b), xp.logical_not(xp.eq(a, 0) * xp.le(b, 0))), lambda xp, a, b, y: a / b, r"@1 \ln @2", promotes="float")
xlog1py     = binary("special_xlog1py",    _times_log1p,            lambda xp, a, b, y: xp.kept(xp.log1p(b), xp.logical_not(xp.eq(a, 0) * xp.le(b, -1))), lambda xp, a, b, y: a / (b + 1), r"@1 \ln(1 + @2)", promotes="float")
# fmt: on


def _sloped(name: str) -> Rule:
    """PyTorch states no derivative by the first operand; the edges show a central difference."""

    def rule(xp: Any, a: Any, b: Any, y: Any) -> Any:
        function = getattr(xp, name)
        return (function(a + STEP, b) - function(a - STEP, b)) / (2 * STEP)

    return rule


def _by_power(xp: Any, a: Any, b: Any) -> Any:
    """e⁻ᵇ bᵃ⁻¹ / Γ(a)."""
    return xp.exp((a - 1) * xp.log(b) - b - xp.lgamma(a))


# fmt: off
igamma  = Operation("igamma",  _typed(gamma.igamma),  [Refused(function="igamma: input", listed=True, rule=_sloped("igamma")),  Elementwise(rule=lambda xp, a, b, y: _by_power(xp, a, b))],  promotes="float", tex=tex_of(r"P(@1, @2)"), example=f"{SHAPE}o = torch.igamma(a, x)")
igammac = Operation("igammac", _typed(gamma.igammac), [Refused(function="igammac: input", listed=True, rule=_sloped("igammac")), Elementwise(rule=lambda xp, a, b, y: -_by_power(xp, a, b))], promotes="float", tex=tex_of(r"Q(@1, @2)"), example=f"{SHAPE}o = torch.igammac(a, x)")
zeta = Operation("special_zeta", _typed(gamma.zeta), [Refused(function="zeta", listed=True, rule=_sloped("special_zeta")), Elementwise(rule=lambda xp, a, b, y: -a * xp.special_zeta(a + 1, b))], promotes="float", tex=tex_of(r"\zeta(@1, @2)"), example=f"{SHAPE}o = torch.special.zeta(a, x)")
nextafter = Operation("nextafter", np.nextafter, [Elementwise(rule=lambda xp, a, b, y: xp.ne(a, b), selects=True), Elementwise(rule=lambda xp, a, b, y: 0, selects=True)], promotes="same")
gcd = Operation("gcd", np.gcd, [], promotes="same", refuses=whole_numbers("gcd_cpu"), tex=tex_of(r"\gcd(@1, @2)"))
lcm = Operation("lcm", np.lcm, [], promotes="same", refuses=whole_numbers("lcm_cpu"), tex=tex_of(r"\operatorname{lcm}(@1, @2)"))
shift_left = Operation("bitwise_left_shift", np.left_shift, [], promotes="same", refuses=no_float("lshift_cpu"), tex=tex_of(r"@1 \cdot 2^{@2}"))
shift_right = Operation("bitwise_right_shift", np.right_shift, [], promotes="same", refuses=no_float("rshift_cpu"), tex=tex_of(r"\lfloor @1 / 2^{@2} \rfloor"))
# fmt: on
fmod_by.name = "fmod"


def _by_kind(operation: Operation, left: str | None, right: str) -> Callable[..., Any]:
    """The form that PyTorch has for a number on the left or on the right."""
    forms = {Tensor: operation, "left": left and variant(operation, left), "right": variant(operation, right)}

    def run(input: Operand, other: Operand) -> Any:
        side = "left" if not isinstance(input, Tensor) else "right" if not isinstance(other, Tensor) else Tensor
        return (forms[side] or operation).apply((input, other), {})

    return run


def _float_power(input: Operand, exponent: Operand) -> Any:
    """A power in double, whatever came in."""
    wide = tuple(converted(v, float64) if isinstance(v, Tensor) else float(v) for v in (input, exponent))
    return power(*wide)


def _modulo(input: Tensor, other: Operand) -> Operation:
    return fmod if isinstance(other, Tensor) else fmod_by


def _degrees(x: Array, n: Array) -> tuple[int, int]:
    """One step of the recurrence per degree."""
    size = math.prod(np.broadcast_shapes(x.shape, n.shape))
    return size, size * polynomials.highest(n)


def _polynomial(name: str, function: Callable[[Array, Array], Array]) -> None:
    operation = Operation(
        f"special_{name}", _typed(function), [], promotes="float", cost=_degrees,
        tex=tex_of(rf"\operatorname{{{name.rpartition('_')[2]}}}_{{@2}}(@1)"),
    )  # fmt: skip
    call = "operand input, operand n"
    offer(f"torch.special.{name}", (call, lambda input, n: operation.apply((input, n), {})), operation=operation.name)


# fmt: off
offer_pair(atan2,      "atan2 arctan2", "Tensor.atan2_ Tensor.arctan2_", signature=TENSORS)
offer_pair(hypot,      "hypot",      "Tensor.hypot_",    signature=TENSORS)
offer("copysign",      ("Tensor input, operand other", _by_kind(copysign, None, "CopysignBackward1")))
offer("Tensor.copysign_", ("Tensor input, operand other", lambda input, other: write(input, copysign, (other,), {})))
offer_pair(fmax,       "fmax",       signature=TENSORS)
offer_pair(fmin,       "fmin",       signature=TENSORS)
offer_pair(logaddexp,  "logaddexp",  signature=TENSORS)
offer_pair(logaddexp2, "logaddexp2", signature=TENSORS)
offer_pair(ldexp,      "ldexp",      "Tensor.ldexp_",    signature=TENSORS)
offer("xlogy torch.special.xlogy", (EITHER, _by_kind(xlogy, "XlogyBackward1", "XlogyBackward2")))
offer("xlogy_",        ("Tensor input, operand other", lambda input, other: write(input, xlogy, (other,), {})))
offer("torch.special.xlog1py", (EITHER, _by_kind(xlog1py, "SpecialXlog1PyBackward1", "SpecialXlog1PyBackward2")))
offer_pair(igamma,     "igamma torch.special.gammainc",   "Tensor.igamma_",  signature=TENSORS)
offer_pair(igammac,    "igammac torch.special.gammaincc", "Tensor.igammac_", signature=TENSORS)
offer("torch.special.zeta", (EITHER, _by_kind(zeta, "SpecialZetaBackward1", "SpecialZetaBackward2")))
offer_pair(nextafter,  "nextafter",  "Tensor.nextafter_", signature=TENSORS)
offer_pair(gcd,        "gcd",        "gcd_",             signature=TENSORS)
offer_pair(lcm,        "lcm",        "lcm_",             signature=TENSORS)
offer_pair(shift_left, "bitwise_left_shift binary.<<",  "Tensor.bitwise_left_shift_ inplace.<<=")
offer_pair(shift_right, "bitwise_right_shift binary.>>", "Tensor.bitwise_right_shift_ inplace.>>=")
offer("fmod",          ("Tensor input, operand other", lambda input, other: _modulo(input, other).apply((input, other), {})))
offer("Tensor.fmod_",  ("Tensor input, operand other", lambda input, other: write(input, _modulo(input, other), (other,), {}, name="fmod_")))
offer("float_power",   ("operand input, operand exponent", _float_power), operation="pow")
# fmt: on
for _name, _function in polynomials.POLYNOMIALS.items():
    _polynomial(_name, _function)
