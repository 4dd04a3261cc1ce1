/** The page's own icons, drawn on a 16 × 16 grid. */

import { svgElement } from "./element.js";

/** A hook that holds on to a passing score. */
export const HOOK = "M5.5 3.5v5.2a2.7 2.7 0 0 0 5.4 0V7.6M8.9 9.2l2-1.9 1.9 1.9";
/** A pen: written by hand. */
export const PEN = "M3.5 12.5l.7-2.8 6-6 2.1 2.1-6 6zM9 4.9l2.1 2.1";

/** Outlines, and solid shapes where a line would be too thin to read. */
const OUTLINES = {
  back: ["M10 3.5 5.5 8l4.5 4.5"],
  forward: ["M6 3.5 10.5 8 6 12.5"],
  close: ["M4.5 4.5l7 7", "M11.5 4.5l-7 7"],
  up: ["M8 12.5v-9", "M4 7l4-4 4 4"],
  down: ["M8 3.5v9", "M4 9l4 4 4-4"],
  plus: ["M8 3.5v9", "M3.5 8h9"],
  fold: ["M9.5 4 5.5 8l4 4", "M13 3.5v9"],
  hook: [HOOK],
  unfold: ["M6.5 4l4 4-4 4", "M3 3.5v9"],
};
const SOLIDS = {
  first: "M3 3h2v10H3zM13 3v10L5.5 8z",
  last: "M11 3h2v10h-2zM3 3v10l7.5-5z",
  play: "M4.5 2.8v10.4L13 8z",
  theme: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1.5a4.5 4.5 0 0 1 0 9z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
};

/** @typedef {keyof typeof OUTLINES | keyof typeof SOLIDS} IconName */

/**
 * @param {IconName} name
 * @param {number} [size] px
 * @returns {SVGElement}
 */
export function icon(name, size = 16) {
  const frame = { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" };
  if (name in SOLIDS) {
    const d = SOLIDS[/** @type {keyof typeof SOLIDS} */ (name)];
    return svgElement("svg", { ...frame, class: "icon icon-solid" }, svgElement("path", { d }));
  }
  const paths = OUTLINES[/** @type {keyof typeof OUTLINES} */ (name)].map((d) => svgElement("path", { d }));
  return svgElement("svg", { ...frame, class: "icon" }, ...paths);
}

/**
 * The sign of an error, which does not depend on colour: an octagon with a cross.
 * @param {number} [size] px
 */
export function octagon(size = 16) {
  return svgElement(
    "svg",
    { viewBox: "0 0 16 16", width: size, height: size, class: "octagon", "aria-hidden": "true" },
    svgElement("path", { d: "M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z", stroke: "none" }),
    svgElement("path", { d: "M5.5 5.5l5 5M10.5 5.5l-5 5", fill: "none" }),
  );
}
