/** One question to the server, asked again where it was busy or away. Nothing throws. */

import { waitBefore } from "./patience.js";

/**
 * @typedef {import("../store.js").Message} Message
 * @typedef {import("./patience.js").Obstacle} Obstacle
 * @typedef {{data: null, failure: null}} Left  the asker has left, so there is neither an answer nor anything to say
 * @typedef {(obstacle: Obstacle, seconds: number) => void} Waiting  is told every second how long it still takes
 */

/**
 * @template T
 * @typedef {{data: T, failure: null} | {data: null, failure: Message} | Left} Answer
 */

/** The server kills a program after seconds; a queue may stand before it. ms */
const PATIENCE = 30_000;
/** How soon a page that waits notices that its reader has left. ms */
const SLICE = 100;
const KNOWN = new Set([413, 422, 429]);
/** What a proxy says while the service behind it starts again. */
const AWAY = new Set([502, 503, 504]);

/**
 * @param {string} path
 * @param {RequestInit} options  its signal takes the question back
 * @param {{waiting?: Waiting, keep?: (text: string) => void}} [heard]  keep: a good answer as it came
 * @returns {Promise<Answer<any>>}
 */
export async function ask(path, options, { waiting, keep } = {}) {
  const signal = options.signal ?? undefined;
  for (let tried = 1; ; tried += 1) {
    const { text, failure, obstacle, after } = await once(path, options);
    if (signal?.aborted) return { data: null, failure: null };
    if (text !== undefined) return parsed(text, keep);
    const pause = obstacle ? waitBefore(obstacle, tried, after ?? null, Math.random()) : null;
    if (!obstacle || pause === null) return { data: null, failure: failure ?? { key: "error.network" } };
    await rest(pause, (seconds) => waiting?.(obstacle, seconds), signal);
    if (signal?.aborted) return { data: null, failure: null };
  }
}

/**
 * @typedef {object} Told
 * @property {string} [text]        a good answer
 * @property {Message} [failure]    why there is none
 * @property {Obstacle} [obstacle]  where asking again may help
 * @property {string | null} [after]
 *
 * @param {string} path
 * @param {RequestInit} options
 * @returns {Promise<Told>}
 */
async function once(path, options) {
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = AbortSignal.any(options.signal ? [patience, options.signal] : [patience]);
  try {
    const response = await fetch(path, { ...options, signal });
    if (response.ok) return { text: await response.text() };
    const after = response.headers.get("Retry-After");
    return { failure: failureOf(response.status), obstacle: obstacleOf(response.status), after };
  } catch {
    if (patience.aborted) return { failure: { key: "error.slow" } };
    return { failure: { key: "error.network" }, obstacle: "gone" };
  }
}

/** @param {string} text @param {((text: string) => void) | undefined} keep @returns {Answer<any>} */
function parsed(text, keep) {
  try {
    const data = JSON.parse(text);
    keep?.(text);
    return { data, failure: null };
  } catch {
    return { data: null, failure: { key: "error.network" } };
  }
}

/** @param {number} status @returns {Obstacle | undefined} */
function obstacleOf(status) {
  if (status === 429) return "busy";
  return AWAY.has(status) ? "gone" : undefined;
}

/** @param {number} status @returns {Message} */
function failureOf(status) {
  if (KNOWN.has(status)) return { key: `error.${status}` };
  if (AWAY.has(status)) return { key: "error.away" };
  if (status >= 500) return { key: "error.500" };
  return { key: "error.other", values: { status } };
}

/**
 * @param {number} time  ms
 * @param {(seconds: number) => void} tell  at the start, then each time that a second has gone
 * @param {AbortSignal} [signal]  ends the rest within a slice
 */
async function rest(time, tell, signal) {
  let told = 0;
  for (let left = time; left > 0 && !signal?.aborted; left -= SLICE) {
    const seconds = Math.ceil(left / 1000);
    if (seconds !== told) tell(seconds);
    told = seconds;
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, SLICE)));
  }
}
