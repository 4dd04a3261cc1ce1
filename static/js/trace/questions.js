/** Which edges the reader looks at and the trace does not hold: what must be asked of the server. */

import { loopOf } from "../loops/loop.js";
import { lacks } from "./more-edges.js";
import { makerOf, readingOf } from "../why/reading.js";
import { runShown } from "../loops/run-view.js";
import { usesOf } from "./scores.js";
import { byId } from "./trace-types.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").Relation} Relation
 * @typedef {import("../layout/graph.js").Graph} Graph
 *
 * @typedef {object} Question
 * @property {TraceOp} op
 * @property {Relation} relation
 * @property {"input" | "output"} side
 * @property {number[]} elements
 */

/** A run with more edges than this is only asked for element by element. */
const RUN_EDGES = 5_000;

/**
 * @param {State} state
 * @param {Graph | null} graph  of the whole picture
 * @returns {Question[]} in the order of their use
 */
export function questionsOf(state, graph) {
  // Copies and folded modules are the page's own: the server knows nothing of them.
  if (!state.trace || !graph || state.copies) return [];
  const found = [...ofSelection(state, graph), ...ofRun(state, graph)];
  return found.filter(({ op, elements }) => elements.length && !op.layer?.parts.length);
}

/** @param {State} state @param {Graph} graph @returns {Question[]} */
function ofSelection({ trace, selection, reading }, graph) {
  if (!trace || !selection) return [];
  const { tensor, element } = selection;
  const ops = byId(trace.ops);
  const users = graph.walk.flatMap((id) => ops.get(id) ?? []);
  const gathered = users.flatMap((op) =>
    usesOf(op, tensor).map((relation) => ({ op, relation, side: /** @type {const} */ ("input") })),
  );
  const maker = readingOf(graph, tensor, reading) === "output" ? makerOf(graph, tensor) : null;
  const handed = (maker?.relations ?? [])
    .filter((relation) => relation.carries && maker?.outputs[relation.output] === tensor)
    .map((relation) => ({
      op: /** @type {TraceOp} */ (maker),
      relation,
      side: /** @type {const} */ ("output"),
    }));
  return [...gathered, ...handed].map((place) => ({
    ...place,
    elements: lacks(trace, place.op, place.relation, place.side, element) ? [element] : [],
  }));
}

/** The shown run: a first unit to know the others by, then this one if it is not too rich. @param {State} state @param {Graph} graph @returns {Question[]} */
function ofRun(state, graph) {
  const shown = runShown(state, graph);
  const loop = shown && state.trace ? loopOf(state.trace, shown.op, shown.input) : null;
  if (!state.trace || !shown || !loop) return [];
  return loop.uses.flatMap((relation) => {
    const place = { op: shown.op, relation };
    if (!relation.complete && !loop.run(0)) return firstUnit(place);
    const unit = loop.run(shown.index);
    if (!unit || relation.edge_count / Math.max(1, relation.units.count) > RUN_EDGES) return [];
    const lacking = unit.outputs.filter((element) =>
      lacks(/** @type {NonNullable<State["trace"]>} */ (state.trace), shown.op, relation, "output", element),
    );
    return [{ ...place, side: /** @type {const} */ ("output"), elements: lacking }];
  });
}

/**
 * What one input makes, then what the last of that takes.
 * @param {{op: TraceOp, relation: Relation}} place
 * @returns {Question[]}
 */
function firstUnit(place) {
  const { edges } = place.relation;
  return edges?.output.length
    ? [{ ...place, side: "output", elements: [Math.max(...edges.output)] }]
    : [{ ...place, side: "input", elements: [0] }];
}
