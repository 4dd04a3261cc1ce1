/** f and f′ of a one-to-one operation, with the elements as points: the tangent's slope is the weight. */

import { element, svgElement } from "../../element.js";
import { PLOT, plotOf } from "../../why/curve-plot.js";
import { formatNumber, signOf } from "../../format.js";
import { elementLink } from "../../picture/links.js";
import { svgText } from "../diagram/svg-text.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../why/curve-plot.js").Curve} Curve
 * @typedef {import("../../why/curve-plot.js").Point} Point
 * @typedef {import("../../why/curve-plot.js").Plot} Plot
 */

const FOOT = 18;

/**
 * @param {Context} context
 * @param {number} input   tensor whose elements the points are
 * @param {Curve} curve
 * @param {Point[]} points
 * @returns {HTMLElement}
 */
export function curveMark(context, input, curve, points) {
  const own = points.find((point) => point.own);
  const { t } = context;
  const values = own
    ? { x: formatNumber(own.x), value: formatNumber(own.value), slope: formatNumber(own.slope) }
    : {};
  const drawn = /** @type {const} */ (["value", "slope"]).map((what) =>
    element(
      "figure",
      { class: "curve" },
      element("figcaption", {}, tex(what === "value" ? "f" : "f'"), t(`page.curve.${what}`)),
      plotMark(plotOf(curve, points, what), input, t(`page.curve.${what}Spoken`, values)),
    ),
  );
  const sides = own?.sides;
  const kink = sides
    ? t("page.curve.kink", {
        left: formatNumber(sides[0]),
        right: formatNumber(sides[1]),
        slope: formatNumber(own.slope),
      })
    : "";
  const note = kink ? element("p", { class: "inspector-note" }, kink) : null;
  return element("div", { class: "curves" }, ...drawn, note);
}

/** @param {Plot} plot @param {number} input @param {string} spoken */
function plotMark(plot, input, spoken) {
  const { width, height } = PLOT;
  const svg = svgElement("svg", {
    class: "curve-plot",
    width,
    height: height + FOOT,
    role: "img",
    "aria-label": spoken,
  });
  const inside = svgElement("svg", { width, height });
  inside.append(svgElement("rect", { class: "curve-field", width, height, rx: 6 }));
  if (plot.zeroX !== null)
    inside.append(svgElement("path", { class: "curve-axis", d: `M${plot.zeroX} 0V${height}` }));
  if (plot.zeroY !== null)
    inside.append(svgElement("path", { class: "curve-axis", d: `M0 ${plot.zeroY}H${width}` }));
  inside.append(svgElement("path", { class: "curve-line", d: plot.path }));
  for (const point of [...plot.points].sort((a, b) => Number(a.own) - Number(b.own)))
    inside.append(pointMark(point, input));
  for (const d of plot.tangents) inside.append(svgElement("path", { class: "curve-tangent", d }));
  svg.append(inside, ...labels(plot));
  return svg;
}

/** @param {Plot["points"][number]} point @param {number} input */
function pointMark({ x, y, own, element: index, slope }, input) {
  return svgElement("circle", {
    class: `curve-point sign-${signOf(slope)}${own ? " curve-own" : ""}`,
    cx: x,
    cy: y,
    r: own ? 6 : 4,
    "data-link": elementLink(input, index),
  });
}

/** The ends of both axes. @param {Plot} plot */
function labels({ xs, ys }) {
  const { width, height } = PLOT;
  return [
    svgText(formatNumber(xs[0], 1), { class: "curve-label", x: 2, y: height + 13 }),
    svgText(formatNumber(xs[1], 1), {
      class: "curve-label",
      x: width - 2,
      y: height + 13,
      "text-anchor": "end",
    }),
    svgText(formatNumber(ys[1], 1), { class: "curve-label", x: width - 5, y: 14, "text-anchor": "end" }),
    svgText(formatNumber(ys[0], 1), {
      class: "curve-label",
      x: width - 5,
      y: height - 5,
      "text-anchor": "end",
    }),
  ];
}
