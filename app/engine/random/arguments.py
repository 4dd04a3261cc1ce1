"""What PyTorch refuses in the arguments of its random functions, in its own words."""

from typing import Any

from numpy.typing import NDArray

_TITLES = {"bool": "Bool", "uint8": "Byte", "int8": "Char", "int16": "Short", "int32": "Int", "int64": "Long"}
_INTEGER_BOUNDS = {
    "bool": (0, 2, "bool"),
    "uint8": (0, 1 << 8, "unsigned char"),
    "int8": (-(1 << 7), 1 << 7, "signed char"),
    "int16": (-(1 << 15), 1 << 15, "short int"),
    "int32": (-(1 << 31), 1 << 31, "int"),
}
_C_NAMES = {
    "bool": "bool", "uint8": "unsigned char", "int8": "signed char", "int16": "short int", "int32": "int",
    "int64": "long int",
}  # fmt: skip
_LONG_BOUNDS = (-(1 << 63), 1 << 63, "long int")


def require_seed(seed: int) -> None:
    """ValueError for seeds that fit neither a signed nor an unsigned integer of 64 bits."""
    if not -(1 << 63) <= seed < 1 << 64:
        raise ValueError("Overflow when unpacking long long")


def require_float(dtype: str, kernel: str) -> None:
    """NotImplementedError for dtypes that have no uniform or normal distribution, or none here yet."""
    if dtype == "float16":
        raise NotImplementedError("not supported yet: random numbers in float16")
    if not dtype.startswith("float"):
        raise NotImplementedError(f"\"{kernel}\" not implemented for '{_TITLES[dtype]}'")


def require_interval(low: float, high: float) -> None:
    """RuntimeError when uniform_ is given an interval that ends before it starts."""
    if low > high:
        found = f"from={low:g} > to={high:g}"
        raise RuntimeError(f"uniform_ expects to return a [from, to) range, but found {found}")


def require_deviation(std: float) -> None:
    """RuntimeError for a negative standard deviation."""
    if std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")


def require_range(low: int, high: int, dtype: str) -> None:
    """RuntimeError for an empty range of integers and for one that the dtype cannot hold."""
    if low >= high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    least, end, name = _INTEGER_BOUNDS.get(dtype, _LONG_BOUNDS)
    if low < least:
        raise RuntimeError(f"from is out of bounds for {name}")
    if high > end:
        raise RuntimeError(f"to - 1 is out of bounds for {name}")


def require_chance(chance: float) -> None:
    """RuntimeError for a number that is no probability."""
    if not 0 <= chance <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={chance:g}")


def require_chances(chances: NDArray[Any]) -> None:
    """RuntimeError for a tensor with an element that is no probability."""
    if not ((chances >= 0) & (chances <= 1)).all():
        raise RuntimeError(
            "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  "
            "(Could this error message be improved?  If so, please report an enhancement request to PyTorch.)"
        )


def require_length(count: int) -> None:
    """RuntimeError for a permutation of fewer than no numbers."""
    if count < 0:
        raise RuntimeError(f"Trying to create tensor with negative dimension {count}: [{count}]")


def require_rate(rate: float) -> None:
    """RuntimeError for an exponential distribution without a positive rate."""
    if not rate > 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={rate:g}")


def require_width(sigma: float) -> None:
    """RuntimeError for a Cauchy distribution without a positive width."""
    if not sigma > 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma:g}")


def require_spread(std: float) -> None:
    """RuntimeError for a log-normal distribution without a positive deviation."""
    if not std > 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std:g}")


def require_open_chance(chance: float) -> None:
    """RuntimeError for a geometric distribution that never or always succeeds."""
    if not 0 < chance < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={chance:g}")


def require_continuous(dtype: str, name: str) -> None:
    """RuntimeError for an element type that a continuous distribution does not have."""
    if dtype.startswith("float"):
        return
    shown = _C_NAMES[dtype] if name == "Cauchy" else _TITLES[dtype]
    raise RuntimeError(
        f"{name} distribution is a continuous probability distribution. dtype must be a floating point but you "
        f"specified {shown}"
    )
