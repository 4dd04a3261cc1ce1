/** What the page asks the server. Every answer is data, a sentence about why there is none, or neither: the asker left. */

import { ask } from "./asking/ask.js";
import { newPageId } from "./asking/page-id.js";
import { address } from "./server.js";

/**
 * @typedef {import("./store.js").Program} Program
 * @typedef {import("./trace/trace-types.js").Trace} Trace
 */

/**
 * @template T
 * @typedef {import("./asking/ask.js").Answer<T>} Answer
 */

const PAGE = newPageId();

/**
 * @param {string[]} cells
 * @param {AbortSignal} [signal]  ends the program on the server too
 * @param {import("./asking/ask.js").Waiting} [waiting]
 * @returns {Promise<Answer<Trace>>}
 */
export function requestTrace(cells, signal, waiting) {
  const keep = (/** @type {string} */ text) => {
    lastTrace = text;
  };
  return ask(address("api/trace"), posted({ cells }, signal), { waiting, keep });
}

/**
 * A run that the reader has not asked for: what a repair would give.
 * @param {string[]} cells
 * @param {AbortSignal} signal
 * @returns {Promise<Answer<Trace>>}
 */
export function requestPreview(cells, signal) {
  return ask(address("api/trace"), posted({ cells }, signal));
}

/** Every edge question is about the run that is shown; none outlives it. */
let shown = new AbortController();

/** The run that is shown goes, or its code was changed: what is still asked about it is not wanted any more. */
export function dropQuestions() {
  shown.abort();
  shown = new AbortController();
}

/** @param {Record<string, unknown>} question @returns {Promise<Answer<any>>} */
function askAbout(question) {
  return ask(address("api/edges"), posted(question, shown.signal));
}

/** @param {Record<string, unknown>} body @param {AbortSignal} [signal] @returns {RequestInit} */
function posted(body, signal) {
  const headers = { "Content-Type": "application/json", "X-Backpass-Page": PAGE };
  return { method: "POST", headers, body: JSON.stringify(body), signal };
}

let lastTrace = "";

/** The last trace exactly as the server sent it, for readers who want to have it. */
export function lastAnswer() {
  return lastTrace;
}

/**
 * @typedef {object} BetweenAnswer  The relation between two tensors, or why there is none.
 * @property {{input: number[], output: number[], weight: import("./trace/trace-types.js").Scalar[]}} [edges]
 * @property {string | null} kind
 * @property {{count: number, inputs: number, outputs: number}} units
 * @property {number} edge_count
 * @property {import("./trace/trace-types.js").TraceError} [error]
 *
 * @param {string[]} cells  as they ran
 * @param {number} from     tensor
 * @param {number} to       tensor
 * @returns {Promise<Answer<BetweenAnswer>>}
 */
export function requestBetween(cells, from, to) {
  return askAbout({ cells, from, to });
}

/**
 * The function and the derivative of a one-to-one operation, sampled around its elements.
 * @param {string[]} cells  as they ran
 * @param {{op: number, input: number, output: number, of_outputs: number[]}} relation
 * @returns {Promise<Answer<{curve?: import("./why/curve-plot.js").Curve | null}>>}
 */
export function requestCurve(cells, relation) {
  return askAbout({ cells, ...relation, curve: true });
}

/**
 * The edges of some elements of one relation.
 * @param {string[]} cells  as they ran
 * @param {{op: number, input: number, output: number, focus?: number, of_inputs?: number[], of_outputs?: number[]}} question
 * @returns {Promise<Answer<Partial<import("./trace/more-edges.js").EdgesAnswer> & {error?: import("./trace/trace-types.js").TraceError}>>}
 */
export function requestEdges(cells, question) {
  return askAbout({ cells, ...question });
}

/** @returns {Promise<Answer<Program[]>>} */
export function requestPrograms() {
  return ask(address("api/programs"), {});
}

/** @returns {Promise<Answer<import("./gallery.js").Entry[]>>} */
export function requestOperations() {
  return ask(address("api/ops"), {});
}
