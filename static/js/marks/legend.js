/** What the signs of the diagram mean, on one line. */

import { element, svgElement } from "../element.js";

/** Signs on a field of 34 × 16, by the name of their sentence. */
const SIGNS = {
  input: [
    ["rect", { class: "legend-in", x: 1, y: 1.5, width: 31, height: 13, rx: 6.5 }],
    ["path", { class: "legend-in-cap", d: "M26 1.5a6.5 6.5 0 0 1 0 13z" }],
  ],
  output: [
    ["rect", { class: "legend-out", x: 1, y: 1.5, width: 31, height: 13, rx: 2 }],
    ["path", { class: "legend-out-cap", d: "M1 1.5h5v13h-5z" }],
  ],
  halves: [
    ["rect", { class: "legend-half", x: 1, y: 1.5, width: 31, height: 13, rx: 2 }],
    ["path", { class: "legend-half", d: "M1 8h31" }],
    ["path", { class: "legend-score", d: "M9 9.2v4.4l-4-2.2z" }],
  ],
  positive: [["path", { class: "legend-pos", d: "M1 8h32" }]],
  negative: [["path", { class: "legend-neg", d: "M1 8h32" }]],
  zero: [["path", { class: "legend-zero", d: "M1 8h32" }]],
};

/**
 * @param {import("../i18n.js").Translate} t
 * @returns {HTMLElement}
 */
export function legendMark(t) {
  const items = Object.entries(SIGNS).map(([name, shapes]) => {
    const sign = svgElement("svg", { width: 34, height: 16, "aria-hidden": "true" });
    for (const [tag, attributes] of shapes)
      sign.append(svgElement(String(tag), /** @type {Record<string, string | number>} */ (attributes)));
    return element("li", {}, sign, t(`page.legend.${name}`));
  });
  // It scrolls sideways where it is longer than its place, so that keys must reach it.
  return element("ul", { class: "legend", tabindex: 0, "aria-label": t("page.legend.label") }, ...items);
}
