/** What moves at the end of a backward call: scores go into the drawers, then fade from their nodes; the drawers stay. */

import { svgElement } from "../../element.js";
import { DRAWER } from "../../layout/bands.js";
import { pillSize } from "../../layout/pills.js";
import { drawerMark } from "./drawer.js";
import { nodeMark } from "./node.js";
import { pillShape } from "./pill.js";

/**
 * @typedef {import("./motion.js").Actor} Actor
 * @typedef {import("./motion.js").Scene} Scene
 */

const LAND = "cubic-bezier(0.2, 0.7, 0.3, 1)";
/** With more drawers than this the pills would be a swarm. */
const MOST = 16;

/**
 * The leaf's score goes into its drawer, where the dashed place becomes solid.
 * @param {Actor} actor
 * @param {Scene} after
 * @param {number} ms
 * @param {boolean} reduced
 */
export function book(actor, after, ms, reduced) {
  const booked = after.drawers.filter(({ pending }) => !pending);
  for (const part of actor.world.querySelectorAll(".drawer-slot, .drawer-total, .drawer-booked")) {
    actor.animate(
      part,
      [{ opacity: 0 }, { opacity: 1 }],
      reduced ? { duration: 80 } : { duration: ms, easing: LAND },
    );
  }
  if (reduced || booked.length > MOST) return;
  for (const { x, y, height, amount } of booked) {
    const size = pillSize(amount);
    const home = { x: x - size.width / 2, y: y + height / 2 };
    const ghost = actor.ghost(pillShape({ ...size, ...home, value: amount }));
    const way = DRAWER.gap + DRAWER.width / 2;
    const frames = [
      { transform: "translate(0px, 0px)", opacity: 1 },
      { transform: `translate(${-way * 0.8}px, 0px)`, opacity: 1, offset: 0.8 },
      { transform: `translate(${-way}px, 0px)`, opacity: 0 },
    ];
    actor.animate(ghost, frames, { duration: ms, easing: LAND, fill: "both" });
  }
}

/**
 * The call is over: its scores fade from their nodes, and what was emptied since falls out of its drawer.
 * @param {Actor} actor
 * @param {Scene} before
 * @param {Scene} after
 * @param {number} duration  ms
 */
export function leaveCall(actor, before, after, duration) {
  const next = new Map(after.nodes.map((node) => [keyOf(node), node]));
  for (const node of before.nodes) {
    const now = next.get(keyOf(node));
    if (node.score === undefined || now?.score !== undefined || !isSamePlace(node, now)) continue;
    const ghost = actor.ghost(
      svgElement("g", { class: "ghost", transform: `translate(${node.x} ${node.y})` }),
    );
    const mark = nodeMark(actor.context, node, "");
    ghost.append(...mark.querySelectorAll(".node-lower, .node-score, .node-arrow"));
    actor.animate(ghost, [{ opacity: 1 }, { opacity: 0 }], { duration, fill: "both" });
  }
  const drawers = new Map(after.drawers.map((drawer) => [keyOf(drawer), drawer]));
  for (const drawer of before.drawers) {
    const now = drawers.get(keyOf(drawer));
    if (!now || now.previous || !isSamePlace(drawer, now)) continue;
    const mark = drawerMark(actor.context, drawer);
    mark.removeAttribute("data-link");
    const ghost = actor.ghost(svgElement("g", { class: "ghost" }, mark));
    const fallen = [{ opacity: 1 }, { opacity: 0, transform: "translate(0px, 8px)" }];
    actor.animate(ghost, fallen, { duration, fill: "both" });
  }
}

/** @param {{x: number, y: number}} a @param {{x: number, y: number} | undefined} b */
function isSamePlace(a, b) {
  return b !== undefined && a.x === b.x && a.y === b.y;
}

/** @param {{tensor: number, element: number}} place */
function keyOf({ tensor, element }) {
  return `${tensor}.${element}`;
}
