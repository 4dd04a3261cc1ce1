/** One element's place in `.grad`: what earlier calls left, what this call adds, what stands there now. */

import { svgElement } from "../../element.js";
import { circled, formatNumber, signOf } from "../../format.js";
import { DRAWER } from "../../layout/bands.js";
import { elementLink } from "../../picture/links.js";
import { svgText } from "./svg-text.js";

/** @typedef {import("../../layout/scene.js").DrawerMark} DrawerMark */

const INSET = 9;
const GROW = 10;

/**
 * @param {import("../context.js").Context} _context
 * @param {DrawerMark} drawer  x, y: the node's left edge and top
 * @returns {SVGElement}
 */
export function drawerMark(_context, drawer) {
  const tall = drawer.height > 40;
  const height = drawer.height + (tall && drawer.previous ? GROW : 0);
  const left = drawer.x - DRAWER.gap - DRAWER.width;
  const group = svgElement("g", {
    class: "drawer",
    "data-link": elementLink(drawer.tensor, drawer.element),
    transform: `translate(${left} ${drawer.y - (height - drawer.height) / 2})`,
  });
  group.append(
    svgElement("rect", { class: "drawer-body", width: DRAWER.width, height, rx: 7 }),
    svgElement("path", { class: `drawer-arrow${drawer.pending ? "" : " drawer-booked"}`, d: arrow(height) }),
    ...(tall ? bookings(drawer, height) : [total(drawer, height / 2 + 4.5)]),
  );
  return group;
}

/** @param {number} height */
function arrow(height) {
  const [from, to, y] = [DRAWER.width + DRAWER.gap - 5, DRAWER.width + 5, height / 2];
  return `M${from} ${y}H${to}M${to + 7} ${y - 5}L${to} ${y}L${to + 7} ${y + 5}`;
}

/** @param {DrawerMark} drawer @param {number} height */
function bookings(drawer, height) {
  const right = DRAWER.width - INSET;
  const { previous } = drawer;
  /** @type {SVGElement[]} */
  const marks = [];
  if (previous) {
    const who =
      previous.from === previous.to
        ? circled(previous.to)
        : `${circled(previous.from)}–${circled(previous.to)}`;
    marks.push(svgText(who, { class: "drawer-call", x: INSET, y: 15 }));
    marks.push(
      svgText(formatNumber(previous.value), {
        class: `drawer-amount sign-${signOf(previous.value)}`,
        x: right,
        y: 15,
      }),
    );
  }
  const line = previous ? 33 : 18;
  marks.push(
    svgText(`${circled(drawer.call)}${previous ? " +" : ""}`, { class: "drawer-call", x: INSET, y: line }),
  );
  const slot = { x: right - 48, y: line - 12, width: 50, height: 15, rx: 4 };
  const sign = signOf(drawer.amount);
  marks.push(
    svgElement("rect", {
      class: `drawer-slot ${drawer.pending ? "drawer-slot-empty" : ""} ${drawer.arrived || !drawer.pending ? `sign-${sign}` : ""}`,
      ...slot,
    }),
  );
  if (drawer.arrived || !drawer.pending) {
    marks.push(
      svgText(formatNumber(drawer.amount), { class: `drawer-amount sign-${sign}`, x: right - 2, y: line }),
    );
  }
  marks.push(svgElement("path", { class: "drawer-rule", d: `M${INSET} ${height - 19.5}H${right}` }));
  marks.push(total(drawer, height - 6));
  return marks;
}

/** @param {DrawerMark} drawer @param {number} y */
function total(drawer, y) {
  const text = drawer.now === null ? "None" : formatNumber(drawer.now);
  const look = drawer.now === null ? "drawer-none" : `sign-${signOf(drawer.now)}`;
  const value = svgText(text, { class: `drawer-total ${look}`, x: DRAWER.width - INSET, y });
  return svgElement("g", {}, svgText("=", { class: "drawer-call", x: INSET, y }), value);
}
