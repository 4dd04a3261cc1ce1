"""Explanations found by the words of an error: what the library raises in Python carries no code of its own."""

from __future__ import annotations

import re

BY_WORDS = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"cannot assign (module|parameter)s? before Module\.__init__\(\) call", "super-init"),
        (r'is missing the required "forward" function', "forward-missing"),
        (r"optimizer got an empty parameter list", "optimizer-empty"),
        (r"can't optimize a non-leaf Tensor", "optimizer-nonleaf"),
        (r"argument given to the optimizer should be an iterable", "optimizer-iterable"),
        (r"^'(float|int|bool)' object has no attribute '(backward|grad|requires_grad|grad_fn)'", "number-backward"),
        (r"returned an incorrect number of gradients", "function-gradients"),
        (r"Legacy autograd function with non-static forward", "function-static"),
        (r"Torch not compiled with CUDA enabled", "no-cuda"),
        (r"all elements of (input|target) should be between 0 and 1", "bce-range"),
        (r"(Target|target) size .* must be the same as input size", "loss-shape"),
        (r"Using a target size .* that is different to the input size", "loss-shape"),
        (r"Error\(s\) in loading state_dict", "state-dict"),
        (r"expected input.* to have \d+ channels, but got", "conv-channels"),
        (r"input\.size\(-1\) must be equal to input_size|input has inconsistent input_size", "rnn-size"),
        (r"returned nan values in its", "anomaly-nan"),
        (r"backward through the graph a second time", "second-backward"),
        (r"modified by an inplace operation", "inplace-saved"),
    )
)


GENERAL = ("unsupported-name", "undefined-name")
"""Codes that say no more than that there is no such name."""


def explained(code: str | None, message: str) -> str | None:
    """The code of the explanation that belongs to an error with these words; its own where it is a precise one."""
    if code is not None and not code.startswith(GENERAL):
        return code
    return next((found for words, found in BY_WORDS if words.search(message)), code)
