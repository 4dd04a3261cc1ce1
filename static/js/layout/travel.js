/** The way of a score along its edge: points from the green end to the blue end, for what stands or moves on it. */

import { crossing, pointAt } from "./curves.js";

/**
 * @typedef {import("./edges.js").Edge} Edge
 * @typedef {import("./curves.js").Point} Point
 */

const SAMPLES = 12;

/**
 * Where an edge is at this x; the nearer end outside of it.
 * @param {Edge} edge
 * @param {number} x
 * @returns {Point}
 */
export function pointOnEdge({ pieces }, x) {
  const piece = pieces.find((curve) => x <= curve[3][0]) ?? pieces[pieces.length - 1];
  const first = piece[0];
  // Between two curved pieces the edge crosses a column in a straight line.
  if (x < first[0] && piece !== pieces[0]) return [x, first[1]];
  return pointAt(piece, crossing(piece, x));
}

/** @param {Edge} edge @returns {Point} where it meets the input element */
export function blueEnd({ pieces }) {
  return pieces[0][0];
}

/** @param {Edge} edge @returns {Point} where it meets the output element */
export function greenEnd({ pieces }) {
  return pieces[pieces.length - 1][3];
}

/**
 * Points from one place on the edge to another. Places that stand beside the line, because they make room for each
 * other, come off it and return to it little by little.
 * @param {Edge} edge
 * @param {Point} from
 * @param {Point} to
 * @returns {Point[]} at equal shares of the way
 */
export function travel(edge, from, to) {
  const off = [from[1] - pointOnEdge(edge, from[0])[1], to[1] - pointOnEdge(edge, to[0])[1]];
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const share = i / SAMPLES;
    const x = from[0] + (to[0] - from[0]) * share;
    return [x, pointOnEdge(edge, x)[1] + off[0] + (off[1] - off[0]) * share];
  });
}
