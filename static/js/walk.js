/** What is known after step k: values computed, scores arrived, saved values freed, bookings made. Pure, so it runs backwards too. */

import { byId, need } from "./trace-types.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").Scalar} Scalar
 * @typedef {import("./steps.js").Step} Step
 *
 * @typedef {object} Known
 * @property {Step | null} step            the current step; null before the first
 * @property {number | null} call          the backward call whose scores are shown
 * @property {Set<number>} computed        operations whose forward has run
 * @property {Map<number, Scalar[]>} scores  by tensor, of the current call, only those that have arrived
 * @property {Set<number>} walked          operations passed in the current call
 * @property {Set<number>} freed           operations whose saved values are gone
 * @property {Set<number>} lost            operations whose weights were gone before the current call began
 * @property {boolean} booked              whether the current call has added to `.grad`
 */

/**
 * @param {Trace} trace
 * @param {Step[]} steps
 * @param {number} k  −1 for "nothing has run"
 * @returns {Known}
 */
export function knownAt(trace, steps, k) {
  const ops = byId(trace.ops);
  const step = k >= 0 ? steps[Math.min(k, steps.length - 1)] : null;
  const call = step?.call ?? null;
  /** @type {Known} */
  const known = {
    step,
    call,
    computed: new Set(),
    scores: new Map(),
    walked: new Set(),
    freed: new Set(),
    lost: new Set(),
    booked: false,
  };
  for (const past of steps.slice(0, k + 1)) {
    if (past.kind === "forward") known.computed.add(/** @type {number} */ (past.op));
    if (past.kind === "backward") pass(known, trace, ops, past);
    if (past.call !== null && past.call === call) arrive(known, trace, past);
  }
  return known;
}

/**
 * One operation walked: it loses what it saved unless the call keeps the graph.
 * @param {Known} known
 * @param {Trace} trace
 * @param {Map<number, import("./trace-types.js").TraceOp>} ops
 * @param {Step} past
 */
function pass(known, trace, ops, past) {
  const op = need(ops, /** @type {number} */ (past.op));
  const call = trace.backward[/** @type {number} */ (past.call)];
  const frees = op.saved.length > 0 && !call.retain_graph;
  if (past.call === known.call) known.walked.add(op.id);
  else if (frees) known.lost.add(op.id);
  if (frees) known.freed.add(op.id);
}

/** @param {Known} known @param {Trace} trace @param {Step} past */
function arrive(known, trace, past) {
  const scores = trace.backward[/** @type {number} */ (past.call)].scores;
  for (const id of past.reached) {
    const values = scores.find((score) => score.tensor === id)?.values;
    if (values) known.scores.set(id, values);
  }
  if (past.kind === "accumulate") known.booked = true;
}
