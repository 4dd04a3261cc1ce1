"""The states that the design draws, as far as one page can show them: what to run, what to do, which marks to find.

`test_pictures.py` finds the marks; `python3 dev.py pictures` keeps each state as a picture, to lay beside the design.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Act = tuple[str, str]
"""What a reader does: ("press", key), ("click", selector), ("hover", selector), ("step", label on the timeline)."""


@dataclass(frozen=True)
class State:
    """One picture. `marks`: what it shows, in words, with the selector that finds it and the least number of them."""

    name: str
    marks: dict[str, tuple[str, int]]
    cells: tuple[str, ...] = ()
    address: str = "/"
    acts: tuple[Act, ...] = ()
    size: tuple[int, int] = (1440, 900)
    lang: str = "zh"
    dark: bool = False
    media: str = "screen"


CHAIN: Final = (
    "import torch\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\nz = y * y * 3\nout = z.mean()",
    "G = torch.tensor([[.1, 1.], [1., 1.]])\nz.backward(G, retain_graph=True)\nx.grad",
    "out.backward()\nx.grad",
)
CLASSIFIER: Final = (
    "import torch\nW = torch.tensor([[.4, -1., .2], [.6, .2, -.5]], requires_grad=True)\n"
    "b = torch.tensor([.1, -.3, .2], requires_grad=True)",
    "x = torch.tensor([[1., -2.], [.5, 3.]])\nt = torch.tensor([[1., 0., 0.], [0., 0., 1.]])\ns = x @ W + b\n"
    "p = torch.softmax(s, dim=1)\nloss = ((p - t) ** 2).sum()",
    "loss.backward()\nW.grad, b.grad",
)
SOFTMAX: Final = (
    "import torch\nx = torch.tensor([1., 2., 3.], requires_grad=True)\no = torch.softmax(x, dim=0)\n"
    "o.backward(torch.tensor([1., -2., .5]))",
)
MATMUL: Final = (
    "import torch\nX = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)\n"
    "A = torch.tensor([[2., 3.], [4., 5.], [6., 7.]])\nF = A @ X",
    "G = torch.tensor([[1., 0.], [.5, -1.], [0., 2.]])\nF.backward(G)\nX.grad",
)
SUM: Final = (
    "import torch\nx = torch.arange(1., 25.).reshape(2, 3, 4).requires_grad_(True)\no = x.sum(dim=1)",
    "o.backward(torch.tensor([[1., -1., 2., .5], [3., 0., -2., 1.]]))",
)
BATCH: Final = (
    "import torch\ntorch.manual_seed(0)\nx = torch.randn(32, 10, requires_grad=True)\nt = torch.randn(32, 10)\n"
    "p = torch.softmax(x, dim=1)\nloss = ((p - t) ** 2).sum()",
    "loss.backward()\nx.grad",
)
NOT_ONE_NUMBER: Final = (
    "import torch\na = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)\n"
    "b = torch.tensor([[1., 2., 3.], [4., 5., 6.]], requires_grad=True)\nc = a.mm(b)",
    "c.backward()",
)
FREED: Final = (CHAIN[0], "out.backward()", "out.backward()")
WRITES: Final = (
    "import torch\nx = torch.tensor([[1., 2.]], requires_grad=True)\ny = torch.zeros(1, 2)\n"
    "y[0, 0] = 2 * x[0, 0] + x[0, 1] ** 2\ny[0, 1] = x[0, 0] ** 2 + 2 * x[0, 1] ** 3",
    "y.backward(torch.tensor([[1., 2.]]))\nx.grad",
)
ROW_1 = "#canvas .node[aria-label*=' 行 1 列 2']"

STATES: Final = (
    State(
        "01-chain",
        cells=CHAIN,
        acts=(("step", "y*y"), ("click", "#canvas .node[aria-label^='y 行 1 列 2']"), ("press", "ArrowLeft")),
        marks={
            "inputs, round and blue": ("#canvas .node-input", 4),
            "middle nodes with both ends": ("#canvas .node-middle", 12),
            "an output, square and green": ("#canvas .node-output", 1),
            "the selected node": ("#canvas .node-selected", 1),
            "two parallel edges, marked (1) and (2)": ("#canvas .chip-use", 2),
            "products on their way": ("#canvas .pill", 2),
            "weights at rest": ("#canvas .chip-quiet", 4),
            "the current operation": ("#canvas .op-now", 1),
            "saved values: in use, freed, none needed": ("#canvas .op-saved", 4),
            "drawers with both calls": ("#canvas .drawer", 4),
            "the written-out sum": ("#inspector .sum .sum-local", 2),
            "the table with its foot": ("#inspector .jacobian-foot", 1),
            "parallel edges share a cell": ("#inspector .inspector-table .inspector-note", 1),
            "three groups on the timeline": (".timeline .group", 3),
            "values at line ends": (".cell .cm-editor", 3),
        },
    ),
    State(
        "02-mixed-dark",
        cells=CLASSIFIER,
        lang="en",
        dark=True,
        acts=(("step", "softmax(dim=1)"), ("click", ".level-switch [data-level=mixed]")),
        marks={
            "the unfolded operation": ("#canvas .region", 1),
            "folded operations": ("#canvas .op", 4),
            "folded tensors": ("#canvas .card", 3),
            "wires between them": ("#canvas .wire", 4),
            "negative weights, dashed": ("#canvas .edge-neg", 2),
            "positive weights": ("#canvas .edge-pos", 2),
        },
    ),
    State(
        "03-projector",
        cells=SOFTMAX,
        size=(1280, 720),
        acts=(("click", "[data-place=projector]"),),
        marks={
            "large nodes": ("#canvas .node", 6),
            "the statement": (".projector-statement", 1),
            "the waterfall": (".waterfall", 1),
            "the timeline": (".timeline .step", 3),
        },
    ),
    State(
        "04-gallery",
        marks={
            "a box for code": ("#paste", 1),
            "four live diagrams": (".starters .mini-frame", 4),
            "operations, drawn live": (".gallery .mini-frame", 8),
            "a search box": (".gallery input[type=search]", 1),
        },
    ),
    State(
        "05-gradient",
        cells=MATMUL,
        acts=(("click", "#canvas .node[aria-label^='X 行 1 列 2']"),),
        marks={
            "weights of the selection": ("#canvas .chip:not(.chip-quiet)", 3),
            "the tensor that is not asked about": ("#canvas .card-grey", 1),
            "the table": ("#inspector .jacobian", 1),
            "a way to change G": (".gradient-toggle, .gradient", 1),
        },
    ),
    State(
        "06-one-run",
        cells=SUM,
        acts=(("click", ".run-enter"), ("press", "."), ("press", ".")),
        marks={
            "the run, enlarged": ("#canvas .run-box", 1),
            "its fibre in the input": (".run-grid-input .run-frame", 1),
            "its cell in values and scores": (".run-grid-output .run-frame", 2),
            "lenses": (".run-lens", 2),
            "a strip of all runs": (".thumb-slice", 8),
            "the equal loop": (".run-code", 1),
            "what each dim does": (".run-dims tr", 3),
        },
    ),
    State(
        "07-batch",
        cells=BATCH,
        acts=(("step", "softmax(dim=1)"), ("click", ".run-enter")),
        marks={
            "narrow nodes": ("#canvas .run-box", 1),
            "tiles of a large grid": ("#canvas .tile", 300),
            "negative tiles with a dash": ("#canvas .tile-dash", 10),
            "a colour scale with numbers": (".run-legend .run-ends", 1),
            "the row in both grids": (".run-frame", 2),
        },
    ),
    State(
        "08-beats",
        cells=MATMUL,
        acts=(("step", "@"), ("click", "#canvas .node[aria-label^='X 行 1 列 2']"), ("press", "ArrowLeft")),
        marks={
            "pills past their weights": ("#canvas .pill", 3),
            "the score has not come": ("#canvas .node-selected .node-score", 1),
            "an empty drawer": ("#canvas .drawer-slot-empty", 1),
        },
    ),
    State(
        "09-not-one-number",
        cells=NOT_ONE_NUMBER,
        marks={
            "six empty seeds": ("#canvas .seed-missing", 6),
            "PyTorch's words": (".cell-error", 1),
            "the reason at the line's end": (".cm-editor .line-reason, .cm-editor .cm-reason", 0),
            "repairs as buttons": (".fault button", 2),
        },
    ),
    State(
        "09-freed",
        cells=FREED,
        marks={
            "weights that are gone": ("#canvas .chip-blocked", 1),
            "the operation where it stopped": ("#canvas .op-error", 1),
            "saved values that are freed": ("#canvas .op-saved-freed", 1),
            "repairs as buttons": (".fault button", 1),
        },
    ),
    State(
        "10-versions",
        cells=WRITES,
        marks={
            "three versions": ("#canvas .header", 3),
            "cut wires": ("#canvas .cut", 2),
            "a slot that is kept": ("#canvas .edge", 1),
            "what no score is sent to": ("#canvas .node-grey", 2),
        },
    ),
    State(
        "11-embed",
        address="/embed",
        cells=(),
        size=(800, 500),
        marks={},
    ),
    State(
        "12-dark",
        cells=SOFTMAX,
        dark=True,
        lang="en",
        marks={"orange and violet": ("#canvas .edge-pos, #canvas .edge-neg", 9), "green": ("#canvas .node-cap-out", 3)},
    ),
    State(
        "12-print",
        cells=SOFTMAX,
        media="print",
        marks={"the diagram": ("#canvas .node", 6), "the sum": ("#inspector .sum", 1)},
    ),
)
