/** Where a run opens: at the end of its last backward call, on the first element that the call added to. */

import { openingStep } from "./groups.js";
import { steps as stepsOf } from "./steps.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("../store.js").State} State
 */

/**
 * @param {Trace} trace
 * @param {number | null} [wanted]  a step to open at instead
 * @returns {Pick<State, "steps" | "step" | "selection">}
 */
export function openingOf(trace, wanted = null) {
  const steps = stepsOf(trace);
  const step = Math.min(wanted ?? openingStep(steps), steps.length - 1);
  return { steps, step, selection: firstLeaf(trace, steps[step]?.call ?? null) };
}

/**
 * The first element of the first tensor that the call added to: its sum is what the reader came for.
 * @param {Trace} trace
 * @param {number | null} call
 */
function firstLeaf(trace, call) {
  const booked = call === null ? null : trace.backward[call].accumulated[0];
  return booked ? { tensor: booked.tensor, element: 0 } : null;
}

/**
 * Where a program about a mistake opens: at the end of the last call in its first cell, before the cell that mends it.
 * @param {Trace} trace
 * @param {State["steps"]} steps
 * @returns {number} −1 where the first cell has no call
 */
export function mistakeStep(trace, steps) {
  return steps.findLastIndex(({ call }) => call !== null && trace.backward[call].span?.cell === 0);
}
