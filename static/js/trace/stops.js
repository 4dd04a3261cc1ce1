/** Where a backward call stopped, and why: the saved value that it needed is gone, or was written over. */

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./walk.js").Known} Known
 * @typedef {{key: "freed" | "changed" | "here", values: Record<string, string>}} Stop
 */

/** PyTorch names both versions in its message; the trace holds them nowhere else. */
const VERSIONS = /is at version (\d+); expected version (\d+)/;

/**
 * @param {Trace} trace
 * @param {Known} known
 * @returns {Stop | null} null unless the current step is the one where the call stopped
 */
export function stopOf(trace, known) {
  const error = known.step?.kind === "error" && known.call !== null ? trace.backward[known.call].error : null;
  if (!error) return null;
  const versions = VERSIONS.exec(error.message);
  if (versions) return { key: "changed", values: { now: versions[1], saved: versions[2] } };
  return { key: error.hint?.code === "second-backward" ? "freed" : "here", values: {} };
}

/**
 * Whether an operation's weights cannot be known at this step.
 * @param {Trace} trace
 * @param {Known} known
 * @param {number} op
 */
export function isWeightGone(trace, known, op) {
  const stopped =
    known.step?.kind === "error" && known.call !== null ? trace.backward[known.call].error : null;
  return known.lost.has(op) || (stopped !== null && stopped?.op === op);
}
