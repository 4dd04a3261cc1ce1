"""Python's `logging`, which writes where nobody looks."""

CRITICAL, ERROR, WARNING, INFO, DEBUG, NOTSET = 50, 40, 30, 20, 10, 0


class Logger:
    def __init__(self, name, level=NOTSET):
        self.name = name
        self.level = level
        self.handlers = []

    def setLevel(self, level):
        self.level = level

    def addHandler(self, handler):
        self.handlers.append(handler)

    def debug(self, msg, *args, **kwargs):
        return None

    info = warning = error = critical = exception = warn = log = debug


_root = Logger("root")


def getLogger(name=None):
    return Logger(name) if name else _root


def basicConfig(**kwargs):
    return None


def debug(msg, *args, **kwargs):
    return None


info = warning = error = critical = exception = log = disable = captureWarnings = debug


class Handler:
    def __init__(self, *args, **kwargs):
        return None

    def setLevel(self, level):
        return None

    def setFormatter(self, formatter):
        return None


StreamHandler = Formatter = Handler
