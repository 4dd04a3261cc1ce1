"""The pictures of the other places: projector, start page, errors, embedding, tablet, dark, print."""

from __future__ import annotations

from typing import Final

from tests.browser.picture_programs import FREED, MATMUL, NOT_ONE_NUMBER, SOFTMAX, WRONG_SHAPE
from tests.browser.picture_state import State

PLACES: Final = (
    State(
        "03-projector",
        cells=SOFTMAX,
        size=(1280, 720),
        acts=(
            ("step", "softmax"),
            ("click", "[data-room=projector]"),
            ("click", "#canvas .node[aria-label^='x 第 2 个']"),
        ),
        marks={
            "large nodes": ("[data-place=projector] #canvas .node:not(.node-small)", 6),
            "the selected node": ("#canvas .node-selected", 1),
            "its weights, where the products leave room": ("#canvas .chip:not(.chip-quiet)", 2),
            "the statement": (".projector-bar .statement", 1),
            "the kind of relation": (".projector-bar .projector-relation", 1),
            "the rule": (".projection .projection-rule", 1),
            "a line for each edge": (".projection .projection-left .weight-number", 3),
            "the total": (".projection .projection-result", 1),
            "the waterfall: a block for each edge": (".projection .waterfall-block", 3),
            "its axis with numbers": (".projection .waterfall-tick", 3),
            "where it ends": (".projection .waterfall-total", 1),
            "which element of how many": (".projection-place", 1),
            "the timeline": (".timeline .step", 3),
            "the transport": (".transport button", 5),
        },
    ),
    State(
        "04-gallery",
        acts=(("hover", ".gallery-cards .live-card:nth-child(8)"),),
        marks={
            "a box for code": ("#paste", 1),
            "four live diagrams": (".starters .mini-frame .mini", 4),
            "what is selected in them": (".starters .node-selected", 4),
            "the weights of it": (".starters .chip", 4),
            "the kinds of relation": (".gallery .relation-icon", 4),
            "a sum under each": (".starters .mini-sum", 4),
            "operations, drawn live": (".gallery .mini-frame .mini", 8),
            "a search box": (".gallery input[type=search]", 1),
            "the legend": (".start .legend li", 6),
        },
    ),
    State(
        "09-not-one-number",
        cells=NOT_ONE_NUMBER,
        marks={
            "six empty seeds": ("#canvas .seed-missing", 6),
            "their arrows": ("#canvas .seed-missing .seed-arrow", 6),
            "PyTorch's words": (".cell-error .error-original", 1),
            "the reason at the line's end": (".cm-editor .line-reason", 1),
            "repairs as buttons": (".fault button[data-fix]", 3),
            "what the first repair gives": (".fault .fault-preview", 1),
        },
    ),
    State(
        "09-freed",
        cells=FREED,
        acts=(("click", ".level-switch [data-level=elements]"),),
        marks={
            "weights that are gone": ("#canvas .chip-blocked", 4),
            "edges that end there": ("#canvas .edge-blocked", 4),
            "the operation where it stopped": ("#canvas .op-error .op-saved", 1),
            "saved values that are freed": ("#canvas .op-saved-freed", 1),
            "the reason at the line's end": (".cm-editor .line-reason", 1),
            "PyTorch's words": (".cell-error .error-original", 1),
            "repairs as buttons": (".fault button[data-fix]", 2),
            "where the walk ends": (".timeline .step .octagon", 1),
        },
    ),
    State(
        "09-shape",
        cells=WRONG_SHAPE,
        marks={
            "both grids: cells of both": (".fault-grid .fault-cell-both", 4),
            "cells that G lacks": (".fault-grid .fault-cell-missing", 2),
            "cells that G has too many": (".fault-grid .fault-cell-extra", 2),
            "PyTorch's words": (".cell-error .error-original", 1),
            "repairs as buttons": (".fault button[data-fix]", 1),
        },
    ),
    State(
        "11-embed",
        address="/embed#program=cumsum",
        size=(800, 500),
        marks={
            "the statement": (".projector-bar .statement", 1),
            "the kind of relation": (".projector-bar .projector-relation", 1),
            "three tabs": (".embed-tabs button", 3),
            "the way out": (".embed-open", 1),
            "nodes of one operation": ("#canvas .node", 6),
            "what is selected": ("#canvas .node-selected", 1),
            "its weights": ("#canvas .chip:not(.chip-quiet)", 3),
            "the formula in one line": (".sum-line .weight-number", 3),
            "three transport buttons": (".transport button", 3),
            "the timeline": (".timeline .step", 3),
        },
    ),
    State(
        "11-tablet",
        cells=MATMUL,
        size=(1180, 820),
        acts=(("step", "@"), ("click", ".g-toggle")),
        marks={
            "the diagram": ("#canvas .node", 10),
            "a slider for each of G": ("#canvas .g-cell .g-track", 6),
            "the written-out sum": ("#inspector .sum .sum-local", 3),
            "the table": ("#inspector .jacobian", 1),
            "the ledger": ("#inspector .ledger", 1),
            "the transport": (".transport button", 5),
            "the timeline": (".timeline .step", 4),
        },
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
