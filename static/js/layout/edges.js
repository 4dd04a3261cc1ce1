/** Edges and ribbons of a picture: which numbers join which points, how thick, how far pushed back. */

import { toNumber } from "../format.js";
import { readingOf, wrtOf } from "../why/reading.js";
import { outputColumn } from "./columns.js";
import { through } from "./curves.js";

/**
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Layout} Layout
 * @typedef {import("./layout.js").Box} Box
 * @typedef {import("./curves.js").Point} Point
 * @typedef {import("./curves.js").Cubic} Cubic
 *
 * @typedef {object} Edge
 * @property {string} key
 * @property {number} op
 * @property {number} relation   position in the operation's relations
 * @property {number} index      position in the relation's edges
 * @property {{tensor: number, element: number}} from
 * @property {{tensor: number, element: number}} to
 * @property {number} weight
 * @property {number} width      px
 * @property {boolean} carries
 * @property {[number, number]} span  x of the operation's own band, where its weights are written
 * @property {number} shift      px off the middle, for one of several parallel edges
 * @property {number} use        which of the parallel edges, from 1; 0 where the operation takes the tensor once
 * @property {Cubic[]} pieces
 *
 * @typedef {object} Ribbon      A bundle for a relation with a folded end.
 * @property {string} key
 * @property {number} op
 * @property {number} relation
 * @property {number} width
 * @property {number} positive   share of positive weights, 0 to 1; the rest is negative
 * @property {number} count      edges in it
 * @property {boolean} carries
 * @property {Cubic[]} pieces
 */

/** Edges that are elements of the page, and edges that are drawn at all; those between are painted. */
const BUDGET = { marks: 300, all: 3000 };
const SELECTED = 64;
const PARALLEL = 18;

/**
 * All edges of a graph. Relations with a folded end become ribbons, and so do the largest ones while more than 3000
 * edges would be on screen.
 * @param {Graph} graph
 * @param {Layout} layout
 * @returns {{edges: Edge[], ribbons: Ribbon[], total: number, painted: boolean}} painted: too many to be marks of the page
 */
export function edgesOf(graph, layout) {
  const places = unfoldedOps(graph, layout).flatMap((op) =>
    op.relations.map((relation, position) => ({ op, relation, position })),
  );
  const drawn = places.filter(({ op, relation }) => isDrawn(op, relation, layout));
  const bundled = new Set(drawn.filter(({ op, relation }) => !isOpen(op, relation, layout)));
  let shown = drawn
    .filter((place) => !bundled.has(place))
    .reduce((sum, { relation }) => sum + relation.edge_count, 0);
  for (const place of [...drawn].sort((a, b) => b.relation.edge_count - a.relation.edge_count)) {
    if (shown <= BUDGET.all) break;
    if (bundled.has(place)) continue;
    bundled.add(place);
    shown -= place.relation.edge_count;
  }
  const open = drawn.filter((place) => !bundled.has(place));
  const edges = open.flatMap(({ op, position }) => relationEdges(op, position, layout, null));
  return {
    edges,
    painted: edges.length > BUDGET.marks,
    ribbons: [...bundled].map(({ op, position }) => ribbonOf(op, position, layout)),
    total: drawn
      .filter(({ relation }) => relation.carries)
      .reduce((sum, { relation }) => sum + relation.edge_count, 0),
  };
}

/**
 * Edges of one element, drawn even where its relation is a ribbon: the 64 heaviest at most. Read by input they are
 * those that lead on from it; read by output, those into it from the operand that is asked about.
 * @param {Graph} graph
 * @param {Layout} layout
 * @param {import("../why/reading.js").Look} look
 * @returns {Edge[]}
 */
export function selectedEdges(graph, layout, look) {
  const { selection } = look;
  if (!selection) return [];
  const by = readingOf(graph, selection.tensor, look.reading);
  const edges = unfoldedOps(graph, layout).flatMap((op) =>
    op.relations.flatMap((relation, position) => {
      const input = op.inputs[relation.input];
      const wanted =
        by === "input"
          ? input === selection.tensor
          : op.outputs[relation.output] === selection.tensor && input === wrtOf(op, { ...look, reading: by });
      return wanted && relation.carries && isDrawn(op, relation, layout)
        ? relationEdges(op, position, layout, { by, element: selection.element })
        : [];
    }),
  );
  return edges.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, SELECTED);
}

/** Folded operations have wires in place of edges. @param {Graph} graph @param {Layout} layout */
function unfoldedOps(graph, layout) {
  return graph.ops.filter((op) => layout.bands.has(op.id));
}

/** @param {TraceOp} op @param {Relation} relation @param {Layout} layout */
function isDrawn(op, relation, layout) {
  return layout.boxes.has(op.inputs[relation.input]) && layout.boxes.has(op.outputs[relation.output]);
}

/** @param {TraceOp} op @param {Relation} relation @param {Layout} layout */
function isOpen(op, relation, layout) {
  const ends = [op.inputs[relation.input], op.outputs[relation.output]];
  const nodes = ends.every((id) => layout.boxes.get(id)?.size.mode !== "card");
  return nodes && relation.edges !== null && relation.complete;
}

/**
 * @param {TraceOp} op
 * @param {number} position
 * @param {Layout} layout
 * @param {{by: "input" | "output", element: number} | null} only  edges of this element alone
 * @returns {Edge[]}
 */
