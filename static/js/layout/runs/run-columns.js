/** Which elements of a run are drawn, and how: nodes up to 16 a column, tiles up to 32, beyond that one element's largest edges. */

import { toNumber } from "../../format.js";
import { hasEdgesOf } from "../../trace/more-edges.js";
import { NODE } from "../blocks.js";

/**
 * @typedef {import("../../loops/loop.js").Loop} Loop
 * @typedef {import("../../loops/units.js").Unit} Unit
 * @typedef {import("../../trace/trace-types.js").Scalar} Scalar
 * @typedef {{side: "input" | "output", element: number}} Focus
 *
 * @typedef {object} Columns
 * @property {"M" | "T" | "S" | "tiles"} scale
 * @property {number[]} inputs    elements with a place of their own
 * @property {number[]} outputs
 * @property {Focus | null} focus  the element whose edges alone are drawn; null where all are
 * @property {Rest | null} rest
 *
 * @typedef {object} Rest   The edges of the focus that share one bundle.
 * @property {"input" | "output"} side  where their other ends are
 * @property {number} count
 * @property {number | null} sum       of their products; null while a score is unknown
 */

const LARGEST = 12;
const MOST = { M: 4, T: 8, S: 16, tiles: 32 };
/** Heights, px, of an element and from one to the next; long columns of narrow nodes stand close. */
const ROW = {
  M: { height: 48, pitch: 62 },
  T: { height: 38, pitch: 46 },
  S: { height: NODE.S.height, pitch: 31 },
  close: { height: 25, pitch: 27 },
  tiles: { height: 9, pitch: 11 },
};
const LONG = 10;
export const TILE_WIDTH = 56;

/** @param {Columns} columns */
export function rowOf({ scale, inputs, outputs }) {
  return scale === "S" && Math.max(inputs.length, outputs.length) > LONG ? ROW.close : ROW[scale];
}

/**
 * @param {Loop} loop
 * @param {Unit} unit
 * @param {Focus | null} chosen         the selected element, if it is in this run
 * @param {Scalar[] | undefined} scores of the output, as the call ends
 * @returns {Columns}
 */
export function columnsOf(loop, unit, chosen, scores) {
  const most = Math.max(unit.inputs.length, unit.outputs.length);
  const { inputs, outputs } = unit;
  for (const scale of /** @type {const} */ (["M", "T", "S"]))
    if (most <= MOST[scale]) return { scale, inputs, outputs, focus: null, rest: null };
  const focus = chosen ?? { side: /** @type {const} */ ("input"), element: inputs[0] };
  if (most <= MOST.tiles) return { scale: "tiles", inputs, outputs, focus, rest: null };
  return largestOf(loop, unit, focus, scores);
}

/** @param {Loop} loop @param {Unit} unit @param {Focus} focus @param {Scalar[] | undefined} scores @returns {Columns} */
function largestOf({ uses }, unit, focus, scores) {
  const ends = endsOf(uses, focus, scores);
  const few = (focus.side === "input" ? unit.outputs : unit.inputs).length <= LARGEST;
  const kept = few ? ends : ends.slice(0, LARGEST);
  const others = ends.slice(kept.length);
  const shown = few
    ? focus.side === "input"
      ? unit.outputs
      : unit.inputs
    : kept.map(({ element }) => element).sort((a, b) => a - b);
  const side = focus.side === "input" ? /** @type {const} */ ("output") : /** @type {const} */ ("input");
  const whole = uses.every((use) => hasEdgesOf(use, focus.side, focus.element));
  const count = whole ? others.length : unit[`${side}s`].length - shown.length;
  const known = whole && others.every(({ product }) => product !== null);
  const sum = known ? others.reduce((total, { product }) => total + (product ?? 0), 0) : null;
  return {
    scale: "S",
    inputs: side === "input" ? shown : [focus.element],
    outputs: side === "output" ? shown : [focus.element],
    focus,
    rest: count > 0 ? { side, count, sum } : null,
  };
}

/**
 * The other ends of an element's edges, the largest products first.
 * @param {import("../../trace/trace-types.js").Relation[]} uses
 * @param {Focus} focus
 * @param {Scalar[] | undefined} scores
 */
function endsOf(uses, focus, scores) {
  /** @type {Map<number, {element: number, weight: number, product: number | null}>} */
  const ends = new Map();
  for (const { edges } of uses)
    edges?.[focus.side].forEach((own, i) => {
      if (own !== focus.element) return;
      const element = (focus.side === "input" ? edges.output : edges.input)[i];
      const upstream = toNumber(scores?.[edges.output[i]]);
      const weight = (ends.get(element)?.weight ?? 0) + Number(edges.weight[i]);
      ends.set(element, { element, weight, product: upstream === null ? null : weight * upstream });
    });
  /** @param {{weight: number, product: number | null}} end */
  const size = ({ weight, product }) => Math.abs(product ?? weight);
  return [...ends.values()].sort((a, b) => size(b) - size(a) || a.element - b.element);
}
