/** Products on their way to the selected element: one pill per edge, near the blue end, one below the other. */

import { formatNumber } from "../format.js";
import { crossing, pointAt } from "./curves.js";
import { settle } from "./place.js";

/**
 * @typedef {import("./edges.js").Edge} Edge
 *
 * @typedef {object} Pill
 * @property {number} value
 * @property {string} text
 * @property {number} x       centre
 * @property {number} y       centre
 * @property {number} width
 * @property {number} height
 */

const MOST = 4;
const AT = 0.22;
const SIZE = { height: 22, letter: 7.6, pad: 16, gap: 1 };

/**
 * @param {Edge[]} edges  of the selected element, of the current operation
 * @param {(edge: Edge) => number | null} productOf
 * @returns {Pill[]} none when there are too many to be read
 */
export function pillsOf(edges, productOf) {
  if (edges.length > MOST) return [];
  const pills = edges.flatMap((edge) => {
    const value = productOf(edge);
    if (value === null) return [];
    const curve = edge.pieces[edge.pieces.length - 1];
    const text = formatNumber(value);
    const [x, y] = pointAt(curve, crossing(curve, edge.span[0] + AT * (edge.span[1] - edge.span[0])));
    return [{ value, text, x, y, width: text.length * SIZE.letter + SIZE.pad, height: SIZE.height }];
  });
  pills.sort((a, b) => a.y - b.y);
  const items = pills.map((_, i) => ({
    key: String(i),
    height: SIZE.height,
    anchor: 0,
    weight: 1,
    gap: i ? SIZE.gap : 0,
  }));
  const tops = settle(
    items,
    pills.map(({ y }) => y - SIZE.height / 2),
  );
  return pills.map((pill, i) => ({ ...pill, y: tops[i] + SIZE.height / 2 }));
}
