/** What is known at a beat of step k: values computed, scores arrived, saved values freed, bookings made. Pure, so it runs backwards too. */

import { LANDED } from "./moves.js";
import { partsOf } from "./parts.js";
import { byId, need } from "./trace-types.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").Scalar} Scalar
 * @typedef {import("./steps.js").Step} Step
 * @typedef {import("./moves.js").Beat} Beat
 *
 * @typedef {object} Known
 * @property {Step | null} step            the current step; null before the first
 * @property {Beat} beat                   how far it has got; 3 where a step has no beats
 * @property {number | null} call          the backward call whose scores are shown
 * @property {Set<number>} computed        operations whose forward has run
 * @property {Map<number, Scalar[]>} scores  by tensor, of the current call, only those that have arrived
 * @property {Map<number, import("./trace-types.js").Summary>} summaries  by tensor, of scores too many to be sent
 * @property {Set<number>} walked          operations passed in the current call
 * @property {Set<number>} freed           operations whose saved values are gone
 * @property {Set<number>} lost            operations whose weights were gone before the current call began
 * @property {boolean} booked              whether the current call has added to `.grad`
 * @property {import("./parts.js").Part | null} part  the part of the step that walks; null when all go at once
 * @property {Map<number, {got: number, of: number}>} waiting  tensors used several times, until every use has reported
 */

/**
 * @param {Trace} trace
 * @param {Step[]} steps
 * @param {number} k  −1 for "nothing has run"
 * @param {Beat} [at]  before the last beat of a backward step its scores are still on their way
 * @param {number | null} [part]  of a backward step that goes part by part: which one walks
 * @returns {Known}
 */
export function knownAt(trace, steps, k, at = LANDED, part = null) {
  const ops = byId(trace.ops);
  const step = k >= 0 ? steps[Math.min(k, steps.length - 1)] : null;
  const call = step?.call ?? null;
  const beat = step?.kind === "backward" ? at : LANDED;
  const walking = step?.kind === "backward" ? part : null;
  const done = beat < LANDED || walking !== null ? k : k + 1;
  /** @type {Known} */
  const known = {
    step,
    beat,
    call,
    computed: new Set(),
    scores: new Map(),
    summaries: new Map(),
    walked: new Set(),
    freed: new Set(),
    lost: new Set(),
    booked: false,
    part: null,
    waiting: new Map(),
  };
  for (const past of steps.slice(0, done)) {
    if (past.kind === "forward") known.computed.add(/** @type {number} */ (past.op));
    if (past.kind === "backward") pass(known, trace, ops, past);
    if (past.call !== null && past.call === call) arrive(known, trace, past);
  }
  if (call !== null) known.waiting = waitingIn(known, trace.backward[call], ops);
  if (walking !== null) walkPart(known, trace, ops, walking);
  return known;
}

/**
 * The parts before the walking one have landed, and it too with its last beat.
 * @param {Known} known
 * @param {Trace} trace
 * @param {Map<number, import("./trace-types.js").TraceOp>} ops
 * @param {number} walking
 */
function walkPart(known, trace, ops, walking) {
  const step = /** @type {Step} */ (known.step);
  const parts = partsOf(need(ops, /** @type {number} */ (step.op)));
  known.part = parts[walking] ?? null;
  const { scores } = trace.backward[/** @type {number} */ (step.call)];
  for (const { tensor, elements } of parts.slice(0, walking + Number(known.beat === LANDED))) {
    const values = scores.find((score) => score.tensor === tensor)?.values;
    if (!values || !step.reached.includes(tensor)) continue;
    const own = known.scores.get(tensor) ?? [];
    for (const element of elements) own[element] = values[element];
    known.scores.set(tensor, own);
  }
}

/**
 * A tensor that several uses report to has no score before the last of them has: a part of a sum is not the sum.
 * @param {Known} known
 * @param {import("./trace-types.js").BackwardCall} call
 * @param {Map<number, import("./trace-types.js").TraceOp>} ops
 */
function waitingIn({ walked, scores }, call, ops) {
  const expected = new Set(call.scores.map(({ tensor }) => tensor).filter((id) => !scores.has(id)));
  /** @type {Known["waiting"]} */
  const waiting = new Map();
  for (const op of call.order) {
    for (const id of ops.get(op)?.inputs ?? []) {
      if (!expected.has(id)) continue;
      const { got, of } = waiting.get(id) ?? { got: 0, of: 0 };
      waiting.set(id, { got: got + Number(walked.has(op)), of: of + 1 });
    }
  }
  return new Map([...waiting].filter(([, { of }]) => of > 1));
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
    const score = scores.find(({ tensor }) => tensor === id);
    // Of a large tensor only what was asked for is at hand; that its scores have come is known all the same.
    if (score) known.scores.set(id, score.values ?? score.some ?? []);
    if (score?.summary) known.summaries.set(id, score.summary);
  }
  if (past.kind === "accumulate") known.booked = true;
}
