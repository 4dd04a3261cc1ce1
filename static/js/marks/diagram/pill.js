/** A score on its way to the blue node: a pill with its number, or an arrowhead; both point left, the way scores go. */

import { svgElement } from "../../element.js";
import { signOf } from "../../format.js";
import { edgeLink } from "../../picture/links.js";
import { svgText } from "./svg-text.js";

const NOSE = 7;

/**
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/pills.js").Pill} pill
 * @returns {SVGElement}
 */
export function pillMark(_context, pill) {
  return pillShape(pill, linkOf(pill.edge));
}

/**
 * @param {Omit<import("../../layout/pills.js").Pill, "edge">} pill
 * @param {Record<string, string>} [attributes]
 * @returns {SVGElement}
 */
export function pillShape({ value, text, x, y, width, height }, attributes = {}) {
  const [left, top, half] = [x - width / 2, y - height / 2, height / 2];
  const d = `M${left - NOSE} ${y}L${left + 3} ${top}H${left + width - 6}a6 6 0 0 1 6 6v${height - 12}a6 6 0 0 1 -6 6H${left + 3}Z`;
  return svgElement(
    "g",
    { class: `pill sign-${signOf(value)}`, ...attributes },
    svgElement("path", { d }),
    svgText(text, { x: x + 1, y: y + half * 0.41, "text-anchor": "middle" }),
  );
}

/**
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/pills.js").Arrow} arrow
 * @returns {SVGElement}
 */
export function arrowMark(_context, { edge, value, x, y }) {
  const d = `M${x - 6} ${y}l9 -5v10z`;
  return svgElement("path", { class: `edge-arrow sign-${signOf(value)}`, d, ...linkOf(edge) });
}

/** @param {import("../../layout/edges.js").Edge} edge */
function linkOf(edge) {
  return { "data-edge": edge.key, "data-link": edgeLink(edge.op, edge.relation, edge.index) };
}
