/** Parts of a call's graph, for rooms where the whole cannot be read. */

import { wrtOf } from "../why/reading.js";
import { build, graphAt } from "./graph.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/steps.js").Step} Step
 * @typedef {import("./graph.js").Graph} Graph
 */

/**
 * @param {Trace} trace
 * @param {Step | null} step
 * @param {import("../picture/room.js").Part} part
 * @returns {Graph | null} null when there is nothing to show
 */
export function partAt(trace, step, part) {
  if (typeof part === "object") return aloneAt(trace, step, part);
  const graph = graphAt(trace, step);
  return graph && part === "chain"
    ? { ...graph, key: `${graph.key} chain`, narrow: true, bare: true }
    : graph;
}

/**
 * The operation of the step; drawers only while they are booked.
 * @param {Trace} trace
 * @param {Step | null} step
 * @param {import("../why/reading.js").Look} look  operands that are not asked about fold
 * @returns {Graph | null} null when there is no operation to show
 */
function aloneAt(trace, step, look) {
  const whole = graphAt(trace, step);
  const op = whole && operationOf(whole, step);
  if (!whole || op === null) return null;
  const booking = step?.kind === "accumulate";
  const call = whole.call === null ? null : trace.backward[whole.call];
  const scored = new Set(call?.scores.map(({ tensor }) => tensor));
  const graph = build(trace, "", whole.call, new Set([op]), whole.roots, scored);
  const [only] = graph.ops;
  const asked = wrtOf(only, look);
  const others = only.inputs.filter((id) => id !== asked && !only.outputs.includes(id));
  const members = graph.members.map((member) =>
    others.includes(member.tensor.id) ? { ...member, folded: true } : member,
  );
  const key = `${whole.key} alone ${op} to ${asked}${booking ? " booked" : ""}`;
  return { ...graph, key, members, walk: whole.walk, alone: true, narrow: true, bare: !booking };
}

/**
 * A seed stands before the first operation that is walked, a booking after the last.
 * @param {Graph} whole
 * @param {Step | null} step
 */
function operationOf({ ops, walk }, step) {
  const shown = new Set(ops.map(({ id }) => id));
  if (step?.op !== null && step?.op !== undefined && shown.has(step.op)) return step.op;
  const reached = walk.filter((id) => shown.has(id));
  return (step?.kind === "accumulate" ? reached.at(-1) : reached[0]) ?? null;
}
