"""What of Python's `gc` does no harm: nothing has to be collected here."""


def collect(generation=2):
    return 0


def enable():
    return None


def disable():
    return None


def isenabled():
    return True
