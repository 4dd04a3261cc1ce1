/** The yellow field behind the current operation. */

import { svgElement } from "../../element.js";

/**
 * @param {import("../context.js").Context} _context
 * @param {{x: number, y: number, width: number, height: number}} field
 */
export function tintMark(_context, field) {
  return svgElement("rect", { class: "tint", ...field, rx: 14 });
}
