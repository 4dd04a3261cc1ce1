/** A bundle of edges between folded tensors: as wide as it is rich, orange and violet by their shares. */

import { svgElement } from "../../element.js";
import { pathData, pointAt } from "../../layout/curves.js";
import { svgText } from "./svg-text.js";

/** @typedef {import("../../layout/curves.js").Cubic} Cubic */

/**
 * @param {import("../context.js").Context} context
 * @param {{ribbon: import("../../layout/edges.js").Ribbon, emphasis: string, lost: boolean, way?: number | null}} mark  way: how far
 *   from its blue end scores are that run through it
 * @returns {SVGElement}
 */
export function ribbonMark({ t }, { ribbon, emphasis, lost, way = null }) {
  const look = !ribbon.carries ? "ribbon-grey" : lost ? "ribbon-lost" : "";
  const group = svgElement("g", { class: `ribbon ribbon-${emphasis} ${look}`.trim() });
  const positive = ribbon.width * ribbon.positive;
  const negative = ribbon.width - positive;
  if (positive > 0.2) group.append(strand(ribbon.pieces, -negative / 2, positive, "ribbon-pos"));
  if (negative > 0.2) group.append(strand(ribbon.pieces, positive / 2, negative, "ribbon-neg"));
  if (ribbon.carries) group.append(caption(ribbon, t("page.diagram.bundle", { count: ribbon.count })));
  if (way !== null) {
    const [x, y] = pointAt(ribbon.pieces[ribbon.pieces.length - 1], way);
    const half = ribbon.width / 2 + 5;
    const d = `M${x - half - 2} ${y}l${half + 4} ${-half}v${2 * half}z`;
    group.append(svgElement("path", { class: "edge-arrow ribbon-arrow", d }));
  }
  return group;
}

/** @param {Cubic[]} pieces @param {number} shift @param {number} width @param {string} name */
function strand(pieces, shift, width, name) {
  const d = pathData(pieces);
  return svgElement("path", {
    class: name,
    d,
    transform: `translate(0 ${shift})`,
    "stroke-width": width.toFixed(2),
  });
}

/** @param {import("../../layout/edges.js").Ribbon} ribbon @param {string} text */
function caption(ribbon, text) {
  const [x, y] = pointAt(ribbon.pieces[ribbon.pieces.length - 1], 0.5);
  const width = [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e80 ? 12 : 7), 14);
  const frame = { x: x - width / 2, y: y - 10, width, height: 20, rx: 10 };
  return svgElement(
    "g",
    { class: "ribbon-caption" },
    svgElement("rect", frame),
    svgText(text, { x, y: y + 4, "text-anchor": "middle" }),
  );
}
