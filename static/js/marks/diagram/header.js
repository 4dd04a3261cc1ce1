/** The head of a tensor's column: its name in code, its shape, and what it is. */

import { svgElement } from "../../element.js";
import { tensorLink } from "../../picture/links.js";
import { svgText } from "./svg-text.js";

/**
 * @param {import("../context.js").Context} context
 * @param {import("../../layout/tensors.js").HeaderMark} header
 * @returns {SVGElement}
 */
export function headerMark({ t }, header) {
  const title = svgElement("text", { x: header.x, y: header.y, "text-anchor": "middle" });
  const name = svgElement("tspan", { class: "header-name" });
  name.textContent = header.name;
  title.append(name);
  if (header.shape !== null) {
    const shape = svgElement("tspan", { class: "header-shape", dx: 8 });
    shape.textContent = header.shape || t("page.diagram.scalar");
    title.append(shape);
  }
  const note = t(`page.diagram.note.${header.note.key}`, header.note.values);
  const second = svgText(note, {
    class: "header-note",
    x: header.x,
    y: header.y + 20,
    "text-anchor": "middle",
  });
  const group = svgElement("g", { class: "header" }, title, second);
  if (header.full !== undefined && header.full !== header.name) {
    const whole = svgElement("title", {});
    whole.textContent = header.full;
    group.append(whole);
  }
  if (header.tensor !== undefined) group.setAttribute("data-link", tensorLink(header.tensor));
  return group;
}
