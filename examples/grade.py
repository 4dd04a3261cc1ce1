"""Compares the gradients of a folder of submissions with those of a model solution.

    python3 grade.py http://127.0.0.1:8000 expected.py submissions/

One line per submission: right, which .grad differs and where, or the error and its line. The server interprets
submissions within its budgets: they cannot read files or loop for ever. Needs Python 3.11 and nothing else.
"""

import math
import sys
from pathlib import Path
from trace import ask

TOLERANCE = 1e-5


def gradients(trace):
    """The last .grad of every named leaf, as numbers."""
    return {
        tensor["name"]: [float(value) for value in tensor["grad"]]
        for tensor in trace["tensors"]
        if tensor["is_leaf"] and tensor["name"] and tensor["grad"] is not None
    }


def verdict(trace, expected):
    """What to write back about one submission."""
    if error := trace["error"]:
        return f"{error['type']} in line {error['line']}: {error['message']}"
    found = gradients(trace)
    for name, right in expected.items():
        given = found.get(name)
        if given is None:
            return f"{name}.grad is missing"
        if len(given) != len(right):
            return f"{name}.grad has {len(given)} elements, expected {len(right)}"
        for element, (one, other) in enumerate(zip(given, right, strict=True)):
            if not math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
                return f"{name}.grad[{element}] is {one:g}, expected {other:g}"
    return "right"


def main(server, model, folder):
    expected = gradients(ask(server, "/api/trace", {"code": Path(model).read_text("utf-8")}))
    if not expected:
        sys.exit(f"{model} leaves no .grad to compare with")
    for path in sorted(Path(folder).glob("*.py")):
        trace = ask(server, "/api/trace", {"code": path.read_text("utf-8")})
        notices = [notice["en"] for cell in trace["cells"] for notice in cell["notices"]]
        print(f"{path.name}: {verdict(trace, expected)}")
        for notice in notices:
            print(f"    {notice}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
