"""The pictures of the workspace as it is studied: the diagram, its levels, G, runs, beats, versions."""

from __future__ import annotations

from typing import Final

from tests.browser.picture_programs import BATCH, CHAIN, CLASSIFIER, MATMUL, SOFTMAX, SUM, WRITES
from tests.browser.picture_state import State

STUDY: Final = (
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
        acts=(
            ("step", "softmax(dim=1)"),
            ("click", ".level-switch [data-level=mixed]"),
            ("click", "#canvas .node[aria-label^='s row 1 column 3']"),
        ),
        marks={
            "the unfolded operation, current": ("#canvas .region.region-now", 1),
            "its runs, each in a frame": ("#canvas .region-unit", 2),
            "which slice a run is": ("#canvas .region-slice", 2),
            "folded operations": ("#canvas .fold .fold-body", 5),
            "leaves as cards": ("#canvas .card-input", 2),
            "cards without a gradient, dashed": ("#canvas .card-grey", 2),
            "wires between them": ("#canvas .wire", 8),
            "wires that carry no score": ("#canvas .wire-grey", 2),
            "negative weights, dashed": ("#canvas .edge-neg", 12),
            "positive weights": ("#canvas .edge-pos", 6),
            "the selected node": ("#canvas .node-selected", 1),
            "its weights: one positive": ("#canvas .chip-pos", 1),
            "its weights: two negative": ("#canvas .chip-neg", 2),
            "the written-out sum": ("#inspector .sum .sum-local", 3),
            "the run's table with its foot": ("#inspector .jacobian-foot", 1),
            "the three levels": (".level-switch [data-level]", 3),
            "how far the walk is": (".canvas-badge", 1),
        },
    ),
    State(
        "05-gradient",
        cells=MATMUL,
        acts=(
            ("step", "@"),
            ("click", "#canvas .node[aria-label^='X 行 1 列 2']"),
            ("click", ".g-toggle"),
            ("click", ".g-by-output"),
        ),
        marks={
            "a slider for each of G": ("#canvas .g-cell .g-track", 6),
            "presets": ("#canvas .g-preset", 5),
            "a block for each output": (".g-blocks .g-block", 6),
            "its factor": (".g-blocks .g-factor", 6),
            "the blocks' sum": (".g-sums .g-sum", 4),
            "weights of the selection": ("#canvas .chip:not(.chip-quiet)", 3),
            "the selected node": ("#canvas .node-selected", 1),
            "the tensor that is not asked about": ("#canvas .card-grey", 1),
            "the written-out sum": ("#inspector .sum .sum-local", 3),
            "the table with its foot": ("#inspector .jacobian-foot", 1),
            "v beside it": ("#inspector .jacobian-v-cell", 6),
            "the printed gradient": (".cell-output", 1),
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
            "the run's row in the input": (".run-grid-input .run-frame", 1),
            "the run's row in the output": (".run-grid-output .run-frame", 1),
            "lenses": (".run-lens", 2),
            "weights of the selection": ("#canvas .chip:not(.chip-quiet)", 10),
            "the run's table": ("#inspector .jacobian", 1),
        },
    ),
    State(
        "08-beats",
        cells=MATMUL,
        acts=(("step", "@"), ("click", "#canvas .node[aria-label^='X 行 1 列 2']"), ("press", "ArrowLeft")),
        marks={
            "products past their weights": ("#canvas .pill", 3),
            "arrowheads on the other edges": ("#canvas .edge-arrow", 9),
            "the score has not come": ("#canvas .node-selected .node-score.sign-none", 1),
            "drawers that hold nothing": ("#canvas .drawer-none", 4),
        },
    ),
    State(
        "08-landed",
        cells=SOFTMAX,
        acts=(("step", "softmax"), ("click", "#canvas .node[aria-label^='x 第 2 个']")),
        marks={
            "the sum, a row for each edge": ("#canvas .sum-bar .sum-row", 3),
            "where it ends": ("#canvas .sum-bar .sum-end", 1),
            "a halo around what has landed": ("#canvas .node-halo", 3),
        },
    ),
    State(
        "08-second-call",
        cells=CHAIN,
        acts=(("step", "x.grad"), ("press", "ArrowLeft")),
        marks={
            "the first call's amount and the second's": ("#canvas .drawer .drawer-amount", 8),
            "the second call's, dashed": ("#canvas .drawer-slot-empty", 4),
            "the drawer's total": ("#canvas .drawer-total", 4),
            "booked and pending in the ledger": ("#inspector .ledger-pending", 1),
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
)
