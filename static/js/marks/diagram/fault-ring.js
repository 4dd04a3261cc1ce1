/** A red ring with the sign of an error, around a tensor that an error is about. */

import { svgElement } from "../../element.js";
import { octagon } from "../../icons.js";

/**
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/fault-rings.js").FaultRing} ring
 * @returns {SVGElement}
 */
export function faultRing(_context, { x, y, width, height }) {
  const sign = octagon(20);
  sign.setAttribute("x", String(x + width - 10));
  sign.setAttribute("y", String(y - 10));
  return svgElement("g", { class: "fault-ring" }, svgElement("rect", { x, y, width, height, rx: 16 }), sign);
}
