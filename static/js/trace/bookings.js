/** What stands in a `.grad` drawer, of a leaf or of an intermediate that retains it: one booking per backward call, on top of what was there. */

import { toNumber } from "../format.js";
import { byId } from "./trace-types.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").BackwardCall} BackwardCall
 * @typedef {import("./trace-types.js").Scalar} Scalar
 *
 * @typedef {object} Booking
 * @property {number} call       position in trace.backward
 * @property {number[]} amounts  what it added, per element
 *
 * @typedef {object} Drawer
 * @property {number} tensor
 * @property {Scalar[] | null} base     what was there without a known call: zeros after zero_(), or a value that code wrote
 * @property {Booking[]} earlier        oldest first
 * @property {Booking} current
 * @property {Scalar[] | null} before   `.grad` before the current call; null is PyTorch's None
 * @property {Scalar[] | null} after
 */

/** What a call books: into leaves, and into intermediates that asked for it. @param {BackwardCall} call */
function entriesOf({ accumulated, retained = [] }) {
  return [...accumulated, ...retained];
}

/**
 * The drawer of one tensor as the call with this position finds and leaves it.
 * @param {Trace} trace
 * @param {number} position
 * @param {number} tensor
 * @returns {Drawer | null} null when the call adds nothing to this tensor
 */
export function drawerOf(trace, position, tensor) {
  const call = trace.backward[position];
  const entry = call && entriesOf(call).find((booked) => booked.tensor === tensor);
  if (!entry?.after) return null;
  const { earlier, base } = history(trace, position, tensor, entry.before);
  const current = { call: position, amounts: amounts(trace, position, entry) };
  return { tensor, base, earlier, current, before: entry.before, after: entry.after };
}

/**
 * Earlier bookings that are still in the drawer: each must have left exactly what the next one found.
 * @param {Trace} trace
 * @param {number} position
 * @param {number} tensor
 * @param {Scalar[] | null} found
 * @returns {{earlier: Booking[], base: Scalar[] | null}}
 */
function history(trace, position, tensor, found) {
  const tensors = byId(trace.tensors);
  const name = tensors.get(tensor)?.name;
  /** @type {Booking[]} */
  const earlier = [];
  let wanted = found;
  for (let call = position - 1; call >= 0 && wanted !== null; call -= 1) {
    const entry = entriesOf(trace.backward[call]).find(
      (other) => other.tensor === tensor || (name && tensors.get(other.tensor)?.name === name),
    );
    if (!entry) continue;
    if (!same(entry.after, wanted)) break;
    earlier.unshift({ call, amounts: amounts(trace, call, entry) });
    wanted = entry.before;
  }
  return { earlier, base: wanted };
}

/** @param {Scalar[] | null} a @param {Scalar[] | null} b */
function same(a, b) {
  return a !== null && b !== null && a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

/**
 * What a call added: the leaf's score, or the difference where the trace holds no score.
 * @param {Trace} trace
 * @param {number} position
 * @param {{tensor: number, before: Scalar[] | null, after: Scalar[] | null}} entry
 * @returns {number[]}
 */
function amounts(trace, position, entry) {
  const score = trace.backward[position].scores.find(({ tensor }) => tensor === entry.tensor)?.values;
  if (score) return score.map(Number);
  return (entry.after ?? []).map((value, i) => Number(value) - (toNumber(entry.before?.[i]) ?? 0));
}
