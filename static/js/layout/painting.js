/** Edges that are painted, not marks of the page: how each is stroked, and which one lies under the pointer. */

import { signOf } from "../format.js";
import { crossing, pointAt } from "./curves.js";

/**
 * @typedef {import("./edges.js").Edge} Edge
 * @typedef {import("./curves.js").Cubic} Cubic
 * @typedef {object} PaintMark
 * @property {Edge} edge
 * @property {"rest" | "chosen" | "pushed"} emphasis
 * @property {number} density   0, 1 or 2
 * @property {boolean} lost
 * @property {boolean} blocked
 *
 * @typedef {object} Stroke  Curves that one colour, width and dash draw.
 * @property {"pos" | "neg" | "zero" | "grey" | "err"} look
 * @property {number} width   px
 * @property {number} alpha
 * @property {Cubic[]} curves
 */

const ALPHA = [0.62, 0.35, 0.18];
const PUSHED = [0.2, 0.16, 0.12];

/**
 * The same look is stroked in one go: that is what makes thousands of curves quick.
 * @param {PaintMark[]} marks
 * @returns {Stroke[]} faint ones first
 */
export function strokesOf(marks) {
  /** @type {Map<string, Stroke>} */
  const strokes = new Map();
  for (const mark of marks) {
    const { look, width, alpha } = styleOf(mark);
    const key = `${look} ${width} ${alpha}`;
    const stroke = strokes.get(key) ?? { look, width, alpha, curves: [] };
    strokes.set(key, stroke);
    stroke.curves.push(...mark.edge.pieces);
  }
  return [...strokes.values()].sort((a, b) => a.alpha * a.width - b.alpha * b.width);
}

/** @param {PaintMark} mark @returns {Omit<Stroke, "curves">} */
function styleOf({ edge, emphasis, density, lost, blocked }) {
  const sign = signOf(edge.weight);
  const alpha = emphasis === "pushed" ? PUSHED[density] : ALPHA[density];
  if (blocked) return { look: "err", width: 1.6, alpha };
  if (!edge.carries) return { look: "grey", width: 1.2, alpha };
  if (lost || sign === "none" || sign === "zero") return { look: "zero", width: 1.6, alpha };
  return { look: sign, width: Math.round(edge.width * 2) / 2, alpha };
}

/**
 * The edge nearest to a place, by arithmetic: curves between the same columns cross a vertical line at the same t.
 * @param {PaintMark[]} marks
 * @param {number} x
 * @param {number} y
 * @param {number} reach  px
 * @returns {Edge | null}
 */
export function nearestEdge(marks, x, y, reach) {
  /** @type {Map<string, number>} */
  const crossings = new Map();
  let found = null;
  let least = reach;
  for (const { edge } of marks) {
    if (!edge.carries) continue;
    for (const piece of edge.pieces) {
      const [from, , , to] = piece;
      if (x < from[0] || x > to[0]) continue;
      const key = `${from[0]} ${to[0]}`;
      const t = crossings.get(key) ?? crossing(piece, x);
      crossings.set(key, t);
      const away = Math.abs(pointAt(piece, t)[1] - y);
      if (away < least) [least, found] = [away, edge];
    }
  }
  return found;
}
