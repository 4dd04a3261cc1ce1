/** Which operations are unfolded: all, none, or the current one with as many neighbours as the canvas holds. */

import { elkGraph, insidesOf } from "./elk-graph.js";
import { READABLE } from "../fitting.js";
import { partition } from "./regions.js";
import { wiringOf } from "./wiring.js";

/**
 * @typedef {import("../../trace/trace-types.js").Trace} Trace
 * @typedef {import("../graph.js").Graph} Graph
 * @typedef {import("./regions.js").Group} Group
 * @typedef {{width: number, height: number}} View  px
 * @typedef {"tensors" | "mixed" | "elements"} Level
 *
 * @typedef {object} Wish
 * @property {Level} level
 * @property {Record<number, boolean>} chosen  by operation: what the reader unfolded or folded by hand
 * @property {number | null} current           the operation of the step
 * @property {View} view
 * @property {Group[]} groups
 */

const GAP = 32;
const MARGIN = 44;

/**
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Wish} wish
 * @returns {Set<number>} ids of unfolded operations
 */
export function unfolded(trace, graph, wish) {
  const { level, chosen } = wish;
  const byLevel = level === "elements" ? all(graph) : level === "mixed" ? around(trace, graph, wish) : [];
  const open = new Set(byLevel);
  for (const { id } of graph.ops) {
    if (chosen[id] === true) open.add(id);
    if (chosen[id] === false) open.delete(id);
  }
  return settled(graph, open, wish);
}

/**
 * Operations between unfolded ones that share a tensor are unfolded with them, unless the reader folded one of them:
 * then those after it fold as well.
 * @param {Graph} graph
 * @param {Set<number>} open
 * @param {Wish} wish
 */
function settled(graph, open, { chosen, groups }) {
  for (;;) {
    const { byOp, blocks } = partition(graph, open, groups);
    const forced = graph.ops.find(({ id }) => chosen[id] === false && byOp.get(id)?.open);
    const later = forced && byOp.get(forced.id)?.ops.filter(({ id }) => id > forced.id && open.has(id));
    if (!later?.length)
      return new Set(blocks.filter((block) => block.open).flatMap(({ ops }) => ops.map((op) => op.id)));
    for (const { id } of later) open.delete(id);
  }
}

/** @param {Graph} graph */
function all(graph) {
  return graph.ops.map((op) => op.id);
}

/**
 * The current operation, then its neighbours on both sides by turns, until a side's next one would not fit.
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Wish} wish
 */
function around(trace, graph, wish) {
  const order = all(graph);
  const at = wish.current === null ? -1 : order.indexOf(wish.current);
  if (at < 0) return [];
  let open = [order[at]];
  /** @type {(-1 | 1)[]} */
  let sides = [1, -1];
  let reach = { "-1": at, 1: at };
  while (sides.length) {
    for (const side of [...sides]) {
      const next = order[reach[side] + side];
      const wider = [...open, next];
      if (next === undefined || !fits(trace, graph, wider, wish)) {
        sides = sides.filter((other) => other !== side);
        continue;
      }
      open = wider;
      reach = { ...reach, [side]: reach[side] + side };
    }
  }
  return open;
}

/**
 * Whether the picture would be readable without moving it: as wide as its longest row of items, as high as its highest.
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {number[]} open
 * @param {Wish} wish
 */
function fits(trace, graph, open, { view, groups }) {
  const wiring = wiringOf(graph, new Set(open), groups);
  const insides = insidesOf(trace, graph, wiring, false);
  const { children = [] } = elkGraph(wiring, insides);
  const highest = Math.max(0, ...children.map((child) => child.height ?? 0));
  const room = { width: view.width - MARGIN, height: view.height - 2 * MARGIN };
  return highest * READABLE <= room.height && longest(wiring, insides) * READABLE <= room.width;
}

/**
 * @param {import("./wiring.js").Wiring} wiring
 * @param {Map<string, import("./elk-graph.js").Inside>} insides
 * @returns {number} px
 */
function longest({ items, wires }, insides) {
  /** @type {Map<string, number>} */
  const ends = new Map();
  /** @param {string} key @returns {number} */
  const end = (key) => {
    const known = ends.get(key);
    if (known !== undefined) return known;
    const before = wires.filter((wire) => wire.to === key).map((wire) => end(wire.from) + GAP);
    const reached = Math.max(0, ...before) + (insides.get(key)?.width ?? 0);
    ends.set(key, reached);
    return reached;
  };
  return Math.max(0, ...items.map((item) => end(item.key)));
}
