/** The sign of a hook at a tensor, with what it did in its tooltip. */

import { svgElement } from "../../element.js";
import { HOOK } from "../../icons.js";

const RADIUS = 10;

/**
 * @param {import("../context.js").Context} context
 * @param {import("../../layout/hooks.js").HookMark} hook
 * @returns {SVGElement}
 */
export function hookMark({ t }, { x, y, before, after }) {
  const told = t("page.hooks.changed", { before, after });
  const title = svgElement("title", {});
  title.textContent = told;
  return svgElement(
    "g",
    { class: "hook", transform: `translate(${x} ${y})`, role: "img", "aria-label": told },
    title,
    svgElement("circle", { class: "hook-body", r: RADIUS }),
    svgElement("path", { class: "hook-stroke", d: HOOK, transform: "translate(-8 -8)" }),
  );
}
