/** One edge: thickness by weight, orange and solid above 0, violet and dashed below, dots for weight 0 or a lost weight. */

import { svgElement } from "../../element.js";
import { signOf } from "../../format.js";
import { pathData } from "../../layout/curves.js";
import { edgeLink } from "../../picture/links.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {object} EdgeMark
 * @property {import("../../layout/edges.js").Edge} edge
 * @property {"rest" | "chosen" | "pushed"} emphasis
 * @property {number} density   0, 1 or 2
 * @property {boolean} lost
 * @property {boolean} looked   the one edge that is looked at
 * @property {boolean} blocked  the walk stopped here
 * @property {boolean} [differs]  a learner's own weight that is not the derivative
 */

/**
 * @param {Context} _context
 * @param {EdgeMark} mark
 * @returns {SVGElement}
 */
export function edgeMark(_context, { edge, emphasis, density, lost, looked, blocked, differs }) {
  const d = pathData(edge.pieces);
  const look = !edge.carries ? "grey" : lost ? "lost" : signOf(edge.weight);
  const group = svgElement("g", {
    class: `edge edge-${look} edge-${emphasis} edge-density-${density}${blocked ? " edge-blocked" : ""}${looked ? " edge-looked" : ""}${differs ? " edge-differs" : ""}`,
    "data-edge": edge.key,
    "data-link": edgeLink(edge.op, edge.relation, edge.index),
  });
  const width = look === "pos" || look === "neg" ? edge.width : 1.6;
  group.append(svgElement("path", { class: "edge-line", d, "stroke-width": width.toFixed(2) }));
  if (edge.carries) group.append(svgElement("path", { class: "edge-hit", d }));
  return group;
}
