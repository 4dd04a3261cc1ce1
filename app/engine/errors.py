"""The two ways in which the engine stops a program, and the program's own exceptions on their way through it."""


class TorchError(Exception):
    """An error that a student's program meets and may catch.

    `type` is the name of the Python exception ("RuntimeError"), `message` PyTorch's own words. `code` names
    the explanation in the reader's language and `values` fill its placeholders.
    """

    def __init__(self, type: str, message: str, code: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.type = type
        self.message = message
        self.code = code
        self.values = values


class ProgramRaisedError(Exception):
    """An exception that the program itself raised, in a function that the engine called (a hook, its own backward)."""

    def told(self) -> TorchError:
        """What was raised, as far as the engine has to know."""
        raise NotImplementedError


class LimitError(BaseException):
    """A budget ended the run. Not an `Exception`: no handler of student code may swallow it."""

    def __init__(self, budget: str, limit: float, message: str) -> None:
        super().__init__(message)
        self.budget = budget
        self.limit = limit
        self.message = message
