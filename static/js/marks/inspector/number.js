/** A number in running text, looking as it does in the diagram: scores with their cap, weights as pills. */

import { element } from "../../element.js";
import { formatNumber, signOf } from "../../format.js";

/** @typedef {import("../../trace/trace-types.js").Scalar} Scalar */

/**
 * @param {Scalar | undefined} value  undefined or null: not arrived
 * @param {"out" | "in"} cap          green square or blue round
 * @param {string} [name]
 */
export function scoreNumber(value, cap, name = "") {
  return element(
    "span",
    { class: `number score-number cap-${cap} sign-${signOf(value)} ${name}`.trim() },
    formatNumber(value),
  );
}

/** @param {Scalar} value */
export function weightNumber(value) {
  return element("span", { class: `number weight-number sign-${signOf(value)}` }, formatNumber(value));
}

/** @param {Scalar | undefined} value */
export function plainNumber(value) {
  return element("span", { class: `number sign-${signOf(value)}` }, formatNumber(value));
}
