"""Python's `numbers`, as far as `isinstance` asks."""

Number = Complex = int | float
Real = Rational = int | float
Integral = int | bool
