/** The sum that has just landed: a bar per product, a thin line at 0 and a strong one at the sum. */

import { svgElement } from "../../element.js";
import { signOf } from "../../format.js";
import { BAR } from "../../layout/sum-bar.js";
import { elementLink } from "../../picture/links.js";
import { svgText, symbolText } from "./svg-text.js";

/**
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/sum-bar.js").SumBar} bar
 * @returns {SVGElement}
 */
export function sumBarMark(_context, { tensor, element, rows, zero, end, top, bottom, title }) {
  const group = svgElement("g", {
    class: "sum-bar",
    "aria-hidden": "true",
    "data-link": elementLink(tensor, element),
  });
  if (title) {
    const middle = (top + bottom) / 2 + 5;
    group.append(symbolText(title.symbol, title.index, { x: title.x, y: middle, size: 15 }));
  }
  group.append(svgElement("path", { class: "sum-zero", d: `M${zero} ${top}V${bottom}` }));
  for (const { value, text, from, to, y } of rows) {
    const x = Math.min(from, to);
    const shape = { x, y, width: Math.max(1.5, Math.abs(to - from)), height: BAR, rx: 2 };
    const sign = signOf(value);
    const side = to < from ? " sum-row-back" : "";
    group.append(
      svgElement("rect", { class: `sum-row sign-${sign}${side}`, ...shape }),
      svgText(text, { class: `sum-text sign-${sign}`, x: Math.max(from, to) + 5, y: y + BAR - 1 }),
    );
  }
  group.append(svgElement("path", { class: "sum-end", d: `M${end} ${top - 2}V${bottom + 2}` }));
  return group;
}
