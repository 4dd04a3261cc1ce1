"""Python's `time` on a clock that starts at a fixed moment: the same program prints the same durations."""

import _host


def time():
    return _host.clock()


def perf_counter():
    return round(_host.clock() - 1_700_000_000.0, 3)


monotonic = process_time = thread_time = perf_counter


def time_ns():
    return int(_host.clock() * 1000) * 1000000


def perf_counter_ns():
    return int(perf_counter() * 1000) * 1000000


monotonic_ns = process_time_ns = perf_counter_ns


def sleep(seconds):
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")


def ctime(seconds=None):
    return "Tue Nov 14 22:13:20 2023"


asctime = ctime


def strftime(format, t=None):
    names = {"%Y": "2023", "%m": "11", "%d": "14", "%H": "22", "%M": "13", "%S": "20", "%y": "23", "%b": "Nov"}
    for name, shown in names.items():
        format = format.replace(name, shown)
    return format
