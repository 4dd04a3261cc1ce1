/** What went wrong in a run, and which of it the reader looks at: errors of cells, and errors that a program caught. */

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceError} TraceError
 * @typedef {import("../code/cells.js").CellError} CellError
 * @typedef {import("../code/cells.js").CellAnswer} CellAnswer
 *
 * @typedef {object} Fault
 * @property {number} cell         position in the run
 * @property {number | null} call  the backward call that failed, where one did
 * @property {CellError} error
 */

/**
 * @param {Trace} trace
 * @returns {Fault[]} in the order of the cells; an error that the program caught comes after those that ended a cell
 */
export function faultsOf(trace) {
  const answers = /** @type {CellAnswer[]} */ (trace.cells);
  const stops = trace.backward.flatMap((call, position) =>
    call.error ? [{ cell: call.span?.cell ?? 0, call: position, error: call.error }] : [],
  );
  const ends = answers.flatMap(({ error }, cell) => {
    if (!error) return [];
    const stop = stops.findLast((each) => each.cell === cell && each.error.message === error.message);
    return [{ cell, call: stop?.call ?? null, error }];
  });
  const caught = stops.filter(({ call }) => !ends.some((end) => end.call === call));
  return [...ends, ...caught];
}

/**
 * The error to explain at a moment: that of the backward call being shown, else the first that no call made.
 * @param {Trace | null} trace
 * @param {import("../trace/steps.js").Step | null} step
 * @param {"auto" | number | null} choice  a cell that the reader asked about; null: nothing is explained
 * @returns {Fault | null}
 */
export function faultAt(trace, step, choice) {
  if (!trace || choice === null) return null;
  const faults = faultsOf(trace).filter(({ error }) => error.hint);
  if (choice !== "auto") return faults.find(({ cell }) => cell === choice) ?? null;
  const here = faults.find(({ call }) => call !== null && call === (step?.call ?? null));
  return here ?? faults.find(({ call }) => call === null) ?? null;
}

/** @param {Fault} fault @returns {string} the code of its explanation, "unknown" where there is none */
export function codeOf({ error }) {
  return error.hint?.code ?? "unknown";
}
