/** An operation under its band: relation, name, grad_fn, and whether its saved values are still there. */

import { svgElement } from "../../element.js";
import { octagon } from "../../icons.js";
import { chipWidth } from "../../layout/bands.js";
import { operationLink } from "../../picture/links.js";
import { unfoldSign } from "./frame.js";
import { ownSign } from "./own.js";
import { relationIcon } from "./relation-icon.js";
import { svgText } from "./svg-text.js";

/**
 * @typedef {import("../../layout/scene.js").OpMark} OpMark
 * @typedef {import("../../i18n.js").Translate} Translate
 */

const SIGNS = { kept: "▣", freed: "▢", none: "▫", unknown: "" };

/**
 * @param {import("../context.js").Context} context
 * @param {OpMark} op
 * @returns {SVGElement}
 */
export function opChip({ t }, op) {
  const wide = chipWidth(op.label);
  const group = svgElement("g", {
    class: `op op-${op.state}`,
    transform: `translate(${op.x} ${op.y})`,
    role: "button",
    tabindex: -1,
    "aria-label": t("page.diagram.fold.unfolded", { label: op.label }),
    "aria-expanded": "true",
    "data-op": op.op,
    "data-toggle": `close ${op.op}`,
    "data-link": operationLink(op.op),
  });
  const icon = relationIcon(op.kind);
  icon.setAttribute("transform", `translate(${-wide / 2 + 9} -7)`);
  const middle = op.kind ? (op.compact ? 8 : 13) : 0;
  group.append(
    svgElement("rect", { class: "op-body", x: -wide / 2, y: -14, width: wide, height: 28, rx: 8 }),
    icon,
    svgText(op.label, { class: "op-label", x: middle, y: 5, "text-anchor": "middle" }),
    ...(op.compact ? compactNotes(t, op, wide) : fullNotes(t, op)),
  );
  if (op.layer) group.append(unfoldSign(t, op.layer, { x: wide / 2 - 3, y: -12 }, op.op));
  if (op.own) group.append(ownSign(t, op.own, { x: -wide / 2 + 3, y: -12 }));
  if (op.state === "error") group.append(stopSign(wide));
  return group;
}

/**
 * Under a chip that has its band to itself.
 * @param {Translate} t
 * @param {OpMark} op
 */
function fullNotes(t, op) {
  const saved = savedText(t, op);
  const marks = [];
  const made = op.ofOp === null ? op.gradFn : t("page.derived.of", { name: op.ofOp });
  if (made) marks.push(svgText(made, { class: "op-grad-fn", y: 31, "text-anchor": "middle" }));
  if (saved) {
    marks.push(svgText(saved, { class: `op-saved op-saved-${op.saved}`, y: 49, "text-anchor": "middle" }));
  }
  return marks;
}

/**
 * Where a band is shared only the sign stands beside the chip; the words are in its tooltip.
 * @param {Translate} t
 * @param {OpMark} op
 * @param {number} wide
 */
function compactNotes(t, op, wide) {
  const title = svgElement("title", {});
  title.textContent = [op.gradFn ?? "", savedText(t, op)].filter(Boolean).join(" · ");
  const look = `op-saved op-saved-${op.saved}`;
  const marks = [
    title,
    svgText(SIGNS[op.saved], { class: look, x: wide / 2 - 6, y: 5, "text-anchor": "end" }),
  ];
  if (op.state !== "error") return marks;
  return [...marks, svgText(stoppedText(t, op), { class: "op-saved", y: 31, "text-anchor": "middle" })];
}

/**
 * Whether the saved values are still there, in words; or why the walk ended here.
 * @param {Translate} t
 * @param {Pick<OpMark, "state" | "saved" | "keeps" | "stop">} op
 */
export function savedText(t, op) {
  if (op.state === "error") return stoppedText(t, op);
  return op.saved === "unknown"
    ? ""
    : `${SIGNS[op.saved]} ${t(`page.diagram.saved.${op.saved}`, { names: op.keeps })}`;
}

/** Why the walk cannot go on here. @param {Translate} t @param {Pick<OpMark, "stop">} op */
function stoppedText(t, { stop }) {
  return stop ? t(`page.diagram.stopped.${stop.key}`, stop.values) : "";
}

/** @param {number} wide */
function stopSign(wide) {
  const sign = octagon(20);
  sign.setAttribute("x", String(wide / 2 - 10));
  sign.setAttribute("y", "-24");
  return sign;
}
