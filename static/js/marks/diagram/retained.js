/** The drawer under an intermediate with retain_grad(): what its `.grad` holds, element by element. */

import { svgElement } from "../../element.js";
import { ROW } from "../../layout/retained.js";
import { elementLink } from "../../picture/links.js";
import { svgText, symbolText } from "./svg-text.js";

const INSET = 9;
const FIRST = 40;

/**
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/retained.js").RetainedMark} drawer
 * @returns {SVGElement}
 */
export function retainedMark(_context, { tensor, x, y, width, height, name, symbol, rows, pending }) {
  const group = svgElement("g", {
    class: `drawer retained${pending ? " retained-pending" : ""}`,
    transform: `translate(${x} ${y})`,
  });
  group.append(
    svgElement("rect", { class: "drawer-body", width, height, rx: 7 }),
    svgText(name, { class: "retained-name", x: INSET, y: 17 }),
  );
  rows.forEach(({ element, index, text, sign }, i) => {
    const base = FIRST + i * ROW - 2;
    const row = svgElement("g", { class: "retained-row", "data-link": elementLink(tensor, element) });
    if (symbol) row.append(symbolText(symbol, index, { x: INSET, y: base, size: 14 }));
    row.append(svgText(text, { class: `drawer-total sign-${sign}`, x: width - INSET, y: base }));
    group.append(row);
  });
  return group;
}
