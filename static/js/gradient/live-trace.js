/**
 * A trace whose root gradients are other ones than the server was given: computed here, between two frames.
 *
 * It shares `ops` with the trace that it comes from, and every tensor but those whose `.grad` is another; so whatever
 * is kept by `ops` (graph, layout, symbols) stays. Scores, `.grad` bookings and answers of autograd.grad are its own.
 */

import { rounded, shortest } from "./float-text.js";
import { recompute } from "../trace/recompute.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").BackwardCall} BackwardCall
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("../trace/recompute.js").Scores} Scores
 * @typedef {Map<number, Scores>} Gradients  by position in trace.backward, then by root
 *
 * @typedef {object} Change  Numbers that a program can print, as they were and as they are.
 * @property {number} tensor     whose `.grad` they are, or asked about by autograd.grad
 * @property {number[]} shape
 * @property {string} dtype
 * @property {Scalar[]} from
 * @property {Scalar[]} to
 *
 * @typedef {object} Live
 * @property {Trace} trace
 * @property {Change[]} changes  in the order of the calls
 * @property {boolean} exact     nothing was rounded, so the server says the very same digits
 */

/**
 * @param {Trace} base       as the server answered
 * @param {Gradients} gradients
 * @returns {Live | null} null when the trace does not hold all that is needed
 */
export function liveTrace(base, gradients) {
  const tensors = byId(base.tensors);
  /** @type {Map<number, {from: Scalar[], to: Scalar[]}>} the drawers, as the last call left them */
  const drawers = new Map();
  /** @type {Change[]} */
  const changes = [];
  /** @type {BackwardCall[]} */
  const backward = [];
  let exact = true;
  for (const [position, call] of base.backward.entries()) {
    const found = rescored(base, call, gradients.get(position), tensors);
    if (!found) return null;
    const next = found.call;
    exact &&= found.exact;
    /** @param {Booking[]} entries */
    const rebooked = (entries) => entries.map((entry) => booked(entry, next, tensors, drawers));
    const accumulated = rebooked(next.accumulated);
    const retained = rebooked(next.retained ?? []);
    if (!isWhole(accumulated) || !isWhole(retained)) return null;
    const whole = { ...next, accumulated, ...(next.retained ? { retained } : {}) };
    changes.push(...changesOf(call, whole, tensors));
    backward.push(
      same([...accumulated, ...retained], [...next.accumulated, ...(next.retained ?? [])]) ? next : whole,
    );
  }
  return { trace: { ...base, backward, tensors: withDrawers(base.tensors, changes) }, changes, exact };
}

/**
 * The call with other root gradients, its own bookings not yet made.
 * @param {Trace} base
 * @param {BackwardCall} call
 * @param {Scores | undefined} gradients
 * @param {Map<number, TraceTensor>} tensors
 * @returns {{call: BackwardCall, exact: boolean} | null}
 */
function rescored(base, call, gradients, tensors) {
  if (!gradients) return { call, exact: true };
  const found = recompute(base, call, gradients);
  if (!found) return null;
  /** @param {number} id @param {number[]} values */
  const texts = (id, values) => values.map((value) => shortest(value, need(tensors, id).dtype));
  const scores = call.scores.map(({ tensor }) => ({
    tensor,
    values: texts(tensor, found.scores.get(tensor) ?? []),
  }));
  const byTensor = new Map(scores.map(({ tensor, values }) => [tensor, values]));
  const roots = call.roots.map(({ tensor, gradient }) => {
    const given = gradients.get(tensor);
    return { tensor, gradient: given ? texts(tensor, given) : gradient };
  });
  const results = call.results && call.inputs?.map((id) => byTensor.get(id) ?? null);
  return { call: { ...call, roots, scores, ...(results ? { results } : {}) }, exact: found.exact };
}

/** @typedef {{tensor: number, before: Scalar[] | null, after: Scalar[] | null}} Booking */

/** @param {(Booking | null)[]} bookings @returns {bookings is Booking[]} */
function isWhole(bookings) {
  return bookings.every((booking) => booking !== null);
}

/**
 * A booking on top of what the calls before left, unless the drawer was emptied or filled in between.
 * @param {Booking} entry
 * @param {BackwardCall} call
 * @param {Map<number, TraceTensor>} tensors
 * @param {Map<number, {from: Scalar[], to: Scalar[]}>} drawers
 * @returns {Booking | null} null when the trace does not hold the numbers
 */
function booked(entry, call, tensors, drawers) {
  const amounts = call.scores.find(({ tensor }) => tensor === entry.tensor)?.values;
  if (!entry.after || !amounts) return null;
  const left = drawers.get(entry.tensor);
  const before = left && entry.before && same(left.from, entry.before) ? left.to : entry.before;
  const { dtype } = need(tensors, entry.tensor);
  const after = before
    ? amounts.map((amount, i) => shortest(rounded(Number(before[i]) + Number(amount), dtype), dtype))
    : amounts;
  drawers.set(entry.tensor, { from: entry.after, to: after });
  if (same(after, entry.after) && before === entry.before) return entry;
  return { tensor: entry.tensor, before, after };
}

/**
 * @param {BackwardCall} old
 * @param {BackwardCall} next
 * @param {Map<number, TraceTensor>} tensors
 * @returns {Change[]}
 */
function changesOf(old, next, tensors) {
  /** @type {{tensor: number, from: Scalar[] | null, to: Scalar[] | null}[]} */
  const pairs = [
    ...old.accumulated.map(({ tensor, after }, i) => ({
      tensor,
      from: after,
      to: next.accumulated[i].after,
    })),
    ...(old.retained ?? []).map(({ tensor, after }, i) => ({
      tensor,
      from: after,
      to: next.retained?.[i].after ?? null,
    })),
    ...(old.results ?? []).map((from, i) => ({
      tensor: old.inputs?.[i] ?? old.roots[0].tensor,
      from,
      to: next.results?.[i] ?? null,
    })),
  ];
  return pairs.flatMap(({ tensor, from, to }) => {
    if (!from || !to) return [];
    const { shape, dtype } = need(tensors, tensor);
    return [{ tensor, shape, dtype, from, to }];
  });
}

/**
 * `.grad` at the program's end: what the last call left.
 * @param {TraceTensor[]} tensors
 * @param {Change[]} changes
 * @returns {TraceTensor[]} the same array when nothing changed
 */
function withDrawers(tensors, changes) {
  let changed = false;
  const next = tensors.map((tensor) => {
    const { grad } = tensor;
    const change = grad && changes.findLast((other) => other.tensor === tensor.id && same(other.from, grad));
    if (!change || same(change.to, grad)) return tensor;
    changed = true;
    return { ...tensor, grad: change.to };
  });
  return changed ? next : tensors;
}

/** @param {unknown[]} a @param {unknown[]} b */
function same(a, b) {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
