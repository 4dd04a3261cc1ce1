/** The parts of a backward step when it goes one by one: a run of the loop after the other, operand after operand. */

import { byId } from "./trace-types.js";
import { unitList, unitsOf } from "../loops/units.js";

/**
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./steps.js").Step} Step
 * @typedef {{tensor: number, elements: Set<number>}} Part  the elements whose scores it makes
 */

/** @type {WeakMap<TraceOp, Part[]>} */
const kept = new WeakMap();

/**
 * @param {TraceOp} op
 * @returns {Part[]} empty where the trace has not all edges
 */
export function partsOf(op) {
  const known = kept.get(op);
  if (known) return known;
  const carrying = op.relations.filter(({ carries }) => carries);
  const whole = carrying.every(({ complete, edges }) => complete && edges);
  const tensors = [...new Set(carrying.map(({ input }) => op.inputs[input]))];
  const parts = whole ? tensors.flatMap((tensor) => tensorParts(op, tensor)) : [];
  kept.set(op, parts);
  return parts;
}

/** @param {TraceOp} op @param {number} tensor @returns {Part[]} */
function tensorParts(op, tensor) {
  const uses = op.relations.filter(({ carries, input }) => carries && op.inputs[input] === tensor);
  if (new Set(uses.map(({ output }) => output)).size > 1) {
    return [{ tensor, elements: new Set(uses.flatMap(({ edges }) => edges?.input ?? [])) }];
  }
  return unitList(unitsOf(uses)).map(({ inputs }) => ({ tensor, elements: new Set(inputs) }));
}

/**
 * How many parts the step has, 1 where it goes in one.
 * @param {Trace | null} trace
 * @param {Step | undefined} step
 */
export function partCount(trace, step) {
  if (!trace || step?.kind !== "backward" || step.op === null) return 1;
  const op = byId(trace.ops).get(step.op);
  return op ? Math.max(1, partsOf(op).length) : 1;
}

/**
 * @param {Part | null} part  null: everything at once
 * @param {{tensor: number, element: number}} place
 */
export function isInPart(part, { tensor, element }) {
  return part === null || (part.tensor === tensor && part.elements.has(element));
}
