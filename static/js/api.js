/** What the page asks the server. Every answer is data or a sentence about why there is none; nothing throws. */

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./store.js").Program} Program
 * @typedef {import("./trace/trace-types.js").Trace} Trace
 */

/**
 * @template T
 * @typedef {{data: T, failure: null} | {data: null, failure: Message}} Answer
 */

/** The server kills a program after 3 s; a queue may stand before it. */
const PATIENCE = 30_000;
const KNOWN = new Set([413, 422, 429]);

/**
 * @param {string[]} cells
 * @param {AbortSignal} [signal]  ends the program on the server too
 * @returns {Promise<Answer<Trace>>}
 */
export function requestTrace(cells, signal) {
  return ask("/api/trace", program(cells, signal), (text) => {
    lastTrace = text;
  });
}

/**
 * A run that the reader has not asked for: what a repair would give.
 * @param {string[]} cells
 * @param {AbortSignal} signal
 * @returns {Promise<Answer<Trace>>}
 */
export function requestPreview(cells, signal) {
  return ask("/api/trace", program(cells, signal));
}

/** @param {string[]} cells @param {AbortSignal} [signal] @returns {RequestInit} */
function program(cells, signal) {
  const headers = { "Content-Type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify({ cells }), signal };
}

let lastTrace = "";

/** The last trace exactly as the server sent it, for readers who want to have it. */
export function lastAnswer() {
  return lastTrace;
}

/**
 * @typedef {object} BetweenAnswer  The relation between two tensors, or why there is none.
 * @property {{input: number[], output: number[], weight: import("./trace/trace-types.js").Scalar[]}} [edges]
 * @property {import("./trace/trace-types.js").TraceError} [error]
 *
 * @param {string[]} cells  as they ran
 * @param {number} from     tensor
 * @param {number} to       tensor
 * @returns {Promise<Answer<BetweenAnswer>>}
 */
export function requestBetween(cells, from, to) {
  return ask("/api/edges", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ cells, from, to }),
  });
}

/**
 * The function and the derivative of a one-to-one operation, sampled around its elements.
 * @param {string[]} cells  as they ran
 * @param {{op: number, input: number, output: number, of_outputs: number[]}} relation
 * @returns {Promise<Answer<{curve?: import("./why/curve-plot.js").Curve | null}>>}
 */
export function requestCurve(cells, relation) {
  return ask("/api/edges", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ cells, ...relation, curve: true }),
  });
}

/**
 * The edges of some elements of one relation.
 * @param {string[]} cells  as they ran
 * @param {{op: number, input: number, output: number, focus?: number, of_inputs?: number[], of_outputs?: number[]}} question
 * @returns {Promise<Answer<Partial<import("./trace/more-edges.js").EdgesAnswer> & {error?: import("./trace/trace-types.js").TraceError}>>}
 */
export function requestEdges(cells, question) {
  return ask("/api/edges", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ cells, ...question }),
  });
}

/** @returns {Promise<Answer<Program[]>>} */
export function requestPrograms() {
  return ask("/api/programs", {});
}

/** @returns {Promise<Answer<import("./gallery.js").Entry[]>>} */
export function requestOperations() {
  return ask("/api/ops", {});
}

/**
 * @param {string} path
 * @param {RequestInit} options
 * @param {(text: string) => void} [keep]  is given a good answer as it came
 * @returns {Promise<Answer<any>>}
 */
async function ask(path, options, keep) {
  try {
    const signals = [AbortSignal.timeout(PATIENCE), ...(options.signal ? [options.signal] : [])];
    const response = await fetch(path, { ...options, signal: AbortSignal.any(signals) });
    if (!response.ok) return { data: null, failure: failureOf(response.status) };
    const text = await response.text();
    const data = JSON.parse(text);
    keep?.(text);
    return { data, failure: null };
  } catch (error) {
    const slow = error instanceof DOMException && error.name === "TimeoutError";
    return { data: null, failure: { key: slow ? "error.slow" : "error.network" } };
  }
}

/**
 * @param {number} status
 * @returns {Message}
 */
function failureOf(status) {
  if (KNOWN.has(status)) return { key: `error.${status}` };
  if (status >= 500) return { key: "error.500" };
  return { key: "error.other", values: { status } };
}
