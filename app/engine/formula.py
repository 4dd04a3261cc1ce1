r"""Formulas: what a local-derivative rule becomes when it is run on symbols instead of numbers.

A formula is a product (coefficient, factors above and below the line) or a sum. Running a rule on formulas gives
the LaTeX that the page shows, and `reads`, the operands that the rule looked at: exactly those that an
operation has to save for its backward.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

Operand = tuple[str, int]
"""("input", 0) or ("output", 0): an operand that a formula reads."""


@dataclass(frozen=True, eq=False)
class Formula:
    """coefficient · above / below, or, when `terms` is set, coefficient · (terms)."""

    coefficient: float | Fraction = Fraction(1)
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    terms: str | None = None
    reads: frozenset[Operand] = frozenset()

    def __str__(self) -> str:
        if self.terms is not None and abs(self.coefficient) == 1 and not self.above and not self.below:
            return f"-({self.terms})" if self.coefficient < 0 else self.terms
        sign = "-" if self.coefficient < 0 else ""
        return sign + self._magnitude()

    def _magnitude(self) -> str:
        top, bottom = _split(-self.coefficient if self.coefficient < 0 else self.coefficient)
        above = _bracketed(
            (*top, *self.above, *(() if self.terms is None else (f"({self.terms})",))), bool(self.below or bottom)
        )
        below = _bracketed((*bottom, *self.below), True)
        return rf"\frac{{{above or '1'}}}{{{below}}}" if below else above or "1"

    @property
    def is_sum(self) -> bool:
        return self.terms is not None

    def renamed(self, place: str, other: str) -> Formula:
        """The same with another index."""
        return replace(self, above=tuple(f.replace(place, other) for f in self.above))

    def also_reads(self, other: Formula) -> Formula:
        """The same text; a convention at isolated points depends on `other` too."""
        return replace(self, reads=self.reads | other.reads)

    def _as_product(self) -> Formula:
        if self.terms is None:
            return self
        return replace(self, above=(*self.above, f"({self.terms})"), terms=None)

    def __mul__(self, other: Formula | float) -> Formula:
        if self._is_one():
            return _formula(other).also_reads(self)
        if _formula(other)._is_one():
            return self.also_reads(_formula(other))
        a, b = self._as_product(), _formula(other)._as_product()
        if a.coefficient == 0 or b.coefficient == 0:
            return Formula(Fraction(0), reads=a.reads | b.reads)
        return Formula(a.coefficient * b.coefficient, a.above + b.above, a.below + b.below, reads=a.reads | b.reads)

    __rmul__ = __mul__

    def __truediv__(self, other: Formula | float) -> Formula:
        a, b = self._as_product(), _formula(other)._as_product()
        return Formula(a.coefficient / b.coefficient, a.above + b.below, a.below + b.above, reads=a.reads | b.reads)

    def __rtruediv__(self, other: float) -> Formula:
        return _formula(other) / self

    def __neg__(self) -> Formula:
        return replace(self, coefficient=-self.coefficient)

    def __add__(self, other: Formula | float) -> Formula:
        return self._plus(_formula(other), "+")

    def __radd__(self, other: float) -> Formula:
        return _formula(other) + self

    def __sub__(self, other: Formula | float) -> Formula:
        return self._plus(_formula(other), "-")

    def __rsub__(self, other: float) -> Formula:
        return _formula(other) - self

    def _plus(self, other: Formula, sign: str) -> Formula:
        right = str(other)
        if other.is_sum or right.startswith("-"):
            right = f"({right})"
        return Formula(terms=f"{self} {sign} {right}", reads=self.reads | other.reads)

    def __pow__(self, exponent: Formula | float) -> Formula:
        power = _formula(exponent)
        if not power.above and not power.below and power.terms is None:
            if power.coefficient == 1:
                return self
            if power.coefficient == 0:
                return Formula(reads=self.reads)
        base = self.above[0] if self._is_atom() else f"({self})"
        return symbol(rf"{_bare(base)}^{{{power}}}", self.reads | power.reads)

    def __rpow__(self, base: float) -> Formula:
        return _formula(base) ** self

    def _is_one(self) -> bool:
        return self.coefficient == 1 and not self.above and not self.below and self.terms is None

    def _is_atom(self) -> bool:
        return self.coefficient == 1 and len(self.above) == 1 and not self.below and self.terms is None

    def __gt__(self, other: Formula | float) -> Formula:
        return self._truth(">", other)

    def __ge__(self, other: Formula | float) -> Formula:
        return self._truth(r"\ge", other)

    def __lt__(self, other: Formula | float) -> Formula:
        return self._truth("<", other)

    def __le__(self, other: Formula | float) -> Formula:
        return self._truth(r"\le", other)

    def _truth(self, sign: str, other: Formula | float) -> Formula:
        right = _formula(other)
        return symbol(f"[{self} {sign} {right}]", self.reads | right.reads)

    def __and__(self, other: Formula) -> Formula:
        return self * other

    def __or__(self, other: Formula) -> Formula:
        return symbol(rf"[{self} \lor {other}]", self.reads | other.reads)


def symbol(text: str, reads: Iterable[Operand] = ()) -> Formula:
    """One factor, as it stands."""
    return Formula(above=(text,), reads=frozenset(reads))


def number(value: float) -> Formula:
    """A number; whole ones stay exact, so that 2 / 3 is a fraction and 0.7 is not."""
    whole = isinstance(value, Fraction) or (abs(value) < 1e15 and value == int(value))
    return Formula(Fraction(value) if whole else float(value))


def function(name: str, argument: Formula | float) -> Formula:
    r"""`\sin x_i`, with brackets where the argument is more than one symbol."""
    inner = _formula(argument)
    text = str(inner)
    return symbol(f"{name} {text}" if inner._is_atom() else rf"{name}({text})", inner.reads)


def wrapped(template: str, *arguments: Formula | float) -> Formula:
    """A factor made from a template whose `@1`, `@2` … are the arguments: `e^{@1}`."""
    inner = [_formula(a) for a in arguments]
    text = template
    for place, argument in enumerate(inner, start=1):
        text = text.replace(f"@{place}", str(argument))
    return symbol(text, frozenset[Operand]().union(*(a.reads for a in inner)))


def _formula(value: Formula | float) -> Formula:
    return value if isinstance(value, Formula) else number(value)


def _split(coefficient: float | Fraction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The coefficient as text above and below the line; 1 is not written."""
    if isinstance(coefficient, float):
        return ((f"{coefficient:g}",), ())
    top = () if coefficient.numerator == 1 else (str(coefficient.numerator),)
    bottom = () if coefficient.denominator == 1 else (str(coefficient.denominator),)
    return top, bottom


def _product(factors: Iterable[str]) -> str:
    r"""Factors side by side, equal ones as a power: `2 o_i^{2}`."""
    counts: dict[str, int] = {}
    for factor in factors:
        counts[factor] = counts.get(factor, 0) + 1
    parts = [f if n == 1 else rf"{_bare(f)}^{{{n}}}" for f, n in counts.items()]
    if len(parts) > 1 and all(p.replace(".", "").isdigit() for p in parts[:2]):
        parts[1] = rf"\cdot {parts[1]}"
    return " ".join(parts)


def _bracketed(factors: tuple[str, ...], on_line: bool) -> str:
    """A product; a sum that stands alone above or below a line needs no brackets."""
    if on_line and len(factors) == 1 and factors[0].startswith("(") and factors[0].endswith(")"):
        return factors[0][1:-1]
    return _product(factors)


def _bare(factor: str) -> str:
    """A factor that may carry an exponent: single symbols and brackets as they are, anything else in brackets."""
    simple = factor.startswith("(") or not any(mark in factor for mark in (" ", "^", "\\"))
    return factor if simple or factor.startswith(r"\bar") else f"({factor})"
