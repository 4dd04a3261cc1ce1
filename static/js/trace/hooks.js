/** What hooks did to scores in one backward call: a hook puts another gradient in the place of the one that arrived. */

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").Scalar} Scalar
 * @typedef {{tensor: number, before: Scalar[] | null, after: Scalar[] | null}} Change  all hooks of one tensor together
 */

/**
 * Changed scores by tensor. What goes into an operation's backward is its output's score.
 * @param {Trace} trace
 * @param {number | null} call  position in trace.backward
 * @returns {Map<number, Change>}
 */
export function hookedScores(trace, call) {
  /** @type {Map<number, Change>} */
  const found = new Map();
  for (const { tensor, before, after } of (call === null ? [] : trace.backward[call]?.hooks) ?? []) {
    if (tensor === null) continue;
    const earlier = found.get(tensor);
    found.set(tensor, { tensor, before: earlier?.before ?? before, after });
  }
  return found;
}

/**
 * Operations around whose backward a hook changed a gradient.
 * @param {Trace} trace
 * @param {number | null} call
 */
export function hookedOps(trace, call) {
  const hooks = (call === null ? [] : trace.backward[call]?.hooks) ?? [];
  return new Set(hooks.flatMap(({ op }) => (op === null ? [] : op)));
}

/**
 * What a hook did to one element's score.
 * @param {Trace} trace
 * @param {number | null} call
 * @param {number} tensor
 * @param {number} element
 * @returns {{before: number, after: number} | null} null where no hook changed it
 */
export function hookAt(trace, call, tensor, element) {
  const change = hookedScores(trace, call).get(tensor);
  if (!change?.before || !change.after) return null;
  return { before: Number(change.before[element]), after: Number(change.after[element]) };
}

/**
 * Whether a hook changed a score that this step completes, or stood around its operation.
 * @param {Trace} trace
 * @param {import("./steps.js").Step} step
 */
export function isHooked(trace, step) {
  if (step.kind !== "backward" && step.kind !== "seed") return false;
  const scores = hookedScores(trace, step.call);
  return (
    step.reached.some((id) => scores.has(id)) ||
    (step.op !== null && hookedOps(trace, step.call).has(step.op))
  );
}
