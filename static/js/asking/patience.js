/** How long a page that was turned away waits before it asks again, and how often it does. */

/** @typedef {"busy" | "gone"} Obstacle  too many are waiting; or nobody answers: a restart, a lost network */

/** Questions in all. A restart takes seconds, a class that starts at the same moment perhaps half a minute. */
const TRIES = { busy: 6, gone: 4 };
/** ms */
const FIRST = 1000;
const LONGEST = 20_000;
const GROWTH = 1.5;

/**
 * @param {Obstacle} obstacle
 * @param {number} tried          questions asked so far
 * @param {string | null} asked   the answer's Retry-After, in seconds
 * @param {number} chance         0 to 1: a class that was turned away together must not come back together
 * @returns {number | null} ms, never less than the server asked for; null when it is time to tell the reader
 */
export function waitBefore(obstacle, tried, asked, chance) {
  if (tried >= TRIES[obstacle]) return null;
  const wished = /^\d{1,4}$/.test(asked ?? "") ? Number(asked) * 1000 : FIRST;
  const base = Math.max(wished, FIRST) * GROWTH ** (tried - 1);
  return Math.max(wished, Math.min(base, LONGEST)) * (1 + chance / 2);
}
