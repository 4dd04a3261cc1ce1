/** Gradients that were tried in this visit, newest first, so that they can be compared and chosen again. */

/** @typedef {{key: string, values: number[]}} Tried */

const MOST = 5;
/** More numbers do not fit into one line. */
export const LONGEST = 4;

/**
 * @param {Tried[]} tried
 * @param {string} key      of a root: gradients of another root or program are not compared with it
 * @param {number[]} values
 * @returns {Tried[]} the same list when it is in it already
 */
export function withTried(tried, key, values) {
  if (values.length > LONGEST || tried.some((entry) => entry.key === key && same(entry.values, values)))
    return tried;
  const own = tried.filter((entry) => entry.key === key);
  return [...tried.filter((entry) => entry.key !== key), { key, values }, ...own.slice(0, MOST - 1)];
}

/** @param {number[]} a @param {number[]} b */
export function same(a, b) {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
