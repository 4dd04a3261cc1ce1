/** The sum as one bar: a block per product in its sign's colour, a pointer at the total, round numbers below. */

import { svgElement } from "../../element.js";
import { formatNumber } from "../../format.js";
import { svgText } from "./svg-text.js";

/** Units of the drawing; the type is as large in them as the projector asks. */
const SIZE = { width: 560, height: 112, side: 34, top: 18, bar: 42 };
/** Smallest width of a block that carries its sign as a text. */
const ROOM = 30;

/**
 * @param {import("../../layout/waterfall.js").Waterfall} data
 * @param {string} name  what a screen reader says
 */
export function waterfallMark({ low, high, blocks, ticks, total }, name) {
  const { width, height, side, top, bar } = SIZE;
  /** @param {number} value */
  const at = (value) => side + ((width - 2 * side) * (value - low)) / (high - low);
  const base = top + bar + 8;
  const svg = svgElement("svg", {
    class: "waterfall",
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": name,
  });
  svg.append(
    svgElement("path", { class: "waterfall-axis", d: `M${side - 12} ${base}H${width - side + 12}` }),
  );
  for (const { from, to, sign } of blocks) {
    const [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
    const box = { x: left + 1, y: top, width: Math.max(1, right - left - 2), height: bar, rx: 4 };
    svg.append(svgElement("rect", { class: `waterfall-block sign-${sign}`, ...box }));
    if (sign === "neg" && right - left > ROOM)
      svg.append(
        svgElement("path", {
          class: "waterfall-dash",
          d: `M${(left + right) / 2 - 7} ${top + bar / 2}h14`,
        }),
      );
  }
  svg.append(...ticks.flatMap((value) => tick(at(value), base, value)));
  svg.append(
    svgElement("path", {
      class: "waterfall-total",
      d: `M${at(total) - 8} 0h16l-8 10zM${at(total) - 1.5} 8h3V${base}h-3z`,
    }),
  );
  return svg;
}

/** @param {number} x @param {number} base @param {number} value */
function tick(x, base, value) {
  return [
    svgElement("path", { class: "waterfall-axis", d: `M${x} ${base}v6` }),
    svgText(formatNumber(value), { class: "waterfall-tick", x, y: base + 28 }),
  ];
}
