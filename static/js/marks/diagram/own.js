/** A pen at an operation whose backward the learner wrote; an amber sign where it is not the derivative. */

import { svgElement } from "../../element.js";
import { PEN } from "../../icons.js";

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {"own" | "differs"} own
 * @param {{x: number, y: number}} at  centre
 * @returns {SVGElement}
 */
export function ownSign(t, own, { x, y }) {
  const title = svgElement("title", {});
  title.textContent = t(own === "differs" ? "page.own.signDiffers" : "page.own.sign");
  const stroke =
    own === "differs"
      ? svgElement("path", { class: "own-stroke", d: "M-4.5 -2h9M-4.5 2h9M2.5 -5l-5 10" })
      : svgElement("path", { class: "own-stroke", d: PEN, transform: "translate(-8 -8)" });
  return svgElement(
    "g",
    { class: `own own-${own}`, transform: `translate(${x} ${y})` },
    title,
    svgElement("circle", { class: "own-body", r: 10 }),
    stroke,
  );
}
