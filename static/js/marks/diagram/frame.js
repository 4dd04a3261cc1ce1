/** Modules in the picture: a quiet frame around the operations of an open one, and the small signs that fold and unfold. */

import { svgElement } from "../../element.js";
import { svgText } from "./svg-text.js";

/** @typedef {import("../../layout/layout.js").PlacedFrame} PlacedFrame */

const SIGN = 18;
const HIT = 26;

/**
 * @param {import("../context.js").Context} context
 * @param {PlacedFrame} frame
 * @returns {SVGElement}
 */
export function frameMark(context, frame) {
  return frame.derives === undefined
    ? moduleFrame(context, frame)
    : derivedFrame(context, frame, frame.derives);
}

/** The graph of a backward call, in a tint of its own. @param {import("../context.js").Context} context @param {PlacedFrame} frame @param {number} call */
function derivedFrame({ t }, { x, y, width, height }, call) {
  return svgElement(
    "g",
    { class: "frame frame-derived" },
    svgElement("rect", { class: "frame-body", x, y, width, height, rx: 16 }),
    svgText(t("page.derived.title", { call: call + 1 }), { class: "frame-title", x: x + 16, y: y + 25 }),
  );
}

/** @param {import("../context.js").Context} context @param {PlacedFrame} frame */
function moduleFrame({ t }, { module, title, full, x, y, width, height, ops }) {
  const [name, ...kind] = title.split(" · ");
  const text = svgText(name, { class: "frame-title", x: x + 38, y: y + 25 });
  if (kind.length) {
    const grey = svgElement("tspan", { class: "frame-class" });
    grey.textContent = ` · ${kind.join(" · ")}`;
    text.append(grey);
  }
  const whole = svgElement("title", {});
  whole.textContent = full;
  const grip = {
    class: "frame-grip",
    x: x + 6,
    y: y + 4,
    width: Math.min(width - 12, 60 + title.length * 9),
    height: 30,
  };
  return svgElement(
    "g",
    { class: "frame", "data-module": module },
    svgElement("rect", { class: "frame-body", x, y, width, height, rx: 16 }),
    svgElement(
      "g",
      { class: "frame-head", "data-toggle": `fold ${module}` },
      svgElement("rect", grip),
      text,
      whole,
    ),
    moduleSign(t("page.modules.fold", { name: full }), "fold", module, { x: x + 21, y: y + 20 }, ops[0]),
  );
}

/**
 * The sign at a folded module: its operations instead of it.
 * @param {import("../../i18n.js").Translate} t
 * @param {{module: number, title: string}} layer
 * @param {{x: number, y: number}} at
 * @param {number} op
 */
export function unfoldSign(t, { module, title }, at, op) {
  return moduleSign(t("page.modules.unfold", { name: title }), "unfold", module, at, op);
}

/**
 * @param {string} label
 * @param {"fold" | "unfold"} way
 * @param {number} module
 * @param {{x: number, y: number}} at  centre
 * @param {number} op  its place among the operations, for the arrow keys
 */
function moduleSign(label, way, module, { x, y }, op) {
  const box = { x: -SIGN / 2, y: -SIGN / 2, width: SIGN, height: SIGN, rx: 5 };
  const hit = { x: -HIT / 2, y: -HIT / 2, width: HIT, height: HIT };
  const title = svgElement("title", {});
  title.textContent = label;
  return svgElement(
    "g",
    {
      class: "module-sign",
      transform: `translate(${x} ${y})`,
      role: "button",
      tabindex: -1,
      "aria-label": label,
      "aria-expanded": String(way === "fold"),
      "data-op": op,
      "data-toggle": `${way} ${module}`,
    },
    title,
    svgElement("rect", { class: "module-hit", ...hit }),
    svgElement("rect", { class: "module-box", ...box }),
    svgElement("path", { class: "module-stroke", d: way === "fold" ? "M-4 0h8" : "M-4 0h8M0 -4v8" }),
  );
}
