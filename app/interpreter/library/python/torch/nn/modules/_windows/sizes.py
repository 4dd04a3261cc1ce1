"""A size for every dim: one number stands for all of them."""


def each(value, count):
    """`value` for each of `count` dims, as a tuple."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * count
