/** Where there is nothing to draw: the outlines of what will stand here. */

import { svgElement } from "../../element.js";
import { outline, SQUARE } from "./outline.js";
import { svgText } from "./svg-text.js";

const [WIDTH, HEIGHT] = [104, 48];

/**
 * @param {import("../context.js").Context} context
 * @param {string} reason  key of the sentence below
 * @returns {SVGElement}
 */
export function emptyMark({ t }, reason) {
  /** @param {number} x @param {number} y @param {boolean} input */
  const node = (x, y, input) =>
    svgElement("path", {
      d: outline(WIDTH, HEIGHT, input ? HEIGHT / 2 : SQUARE, input ? HEIGHT / 2 : SQUARE),
      transform: `translate(${x} ${y})`,
    });
  return svgElement(
    "g",
    { class: "empty-diagram" },
    node(60, 14, true),
    node(60, 78, true),
    node(256, 46, false),
    svgElement("path", { d: "M164 38C196 38 224 70 256 70" }),
    svgElement("path", { d: "M164 102C196 102 224 70 256 70" }),
    svgText(t(reason), { x: 210, y: 166, "text-anchor": "middle" }),
  );
}
