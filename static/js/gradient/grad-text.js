/** The `.grad` of named leaves as code would print them, in one line each. */

import { formatNumber } from "../format.js";

/** What fits into one line of a card. */
const LONGEST = 60;
const MOST = 4;

/**
 * @param {import("../trace/trace-types.js").Trace} trace
 * @returns {{name: string, text: string}[]}
 */
export function gradTexts({ tensors }) {
  return tensors
    .filter(({ name, grad, is_leaf }) => name !== null && grad !== null && is_leaf)
    .slice(0, MOST)
    .map(({ name, grad, shape }) => ({
      name: `${name}.grad`,
      text: shortened(
        nested(
          /** @type {unknown[]} */ (grad).map((value) => formatNumber(/** @type {any} */ (value))),
          shape,
        ),
      ),
    }));
}

/**
 * @param {string[]} texts
 * @param {number[]} shape
 * @returns {string} `[[1, 2], [3, 4]]`
 */
function nested(texts, shape) {
  if (!shape.length) return texts[0];
  let level = texts;
  for (const size of [...shape].reverse()) {
    /** @type {string[]} */
    const rows = [];
    for (let i = 0; i < level.length; i += size) rows.push(`[${level.slice(i, i + size).join(", ")}]`);
    level = rows;
  }
  return level[0] ?? "[]";
}

/** @param {string} text */
function shortened(text) {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