function relationEdges(op, position, layout, only) {
  const relation = op.relations[position];
  const data = relation.edges;
  if (!data) return [];
  const from = op.inputs[relation.input];
  const to = op.outputs[relation.output];
  const most = Math.max(...data.weight.map((w) => finite(Math.abs(Number(w)))), Number.MIN_VALUE);
  const shift = parallelShift(op, relation);
  /** @type {Edge[]} */
  const edges = [];
  data.input.forEach((input, i) => {
    if (only && data[only.by][i] !== only.element) return;
    const weight = toNumber(data.weight[i]) ?? Number.NaN;
    edges.push({
      key: `${op.id} ${position} ${i}`,
      op: op.id,
      relation: position,
      index: i,
      from: { tensor: from, element: input },
      to: { tensor: to, element: data.output[i] },
      weight,
      width: weight === 0 ? 1.6 : 1.2 + 3.6 * Math.min(1, finite(Math.abs(weight)) / most),
      carries: relation.carries,
      shift,
      use: useOf(op, relation),
      span: [layout.bands.get(op.id)?.x0 ?? 0, layout.bands.get(op.id)?.x1 ?? 0],
      pieces: route(op, from, to, input, data.output[i], shift, layout),
    });
  });
  return edges;
}

/** @param {number} size */
function finite(size) {
  return Number.isFinite(size) ? size : 0;
}

/**
 * An operand used several times by one operation runs in parallel lines, 18 px apart.
 * @param {TraceOp} op
 * @param {Relation} relation
 */
function parallelShift(op, relation) {
  const same = places(op, relation);
  return (same.indexOf(relation.input) - (same.length - 1) / 2) * PARALLEL;
}

/** @param {TraceOp} op @param {Relation} relation */
function useOf(op, relation) {
  const same = places(op, relation);
  return same.length > 1 ? same.indexOf(relation.input) + 1 : 0;
}

/** Where the relation's tensor stands among the operation's inputs. @param {TraceOp} op @param {Relation} relation */
function places(op, relation) {
  return op.inputs.map((id, i) => (id === op.inputs[relation.input] ? i : -1)).filter((i) => i >= 0);
}

/**
 * @param {TraceOp} op
 * @param {number} from
 * @param {number} to
 * @param {number} input
 * @param {number} output
 * @param {number} shift
 * @param {Layout} layout
 * @returns {Cubic[]}
 */
function route(op, from, to, input, output, shift, layout) {
  const start = anchor(/** @type {Box} */ (layout.boxes.get(from)), input, "right", shift);
  const end = anchor(/** @type {Box} */ (layout.boxes.get(to)), output, "left", shift);
  return through([start, ...laneStops(op, from, input, layout), end]);
}

/**
 * Entry and exit of every lane that this operation's edges from this tensor pass.
 * @param {TraceOp} op
 * @param {number} from
 * @param {number | null} element  null for the middle of the lane
 * @param {Layout} layout
 */
function laneStops(op, from, element, layout) {
  /** @type {Point[]} */
  const stops = [];
  const start = layout.columns.get(from) ?? 0;
  for (let column = start + 1; column < outputColumn(op, layout.columns); column += 1) {
    const lane = layout.lanes.get(`${from} ${op.id} ${column}`);
    if (!lane) continue;
    const rows = Math.max(1, Math.min(16, lane.count));
    const row = element === null ? rows / 2 - 0.5 : element % rows;
    const y = lane.y + (row + 0.5) * lane.pitch;
    stops.push([lane.x0, y], [lane.x1, y]);
  }
  return stops;
}

/**
 * Where an edge meets an element.
 * @param {Box} box
 * @param {number} element
 * @param {"left" | "right"} side
 * @param {number} [shift]
 * @returns {Point}
 */
export function anchor(box, element, side, shift = 0) {
  const cell = box.size.blocks ? undefined : box.size.cells[element];
  const wide = box.size.cellWidth;
  if (!cell) return middle(box, side);
  return [box.x + cell.x + (side === "right" ? wide : 0), box.y + cell.y + box.size.cell / 2 + shift];
}

/** @param {Box} box @param {"left" | "right"} side @returns {Point} */
function middle(box, side) {
  return [box.x + (side === "right" ? box.size.width : 0), box.y + box.size.height / 2];
}

/** @param {TraceOp} op @param {number} position @param {Layout} layout @returns {Ribbon} */
function ribbonOf(op, position, layout) {
  const relation = op.relations[position];
  const [from, to] = [op.inputs[relation.input], op.outputs[relation.output]];
  const start = middle(/** @type {Box} */ (layout.boxes.get(from)), "right");
  const end = middle(/** @type {Box} */ (layout.boxes.get(to)), "left");
  const shift = parallelShift(op, relation);
  start[1] += shift;
  end[1] += shift;
  const weights = (relation.edges?.weight ?? []).map(Number);
  const positives = weights.filter((weight) => weight > 0).length;
  const negatives = weights.filter((weight) => weight < 0).length;
  return {
    key: `${op.id} ${position} bundle`,
    op: op.id,
    relation: position,
    width: 2 + 2 * Math.log10(Math.max(1, relation.edge_count)),
    positive: positives + negatives ? positives / (positives + negatives) : 1,
    count: relation.edge_count,
    carries: relation.carries,
    pieces: through([start, ...laneStops(op, from, null, layout), end]),
  };
}
