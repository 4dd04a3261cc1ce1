/** Which operation is shown as one run of its loop, and which could be. */

import { elementCount } from "../format.js";
import { usesOf } from "../trace/scores.js";
import { byId } from "../trace/trace-types.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../layout/graph.js").Graph} Graph
 *
 * @typedef {object} RunChoice
 * @property {TraceOp} op
 * @property {number} input  the tensor with respect to which it is read
 */

/** What of the state one run is drawn from. */
export const SHOWN_BY = /** @type {const} */ ([
  "trace",
  "steps",
  "step",
  "selection",
  "run",
  "wrt",
  "shade",
  "lang",
]);

/** More elements than this cannot all stand in a column as nodes. */
const COLUMN = 16;

/**
 * The operation that a reader who asks for one run would mean: the current one, else the one that uses or made what
 * is selected.
 * @param {State} state
 * @param {Graph | null} graph  of the picture
 * @returns {RunChoice | null} null where an operation is one small unit, all of which is on the canvas anyway
 */
export function runCandidate(state, graph) {
  const op = state.trace && graph && currentOp(state, graph);
  const choice = op ? choiceOf(state, op) : null;
  return state.trace && choice && hasRuns(state.trace, choice) ? choice : null;
}

/**
 * The operation whose run is on the canvas. It stays while the reader looks at other moments without an operation.
 * @param {State} state
 * @param {Graph | null} graph
 * @returns {(RunChoice & {index: number}) | null}
 */
export function runShown(state, graph) {
  if (!state.trace || !graph) return null;
  const own = graph.ops.find(({ id }) => id === state.steps[state.step]?.op);
  const asked = own ? [own] : graph.ops;
  const on = asked.filter(({ id }) => state.run[id] !== undefined);
  const op = on.find((each) => touches(each, state.selection?.tensor)) ?? on.at(-1);
  const choice = op ? choiceOf(state, op) : null;
  return choice && { ...choice, index: state.run[choice.op.id] };
}

/** @param {State} state @param {Graph} graph */
function currentOp({ steps, step, selection }, graph) {
  const own = graph.ops.find(({ id }) => id === steps[step]?.op);
  if (own) return own;
  const user = graph.ops.find((op) => selection && usesOf(op, selection.tensor).length);
  return user ?? graph.ops.find((op) => touches(op, selection?.tensor)) ?? null;
}

/** @param {TraceOp} op @param {number | undefined} tensor */
function touches(op, tensor) {
  return tensor !== undefined && [...op.inputs, ...op.outputs].includes(tensor);
}

/** @param {State} state @param {TraceOp} op @returns {RunChoice | null} */
function choiceOf({ wrt, selection }, op) {
  const wanted = [wrt[op.id], selection?.tensor, ...op.inputs];
  const input = wanted.find((id) => id !== undefined && usesOf(op, id).length);
  return input === undefined ? null : { op, input };
}

/** @param {import("../trace/trace-types.js").Trace} trace @param {RunChoice} choice */
function hasRuns(trace, { op, input }) {
  const tensors = byId(trace.tensors);
  const [use] = usesOf(op, input);
  const sizes = [input, op.outputs[use.output]].map((id) => elementCount(tensors.get(id)?.shape ?? []));
  return use.units.count > 1 || Math.max(...sizes) > COLUMN;
}

/**
 * The place in another run that an element has in its own.
 * @param {import("./loop.js").Loop} loop
 * @param {{tensor: number, element: number} | null} selection
 * @param {number} index  the other run
 * @returns {{tensor: number, element: number} | null} null where nothing of the loop is selected
 */
export function movedTo(loop, selection, index) {
  const side =
    selection?.tensor === loop.input.id ? "input" : selection?.tensor === loop.output.id ? "output" : null;
  if (!selection || !side) return null;
  const from = loop.run(loop.runOf(side, selection.element));
  const to = loop.run(index);
  const place = from?.[`${side}s`].indexOf(selection.element) ?? -1;
  const element = to?.[`${side}s`][place];
  return element === undefined ? null : { tensor: selection.tensor, element };
}
