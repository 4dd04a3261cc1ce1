"""Python's `statistics`, on ints and floats."""

import math


class StatisticsError(ValueError):
    pass


def _listed(data, shown, least=1):
    values = list(data)
    if len(values) < least:
        words = {1: f"{shown} requires at least one data point", 2: f"{shown} requires at least two data points"}
        raise StatisticsError(words[least])
    return values


def _divided(total, n):
    value = total / n
    return int(value) if isinstance(total, int) and total % n == 0 else value


def mean(data):
    values = _listed(data, "mean")
    whole = all([isinstance(v, int) for v in values])
    return _divided(sum(values), len(values)) if whole else math.fsum(values) / len(values)


def fmean(data):
    values = _listed(data, "fmean")
    return math.fsum(values) / len(values)


def median(data):
    values = sorted(data)
    n = len(values)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return values[n // 2] if n % 2 else (values[n // 2 - 1] + values[n // 2]) / 2


def median_low(data):
    values = sorted(data)
    return values[(len(values) - 1) // 2]


def median_high(data):
    values = sorted(data)
    return values[len(values) // 2]


def mode(data):
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    if not counts:
        raise StatisticsError("no mode for empty data")
    return max(counts, key=lambda value: counts[value])


def _squares(values, center):
    center = mean(values) if center is None else center
    return math.fsum([(v - center) ** 2 for v in values])


def _kept(value, values):
    whole = all([isinstance(v, int) for v in values])
    return int(value) if whole and value == int(value) else value


def variance(data, xbar=None):
    values = _listed(data, "variance", 2)
    return _kept(_squares(values, xbar) / (len(values) - 1), values)


def pvariance(data, mu=None):
    values = _listed(data, "pvariance")
    return _kept(_squares(values, mu) / len(values), values)


def stdev(data, xbar=None):
    values = _listed(data, "stdev", 2)
    return math.sqrt(_squares(values, xbar) / (len(values) - 1))


def pstdev(data, mu=None):
    values = _listed(data, "pstdev")
    return math.sqrt(_squares(values, mu) / len(values))
