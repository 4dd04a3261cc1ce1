"""Python's `argparse` for a program that is started without arguments: every option has its default."""


class Namespace:
    """The options as attributes."""

    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        return f"Namespace({', '.join([f'{name}={value!r}' for name, value in self.__dict__.items()])})"

    def __eq__(self, other):
        return isinstance(other, Namespace) and self.__dict__ == other.__dict__

    def __contains__(self, key):
        return key in self.__dict__


class ArgumentDefaultsHelpFormatter:
    pass


RawTextHelpFormatter = RawDescriptionHelpFormatter = HelpFormatter = ArgumentDefaultsHelpFormatter
SUPPRESS = "==SUPPRESS=="


class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, **kwargs):
        self.description = description
        self._options = []
        self._defaults = {}

    def add_argument(
        self, *names, action="store", type=None, default=None, dest=None, required=False, nargs=None, **rest
    ):
        flags = [name for name in names if name.startswith("--")] or list(names)
        name = dest or flags[0].lstrip("-").replace("-", "_")
        if action in ("store_true", "store_false") and default is None:
            default = action == "store_false"
        self._options.append((name, names, action, type, default, required, nargs))

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def add_argument_group(self, *args, **kwargs):
        return self

    add_mutually_exclusive_group = add_argument_group

    def parse_args(self, args=None, namespace=None):
        given = list(args or [])
        values = {}
        for name, names, action, kind, default, required, nargs in self._options:
            value = kind(default) if isinstance(default, str) and kind is not None else default
            values[name] = value
        values.update(self._defaults)
        while given:
            flag, _, joined = given.pop(0).partition("=")
            found = [option for option in self._options if flag in option[1]]
            if not found:
                raise SystemExit(2)
            name, names, action, kind, *rest = found[0]
            if action in ("store_true", "store_false"):
                values[name] = action == "store_true"
                continue
            text = joined or given.pop(0)
            values[name] = text if kind is None else kind(text)
        return Namespace(**values)

    def parse_known_args(self, args=None, namespace=None):
        return self.parse_args([]), []

    def print_help(self, file=None):
        return None
