/** A run as a thumbnail: what it takes, its edges, what it makes. */

import { svgElement } from "../../element.js";
import { formatNumber, signOf } from "../../format.js";
import { cubic, pathData } from "../../layout/curves.js";
import { svgText } from "../diagram/svg-text.js";

/**
 * @typedef {import("../../trace/trace-types.js").Scalar} Scalar
 * @typedef {object} Thumb
 * @property {string} slice      such as 0, :, 2
 * @property {string} number     such as 3/8
 * @property {(Scalar | undefined)[]} inputs   values
 * @property {(Scalar | undefined)[]} outputs
 * @property {(Scalar | undefined)[]} scores   of the outputs
 * @property {{from: number, to: number, weight: number}[]} edges  by positions in inputs and outputs
 */

const SIZE = { width: 126, height: 92 };
const FIELD = { top: 25, height: 62, left: 10, right: 116 };
const READABLE = 3;
const MOST = 10;

/** @param {Thumb} thumb @returns {SVGElement} */
export function thumbMark(thumb) {
  const svg = svgElement("svg", {
    ...SIZE,
    viewBox: `0 0 ${SIZE.width} ${SIZE.height}`,
    "aria-hidden": "true",
  });
  svg.append(svgText(thumb.slice, { class: "thumb-slice", x: 9, y: 17 }));
  svg.append(svgText(thumb.number, { class: "thumb-count", x: 117, y: 17, "text-anchor": "end" }));
  const few = Math.max(thumb.inputs.length, thumb.outputs.length) <= READABLE;
  const width = few ? 36 : 22;
  const left = slots(thumb.inputs.length, FIELD.left, few);
  const right = slots(thumb.outputs.length, FIELD.right - width, few);
  for (const edge of thumb.edges) {
    const [a, b] = [left[edge.from], right[edge.to]];
    if (!a || !b) continue;
    const line = cubic([a.x + width, a.y + a.height / 2], [b.x, b.y + b.height / 2]);
    svg.append(svgElement("path", { class: `thumb-edge sign-${signOf(edge.weight)}`, d: pathData([line]) }));
  }
  svg.append(...ends(thumb.inputs, left, width, few, "in"), ...ends(thumb.outputs, right, width, few, "out"));
  if (few && thumb.outputs.length === 1) svg.append(score(thumb.scores[0], FIELD.right, right[0].y + 32));
  return svg;
}

/** @param {number} count @param {number} x @param {boolean} few */
function slots(count, x, few) {
  const shown = Math.min(count, MOST);
  const pitch = few ? 20 : Math.min(10, FIELD.height / shown);
  const height = few ? 16 : Math.max(3, pitch - 2);
  const top = FIELD.top + (FIELD.height - shown * pitch) / 2;
  return Array.from({ length: shown }, (_, i) => ({ x, y: top + i * pitch, height }));
}

/**
 * @param {(Scalar | undefined)[]} values
 * @param {{x: number, y: number, height: number}[]} places
 * @param {number} width
 * @param {boolean} few
 * @param {"in" | "out"} role
 */
function ends(values, places, width, few, role) {
  return places.flatMap(({ x, y, height }, i) => {
    const round = role === "in" ? height / 2 : 2;
    const body = svgElement("rect", { class: `thumb-${role}`, x, y, width, height, rx: round });
    if (!few || values[i] === undefined) return [body];
    const text = formatNumber(values[i], 1);
    const place = { class: "thumb-number", x: x + width / 2, y: y + 12.5, "text-anchor": "middle" };
    return text.length > 5 ? [body] : [body, svgText(text, place)];
  });
}

/** @param {Scalar | undefined} value @param {number} x @param {number} y */
function score(value, x, y) {
  const look = {
    class: `thumb-score sign-${signOf(value)}`,
    x,
    y: Math.min(y, SIZE.height - 6),
    "text-anchor": "end",
  };
  return svgText(value === undefined ? "" : `◂ ${formatNumber(value, 2)}`, look);
}
