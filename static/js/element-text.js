/** An element in running text: x₁₂. */

import { subscript } from "./format.js";
import { byId, need } from "./trace/trace-types.js";

const DIGITS = [..."₀₁₂₃₄₅₆₇₈₉"];

/**
 * @param {import("./layout/scene.js").Picture} picture
 * @param {{tensor: number, element: number}} place
 */
export function elementText({ trace, symbols }, { tensor, element }) {
  const symbol = symbols.get(tensor);
  const { shape } = need(byId(trace.tensors), tensor);
  const index = shape.length ? subscript(element, shape) : "";
  return `${symbol?.text ?? ""}${symbol?.primes ?? ""}${index.replace(/\d/g, (digit) => DIGITS[Number(digit)])}`;
}
