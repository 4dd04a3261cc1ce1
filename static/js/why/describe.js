/** An element in words, for readers who listen: "x row 1 column 2, value 2, score 4.5, 3 edges". */

import { formatNumber, unravel } from "../format.js";

/**
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 */

/**
 * @param {Translate} t
 * @param {TraceTensor} tensor
 * @param {number} element
 * @param {{value: string | null, score: Scalar | undefined, waiting?: {got: number, of: number} | null, edges: number, grey: boolean}} facts
 */
export function describeElement(t, tensor, element, { value, score, waiting = null, edges, grey }) {
  const parts = [placeText(t, tensor, element)];
  if (value !== null) parts.push(t("page.diagram.aria.value", { value }));
  if (grey) parts.push(t("page.diagram.note.noGrad"));
  else if (score === undefined)
    parts.push(waiting ? t("page.diagram.aria.waitingFor", waiting) : t("page.diagram.aria.waiting"));
  else parts.push(t("page.diagram.aria.score", { score: formatNumber(score) }));
  if (edges) parts.push(t("page.diagram.aria.edges", { count: edges }));
  return parts.join(t("page.diagram.aria.comma"));
}

/**
 * @param {Translate} t
 * @param {TraceTensor} tensor
 * @param {number} element
 */
function placeText(t, tensor, element) {
  const name = tensor.name ?? tensor.label;
  const index = unravel(element, tensor.shape).map((i) => i + 1);
  if (index.length === 0) return name;
  if (index.length === 1) return t("page.diagram.aria.nth", { name, index: index[0] });
  if (index.length === 2) return t("page.diagram.aria.cell", { name, row: index[0], column: index[1] });
  return t("page.diagram.aria.place", { name, index: index.join(", ") });
}

/**
 * Where an element stands in its tensor laid out flat, as the rows and columns of the full Jacobian count.
 * @param {Translate} t
 * @param {number[]} shape
 * @param {number} element
 * @returns {string} empty where the index itself says it
 */
export function flatPlace(t, shape, element) {
  return shape.length < 2 ? "" : t("page.diagram.flat", { index: element + 1 });
}
