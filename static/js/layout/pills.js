/** Scores on their way to the blue nodes: one pill per edge where they can be read, a small arrowhead on the others. */

import { formatNumber } from "../format.js";
import { settle } from "./place.js";
import { pointOnEdge } from "./travel.js";

/**
 * @typedef {import("./edges.js").Edge} Edge
 * @typedef {import("../trace/moves.js").Beat} Beat
 * @typedef {{score: number, product: number}} Amount  what leaves the green node, and what is left of it past the weight
 *
 * @typedef {object} Pill
 * @property {Edge} edge
 * @property {number} value   the score before the gate, the product behind it
 * @property {string} text
 * @property {number} x       centre
 * @property {number} y       centre
 * @property {number} width
 * @property {number} height
 *
 * @typedef {{edge: Edge, value: number, x: number, y: number}} Arrow  x, y: its point
 */

/** More numbers than this on the edges of one operation cannot be told apart. */
const MOST = 8;
const SIZE = { height: 22, letter: 7.6, pad: 16, gap: 1, nose: 7 };
/** How far from the nodes pills stand, px, and where arrowheads are on their way, as shares from the blue end. */
const AIR = { green: 3, blue: 9 };
const WAY = { out: 0.82, in: 0.2 };
const HALF = 0.22;

/**
 * Pills of one beat: near the green end when copies have left, near the blue end past the weights.
 * @param {Edge[]} edges  of the current operation that are looked at
 * @param {Beat} beat
 * @param {(edge: Edge) => Amount | null} amountOf
 * @returns {Pill[]} none at beat 0, and none when there are too many to be read
 */
export function pillsAt(edges, beat, amountOf) {
  if (beat === 0 || edges.length > MOST) return [];
  const pills = edges.flatMap((edge) => {
    const amount = amountOf(edge);
    return amount ? [pillOf(edge, beat === 1 ? amount.score : amount.product, beat === 1)] : [];
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

/**
 * @param {Edge} edge
 * @param {number} value
 * @param {boolean} leaving
 * @returns {Pill}
 */
function pillOf(edge, value, leaving) {
  const { text, width } = pillSize(value);
  const [from, to] = edge.span;
  const near = Math.max(from + HALF * (to - from), from + AIR.blue + SIZE.nose + width / 2);
  const x = leaving ? to - AIR.green - width / 2 : Math.min(near, to - width / 2);
  return { edge, value, text, x, y: pointOnEdge(edge, x)[1], width, height: SIZE.height };
}

/**
 * What is written on a pill, and how large it is.
 * @param {number} value
 */
export function pillSize(value) {
  const text = formatNumber(value);
  return { text, width: text.length * SIZE.letter + SIZE.pad, height: SIZE.height };
}

/**
 * Where an arrowhead is at this beat.
 * @param {Beat} beat
 * @returns {number | null} share of the way from the blue end; null before scores leave
 */
export function wayAt(beat) {
  if (beat === 0) return null;
  return beat === 1 ? WAY.out : WAY.in;
}

/**
 * Arrowheads for the edges that carry no pill.
 * @param {Edge[]} edges
 * @param {Beat} beat
 * @param {(edge: Edge) => Amount | null} amountOf
 * @returns {Arrow[]}
 */
export function arrowsAt(edges, beat, amountOf) {
  if (beat === 0) return [];
  return edges.flatMap((edge) => {
    const amount = amountOf(edge);
    if (!amount) return [];
    const [from, to] = edge.span;
    const [x, y] = pointOnEdge(edge, from + (wayAt(beat) ?? 0) * (to - from));
    return [{ edge, value: beat === 1 ? amount.score : amount.product, x, y }];
  });
}
