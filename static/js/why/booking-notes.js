/** What is to be said about a `.grad` drawer with several bookings: what the last calls left, and why they add up. */

import { elementCount, formatNumber, toNumber } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("../trace/trace-types.js").BackwardCall} BackwardCall
 * @typedef {import("../trace/bookings.js").Drawer} Drawer
 */

/** Elements of a `.grad` that are written out, and calls of a sum. */
const WRITTEN = 9;
const CALLS = 3;

/**
 * What earlier calls left in the drawer, as PyTorch prints it; null where nothing but zeros was left.
 * @param {Drawer} drawer
 * @param {number[]} shape
 * @returns {string | null}
 */
export function leftOver({ before, earlier }, shape) {
  if (!before?.some((value) => toNumber(value) !== 0) || !earlier.length) return null;
  return elementCount(shape) > WRITTEN ? "…" : nested(before, shape);
}

/** @param {Scalar[]} values @param {number[]} shape @returns {string} */
function nested(values, shape) {
  if (!shape.length) return formatNumber(values[0]);
  const [rows, ...rest] = shape;
  const size = elementCount(rest);
  const parts = Array.from({ length: rows }, (_, i) => nested(values.slice(i * size, (i + 1) * size), rest));
  return `[${parts.join(", ")}]`;
}

/**
 * One number whose single backward call would book the same: (z*G).sum() + out.
 * @param {Trace} trace
 * @param {Drawer} drawer
 * @returns {string | null} null for one call, or for more than can be read
 */
export function atOnce(trace, { earlier, current, base }) {
  const calls = [...earlier, current].map(({ call }) => trace.backward[call]);
  if (calls.length < 2 || calls.length > CALLS || base?.some((value) => toNumber(value) !== 0)) return null;
  const several =
    calls.filter((call) => call.roots.some(({ gradient }) => (gradient?.length ?? 1) > 1)).length > 1;
  const terms = calls.flatMap((call, i) => termsOf(trace, call, several ? `G${i + 1}` : "G"));
  return terms.every((term) => term !== null) ? terms.join(" + ") : null;
}

/** @param {Trace} trace @param {BackwardCall} call @param {string} seed */
function termsOf(trace, { roots }, seed) {
  return roots.map(({ tensor, gradient }) => {
    const root = trace.tensors.find(({ id }) => id === tensor);
    const name = root?.name ?? root?.label ?? null;
    if (!gradient || name === null) return null;
    const factor = /^[\w.]+(\(.*\))?$/.test(name) ? name : `(${name})`;
    if (root?.shape.length) return `(${factor}*${seed}).sum()`;
    return toNumber(gradient[0]) === 1 ? factor : `${formatNumber(gradient[0])}*${factor}`;
  });
}
