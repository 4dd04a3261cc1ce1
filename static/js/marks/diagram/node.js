/** One element: value above, score below; round and blue where it is an input, square and green where an output. */

import { svgElement } from "../../element.js";
import { formatNumber, signOf } from "../../format.js";
import { elementLink } from "../../picture/links.js";
import { lowerHalf, outline, roundCap, SQUARE, squareCap, upperHalf } from "./outline.js";
import { svgText, symbolText } from "./svg-text.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/tensors.js").NodeMark} NodeMark
 */

const CAP = 9;
const TYPE = { M: 14, T: 12.5, S: 12.5 };

/**
 * @param {Context} context
 * @param {NodeMark} node
 * @param {string} name  what a screen reader says
 * @param {string} [flat]  where the element stands in its tensor laid out flat
 * @returns {SVGElement}
 */
export function nodeMark(context, node, name, flat = "") {
  const group = svgElement("g", {
    class: classes(node),
    transform: `translate(${node.x} ${node.y})`,
    role: "button",
    tabindex: -1,
    "aria-label": name,
    "aria-pressed": String(node.selected),
    "data-tensor": node.tensor,
    "data-element": node.element,
    "data-link": elementLink(node.tensor, node.element),
  });
  const { left, right } = radii(node);
  const full = outline(node.width, node.height, left, right);
  const hint = [node.waiting ? name : "", flat].filter(Boolean).join(" · ");
  if (hint && !node.used) group.append(tooltip(hint));
  if (node.now)
    group.append(
      svgElement("path", { class: "node-halo", d: outline(node.width, node.height, left, right, 6) }),
    );
  const ring = node.height < 40 ? 3.5 : 5;
  group.append(
    svgElement("path", { class: "node-ring", d: outline(node.width, node.height, left, right, ring) }),
  );
  group.append(svgElement("path", { class: "node-body", d: full }));
  group.append(...(node.scale !== "S" && node.height > 30 ? twoRows(node, left, right) : oneRow(node)));
  group.append(...caps(node, right), svgElement("path", { class: "node-rim", d: full }));
  if (node.used) group.append(...usedMark(context, node, hint));
  return group;
}

/** @param {string} text */
function tooltip(text) {
  const title = svgElement("title", {});
  title.textContent = text;
  return title;
}

const USED = { width: 24, height: 15 };

/**
 * On the lower rim: how many copies are made of this element. Narrow nodes have no room and only say it.
 * @param {Context} context
 * @param {NodeMark} node
 * @param {string} hint  what else is to be told
 */
function usedMark({ t }, { used, width, height, scale }, hint) {
  const title = tooltip([t("page.diagram.used", { count: used }), hint].filter(Boolean).join(" · "));
  if (scale === "S") return [title];
  const x = width * 0.4 - USED.width / 2;
  return [
    title,
    svgElement("rect", { class: "node-used", x, y: height - USED.height / 2, ...USED, rx: USED.height / 2 }),
    svgText(`×${used}`, { class: "node-used-count", x: x + USED.width / 2, y: height + 4.5 }),
  ];
}

/** @param {NodeMark} node */
function classes(node) {
  const states = [
    node.focus ? `node-focus-${node.focus}` : "",
    node.selected ? "node-selected" : "",
    node.now ? "node-now" : "",
    node.scale === "T" ? "node-tight" : "",
    node.ghost ? "node-ghost" : "",
  ];
  return ["node", `node-${node.role}`, ...states].filter(Boolean).join(" ");
}

/** @param {NodeMark} node */
function radii(node) {
  const round = node.height / 2;
  if (node.role === "grey") return { left: 6, right: 6 };
  return { left: node.role === "input" ? round : SQUARE, right: node.role === "output" ? SQUARE : round };
}

/** @param {NodeMark} node @param {number} right */
function caps(node, right) {
  const marks = [];
  if (node.role === "output" || node.role === "middle") {
    marks.push(svgElement("path", { class: "node-cap-out", d: squareCap(node.height, CAP) }));
  }
  if (node.role === "input" || node.role === "middle") {
    marks.push(
      svgElement("path", { class: "node-cap-in", d: roundCap(node.width, node.height, right, CAP) }),
    );
  }
  return marks;
}

/** @param {NodeMark} node */
function inset(node) {
  const square = node.role === "output" || node.role === "middle";
  const round = node.role === "input" || node.role === "middle";
  return {
    from: square ? CAP + 8 : node.role === "input" ? Math.max(14, node.height * 0.3) : 10,
    to: node.width - (round ? CAP + 8 : 10),
  };
}

/**
 * @param {NodeMark} node
 * @param {number} left
 * @param {number} right
 * @returns {SVGElement[]}
 */
function twoRows(node, left, right) {
  const { from, to } = inset(node);
  const { width, height } = node;
  const type = TYPE[node.scale];
  const top = height * 0.25 + type * 0.36;
  const sign = signOf(node.score);
  const marks = [
    svgElement("path", { class: "node-upper", d: upperHalf(width, height, left, right) }),
    svgElement("path", { class: `node-lower sign-${sign}`, d: lowerHalf(width, height, left, right) }),
    svgElement("path", { class: "node-divider", d: `M0 ${height / 2}H${width}` }),
  ];
  if (node.symbol) marks.push(symbolText(node.symbol, node.index, { x: from, y: top, size: type + 2 }));
  if (node.value !== null) marks.push(svgText(node.value, { class: "node-value", x: to, y: top }));
  return node.role === "grey"
    ? marks.filter((mark) => !mark.classList.contains("node-lower"))
    : [...marks, ...score(node, from, to)];
}

/** @param {NodeMark} node @param {number} from @param {number} to */
function score(node, from, to) {
  const sign = signOf(node.score);
  const y = node.height * 0.75;
  const type = TYPE[node.scale];
  const half = type * 0.32;
  const arrow = `M${from + half * 1.6 + 1} ${y - half}L${from + 1} ${y}L${from + half * 1.6 + 1} ${y + half}Z`;
  return [
    svgElement("path", { class: `node-arrow sign-${sign}`, d: arrow }),
    svgText(scoreText(node), { class: `node-score sign-${sign}`, x: to, y: y + type * 0.36 }),
    ...(node.waiting ? [counter(node.waiting, to - type, y + type * 0.36)] : []),
  ];
}

/** A score that a hook changed shows both numbers where there is room. @param {NodeMark} node */
function scoreText({ score: now, before = null }) {
  const text = formatNumber(now);
  const both = `${formatNumber(before)} → ${text}`;
  return before !== null && both.length <= 11 ? both : text;
}

/** How many of several uses have reported, beside the empty score. @param {{got: number, of: number}} waiting @param {number} x @param {number} y */
function counter({ got, of }, x, y) {
  return svgText(`${got}/${of}`, { class: "node-waiting", x, y });
}

/**
 * Narrow nodes have room for one number: the score once it is there, the value before.
 * @param {NodeMark} node
 */
function oneRow(node) {
  const { from, to } = inset(node);
  const base = node.height / 2 + 4.5;
  const sign = signOf(node.score);
  const marks = [];
  if (node.symbol) marks.push(symbolText(node.symbol, node.index, { x: from, y: base, size: 14 }));
  if (node.score !== undefined) {
    marks.push(
      svgText(`◂ ${formatNumber(node.score, 3)}`, {
        class: `node-score node-small sign-${sign}`,
        x: to,
        y: base,
      }),
    );
  } else if (node.value !== null) {
    marks.push(svgText(node.value, { class: "node-value node-small", x: to, y: base }));
  }
  return marks;
}
