"""The page as its tests drive it: a server whose answers the test writes, and the ways into the workspace."""

from __future__ import annotations

import json
from typing import Any, Final

from playwright.sync_api import Locator, Page, Route

PROGRAM: Final = [
    "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 3\nout = y.sum()\n",
    "out.backward()\nx.grad",
]
HINT: Final = {"code": "non-scalar-root", "en": "Backward must start somewhere.", "zh": "反向要有起点。"}
NO_PRELOAD: Final = {"preload": False}
"""For axe: it would write the sheets into the page again, where their @import leads astray and the policy refuses."""
MESSAGE: Final = "grad can be implicitly created only for scalar outputs"


def span(cell: int, line: int, column: int, end: int) -> dict[str, int]:
    """A place on one line, columns end exclusive."""
    return {"cell": cell, "line": line, "column": column, "end_line": line, "end_column": end}


def tensor(number: int, name: str | None, label: str, values: list[float], **more: Any) -> dict[str, Any]:
    """A tensor of the trace: a vector, or a scalar when it has one value."""
    fields = {
        "id": number,
        "name": name,
        "label": label,
        "version": 0,
        "constant": False,
        "shape": [len(values)] if len(values) > 1 else [],
        "dtype": "float32",
        "requires_grad": True,
        "is_leaf": False,
        "op": None,
        "values": values,
        "grad": None,
        "span": None,
    }
    return fields | more


def relation(kind: str, weight: float, joined: list[tuple[int, int]]) -> dict[str, Any]:
    """The relation of the first input and output, with one weight on every edge."""
    return {
        "input": 0,
        "output": 0,
        "carries": True,
        "selects": False,
        "structure": "elementwise",
        "kind": kind,
        "units": {"count": 1, "inputs": 2, "outputs": 1},
        "edge_count": len(joined),
        "complete": True,
        "edges": {
            "input": [a for a, _ in joined],
            "output": [b for _, b in joined],
            "weight": [weight] * len(joined),
        },
        "local": f"\\frac{{\\partial o_i}}{{\\partial x_i}} = {weight:g}",
        "symbols": [{"where": "all", "tex": f"{weight:g}"}],
    }


def operation(number: int, name: str, grad_fn: str, **more: Any) -> dict[str, Any]:
    """An operation of the trace from the tensor before it to the one after it."""
    return {"id": number, "name": name, "grad_fn": grad_fn, "params": {}, "saved": [], **more}


def trace() -> dict[str, Any]:
    """What the server answers for PROGRAM, written by hand."""
    tensors = [
        tensor(0, "x", "torch.ones(2)", [1, 1], is_leaf=True, grad=[3, 3], span=span(0, 2, 4, 37)),
        tensor(1, None, "3", [3], constant=True, requires_grad=False, is_leaf=True, span=span(0, 3, 8, 9)),
        tensor(2, "y", "x * 3", [3, 3], op=0, span=span(0, 3, 4, 9)),
        tensor(3, "out", "y.sum()", [6], op=1, span=span(0, 4, 6, 13)),
    ]
    each, both = relation("one-to-one", 3, [(0, 0), (1, 1)]), relation("many-to-one", 1, [(0, 0), (1, 0)])
    ops = [
        operation(0, "mul", "MulBackward0", inputs=[0, 1], outputs=[2], relations=[each]),
        operation(1, "sum", "SumBackward0", inputs=[2], outputs=[3], relations=[both]),
    ]
    ops[0] |= {"span": span(0, 3, 4, 9), "saved": [{"input": 1, "version": 0}]}
    ops[1] |= {"span": span(0, 4, 6, 13)}
    call = {
        "id": 0,
        "call": "backward",
        "span": span(1, 1, 0, 14),
        "after_op": 2,
        "roots": [{"tensor": 3, "gradient": [1]}],
        "inputs": None,
        "retain_graph": False,
        "create_graph": False,
        "order": [1, 0],
        "scores": [{"tensor": number, "values": values} for number, values in ((3, [1]), (2, [1, 1]), (0, [3, 3]))],
        "accumulated": [{"tensor": 0, "before": None, "after": [3, 3]}],
        "error": None,
    }
    cells = [cell(), cell(result="tensor([3., 3.])")]
    return {
        "error": None,
        "cells": cells,
        "tensors": tensors,
        "ops": ops,
        "backward": [call],
        "ops_total": 2,
    }


def cell(**said: Any) -> dict[str, Any]:
    """What one cell says."""
    return {"stdout": "", "result": None, "error": None, "notices": []} | said


def failed_trace() -> dict[str, Any]:
    """The same program when its second cell fails at columns 0 to 14."""
    answer = trace()
    error: dict[str, Any] = {"type": "RuntimeError", "message": MESSAGE, "hint": HINT}
    error |= {"line": 1, "column": 0, "end_line": 1, "end_column": 14}
    answer["error"] = error | {"cell": 1}
    answer["cells"][1] = cell(error=error)
    answer["backward"][0] |= {"error": error | {"op": None}, "order": [], "scores": [], "accumulated": []}
    answer["backward"][0]["roots"][0]["gradient"] = None
    return answer


class Server:
    """Answers /api/trace and /api/programs in the page's own browser, and remembers what it was asked."""

    def __init__(self, page: Page) -> None:
        self.answer: dict[str, Any] = trace()
        self.status = 200
        self.asked: list[list[str]] = []
        page.route("**/api/trace", self._trace)
        page.route("**/api/programs", self._programs)

    def _trace(self, route: Route) -> None:
        cells = json.loads(route.request.post_data or "{}")["cells"]
        self.asked.append(cells)
        answers = [*self.answer["cells"], *[cell()] * len(cells)][: len(cells)]
        body = json.dumps({**self.answer, "cells": answers})  # in ASCII, as half a surrogate pair has no other form
        route.fulfill(status=self.status, body=body, content_type="application/json")

    def _programs(self, route: Route) -> None:
        program = {"slug": "gradient-argument", "cells": PROGRAM, "group": "start", "kind": "one-to-one"}
        route.fulfill(json=[program])


def open_start(page: Page, address: str = "/") -> None:
    """Loads the page and waits until it listens."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


def paste(page: Page, cells: list[str]) -> None:
    """Pastes a program into the start page's box and runs it."""
    page.fill("#paste", "\n# %%\n".join(cells))
    page.click(".paste [type=submit]")
    page.wait_for_selector(".cell:not([data-state=running]):not([data-state=idle])", state="attached")


def current(page: Page) -> str:
    """The text of the timeline's current step."""
    return page.locator(".step[aria-current=step]").inner_text()


def still(place: Locator) -> Any:
    """The box of what has come to rest: a busy machine may still be fitting the picture."""
    before: Any = None
    for _ in range(100):
        box = place.bounding_box()
        if box is not None and box == before:
            return box
        before = box
        place.page.wait_for_timeout(100)
    raise AssertionError("it does not come to rest")
