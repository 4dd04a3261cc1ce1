"""Numbers that differ from a text's formula: var over n − 1, output/input at 0, and ties that share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.engine.node import Node
from app.engine.run import Notice
from app.interpreter import Execution, source_of

SPREADS = frozenset({"var", "std"})
CHOSEN = ("correction", "unbiased")
EXTREMES = {"amax": np.equal, "amin": np.equal, "max": np.equal, "min": np.equal}


def numbers(execution: Execution) -> Iterator[Notice]:
    """Of each kind the first operation that a backward call has gone through."""
    told: set[str] = set()
    for applied in execution.run.tape.applied:
        node = applied.node
        if not node.recorded:
            continue
        for code, values in _said(node):
            if code not in told:
                told.add(code)
                yield Notice(code, values, node.here)


def _said(node: Node) -> Iterator[tuple[str, dict[str, object]]]:
    name, params = node.operation.name, node.call.params
    if name in SPREADS and params.get("correction") == 1 and not any(w in source_of(node.here) for w in CHOSEN):
        yield "var-correction", {"n": params["n"], "less": params["n"] - 1}
    if name in {"prod", "cumprod"} and not np.all(node.call.inputs[0]):
        yield "product-at-zero", {}
    if name in EXTREMES and len(node.call.outputs) == 1 and _ties(node) > 1:
        yield "ties-share", {"count": _ties(node)}


def _ties(node: Node) -> int:
    """How many elements equal the extreme of the first output element that several share."""
    x, y = node.call.inputs[0], node.call.outputs[0]
    dims = node.call.params.get("dims")
    if dims is None or not x.size:
        return 0
    kept = y.reshape([1 if d in dims else n for d, n in enumerate(x.shape)])
    return int(np.max((x == kept).sum(axis=dims)))
