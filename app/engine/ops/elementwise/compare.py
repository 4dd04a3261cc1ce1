"""Comparisons and logic: results are bool, and no score flows through them."""

from __future__ import annotations

import numpy as np

from app.engine.kinds import no_float
from app.engine.ops.stating import TENSORS, predicate

# fmt: off
#                         name           forward           LaTeX
eq          = predicate("eq",          np.equal,         "[@1 = @2]",       "binary.==")
ne          = predicate("ne",          np.not_equal,     r"[@1 \ne @2]",    "not_equal binary.!=")
lt          = predicate("lt",          np.less,          "[@1 < @2]",       "less binary.<")
le          = predicate("le",          np.less_equal,    r"[@1 \le @2]",    "less_equal binary.<=")
gt          = predicate("gt",          np.greater,       "[@1 > @2]",       "greater binary.>")
ge          = predicate("ge",          np.greater_equal, r"[@1 \ge @2]",    "greater_equal binary.>=")
logical_and = predicate("logical_and", np.logical_and,   r"@1 \land @2",    signature=TENSORS)
logical_or  = predicate("logical_or",  np.logical_or,    r"@1 \lor @2",     signature=TENSORS)
logical_xor = predicate("logical_xor", np.logical_xor,   r"@1 \oplus @2",   signature=TENSORS)
bitwise_and = predicate("bitwise_and", np.bitwise_and, r"@1 \land @2", "binary.&", refuses=no_float("bitwise_and_cpu"))
bitwise_or = predicate("bitwise_or", np.bitwise_or, r"@1 \lor @2", "binary.|", refuses=no_float("bitwise_or_cpu"))
bitwise_xor = predicate("bitwise_xor", np.bitwise_xor, r"@1 \oplus @2", "binary.^", refuses=no_float("bitwise_xor_cpu"))
# fmt: on
