/** What the page asks the server. Every answer is data or a sentence about why there is none; nothing throws. */

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./store.js").Program} Program
 * @typedef {import("./trace-types.js").Trace} Trace
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
 * @returns {Promise<Answer<Trace>>}
 */
export function requestTrace(cells) {
  return ask("/api/trace", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ cells }),
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
 * @returns {Promise<Answer<any>>}
 */
async function ask(path, options) {
  try {
    const response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return { data: null, failure: failureOf(response.status) };
    return { data: await response.json(), failure: null };
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
