"""What of Python's `sys` does no harm."""

import _host


class _Stream:
    def __init__(self, name, shown):
        self.name = name
        self._shown = shown
        self.encoding = "utf-8"

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._shown:
            _host.write(text)
        return len(text)

    def writelines(self, lines):
        for each in lines:
            self.write(each)

    def flush(self):
        return None

    def isatty(self):
        return False


class _Version(tuple):
    major, minor, micro, releaselevel, serial = 3, 11, 7, "final", 0

    def __repr__(self):
        return "sys.version_info(major=3, minor=11, micro=7, releaselevel='final', serial=0)"


class _Floats:
    max = 1.7976931348623157e308
    min = 2.2250738585072014e-308
    epsilon = 2.220446049250313e-16
    dig = 15
    mant_dig = 53


stdout = _Stream("<stdout>", True)
stderr = _Stream("<stderr>", False)
version = "3.11.7 (main)"
version_info = _Version((3, 11, 7, "final", 0))
maxsize = 9223372036854775807
byteorder = "little"
platform = "linux"
float_info = _Floats()
argv = [""]
path = []


def exit(status=None):
    raise SystemExit(*([] if status is None else [status]))


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit):
    return None


def exc_info():
    return None, None, None
