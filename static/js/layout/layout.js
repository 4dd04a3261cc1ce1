/** The picture's geometry for one graph; the same for every step, so that nothing moves while the reader steps. */

import { neededWidth, sizes } from "./blocks.js";
import { BAND, bandsOf, bandWidths, crowdedColumns, DRAWER } from "./bands.js";
import { boundsOf, seedRoom } from "./bounds.js";
import { depths, linksOf, stacks } from "./columns.js";
import { place } from "./place.js";
import { retainedHeight, retainedOf } from "./retained.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./graph.js").Member} Member
 * @typedef {import("./columns.js").Slot} Slot
 * @typedef {import("./blocks.js").Size} Size
 *
 * @typedef {object} Box      A tensor's place; x, y is the top left of its body, px.
 * @property {Member} member
 * @property {Size} size
 * @property {number} column
 * @property {number} x
 * @property {number} y
 * @property {number} headerY  baseline of its name
 * @property {boolean} drawer  a `.grad` drawer stands to its left
 * @property {number} kept     height of the drawer that stands under it, 0 for none
 *
 * @typedef {{x0: number, x1: number, y: number, pitch: number, count: number}} Lane
 * @typedef {import("./bands.js").Band} Band
 *
 * @typedef {object} Layout
 * @property {Map<number, Box>} boxes       by tensor
 * @property {Map<string, Lane>} lanes      by "tensor operation column"
 * @property {Map<number, Band>} bands      by operation
 * @property {Map<number, number>} columns  by tensor
 * @property {{x: number, y: number, width: number, height: number}} bounds
 * @property {boolean} tight                drawn for a low canvas
 * @property {import("./levels/folded.js").Wire[]} wires      between folded operations
 * @property {import("./levels/folded.js").Chip[]} folded     folded operations, and groups of them
 * @property {import("./levels/folded.js").Name[]} names      of tensors that are shown elsewhere
 * @property {import("./levels/folded.js").Region[]} regions  frames around unfolded operations; none where all are unfolded
 * @property {PlacedFrame[]} frames         around the operations of open modules, outer ones first
 *
 * @typedef {import("../modules/frames.js").Frame & {x: number, y: number, width: number, height: number}} PlacedFrame
 */

const WIDEST = 152;
const CHIP_ROOM = 32;
const SPACE = 22;
const FLAT = 420;
const GROWTH = 1.08;

/**
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {boolean} [tight]  the canvas is too low for the roomy picture
 * @returns {Layout}
 */
export function layoutOf(trace, graph, tight = false) {
  const columns = depths(graph);
  const stacked = stacks(graph, columns);
  const members = new Map(graph.members.map((member) => [member.tensor.id, member]));
  const measured = measure(trace, graph, stacked, members, tight);
  const crowded = crowdedColumns(graph, columns);
  const retained = retainedOf(trace, graph);
  const items = stacked.map((column) =>
    column.map((slot, i) => itemOf(slot, i, measured, members, crowded, graph, retained)),
  );
  const tops = place(items, linksOf(graph, columns));
  const drawers = drawersOf(trace, graph);
  const widths = bandWidths(trace, graph, columns);
  const xs = columnXs(stacked, measured, drawers, widths);
  const boxes = boxesOf(stacked, measured, members, tops, xs, drawers);
  for (const [tensor, box] of boxes) if (retained.has(tensor)) box.kept = retainedHeight(box.size);
  alignHeaders(stacked, boxes);
  const lanes = lanesOf(stacked, measured, tops, xs);
  const bands = bandsOf(trace, graph, { columns, xs, boxes, lanes, crowded, widths });
  return {
    boxes,
    lanes,
    bands,
    columns,
    bounds: boundsOf(boxes, graph.narrow ? new Map() : bands, seedRoom(trace, graph), tight),
    tight,
    ...ALL_UNFOLDED,
  };
}

/** What a layout without folded operations says of them. @type {Pick<Layout, "wires" | "folded" | "names" | "regions" | "frames">} */
export const ALL_UNFOLDED = { wires: [], folded: [], names: [], regions: [], frames: [] };

/**
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Slot[][]} stacked
 * @param {Map<number, Member>} members
 * @param {boolean} tight
 */
function measure(trace, graph, stacked, members, tight) {
  const scores = graph.call === null ? [] : trace.backward[graph.call].scores;
  const wide = Math.max(
    ...graph.members.map((member) => {
      if (member.tensor.constant || (member.tensor.values?.length ?? 99) > 16) return 0;
      const own = scores.find((score) => score.tensor === member.tensor.id)?.values ?? [];
      return neededWidth(member, [...(member.tensor.values ?? []), ...own]);
    }),
  );
  const room = Math.min(tight ? Math.ceil(wide * GROWTH) : wide, WIDEST);
  return new Map(stacked.flatMap((column) => [...sizes(column, members, room, tight)]));
}

/**
 * @param {Slot} slot
 * @param {number} position
 * @param {Map<string, Size>} measured
 * @param {Map<number, Member>} members
 * @param {Set<number>} crowded
 * @param {Graph} graph
 * @param {Set<number>} retained
 * @returns {import("./place.js").Item}
 */
function itemOf(slot, position, measured, members, crowded, graph, retained) {
  const size = /** @type {Size} */ (measured.get(slot.key));
  const member = /** @type {Member} */ (members.get(slot.tensor));
  const made = graph.ops.some((op) => op.outputs[0] === slot.tensor);
  const chip = slot.lane === null && crowded.has(slot.column) && made ? CHIP_ROOM : 0;
  const header = slot.lane === null ? size.header : 0;
  const weight = slot.aside
    ? 1e-6
    : slot.lane !== null
      ? 0.002
      : member.role === "input" || member.role === "grey"
        ? 0.05
        : 1;
  const kept = slot.lane === null && retained.has(slot.tensor) ? retainedHeight(size) : 0;
  const height = header + size.height + kept + chip;
  return { key: slot.key, height, anchor: header + size.height / 2, weight, gap: position ? SPACE : 0 };
}

/**
 * Leaves whose `.grad` this call adds to and whose elements are drawn one by one.
 * @param {Trace} trace
 * @param {Graph} graph
 */
function drawersOf(trace, graph) {
  const entries = graph.call === null || graph.bare ? [] : trace.backward[graph.call].accumulated;
  return new Set(entries.map((entry) => entry.tensor));
}

/**
 * Left edge of every column.
 * @param {Slot[][]} stacked
 * @param {Map<string, Size>} measured
 * @param {Set<number>} drawers
 * @param {Map<number, number>} widths
 */
function columnXs(stacked, measured, drawers, widths) {
  /** @type {number[]} */
  const xs = [];
  let x = 0;
  for (const [c, column] of stacked.entries()) {
    const drawn = column.some(
      (slot) => slot.lane === null && hasDrawer(slot.tensor, measured.get(slot.key), drawers),
    );
    x += drawn ? DRAWER.width + DRAWER.gap : 0;
    xs.push(x);
    x +=
      Math.max(0, ...column.map((slot) => measured.get(slot.key)?.width ?? 0)) + (widths.get(c + 1) ?? BAND);
  }
  return xs;
}

/** @param {number} tensor @param {Size | undefined} size @param {Set<number>} drawers */
function hasDrawer(tensor, size, drawers) {
  return drawers.has(tensor) && size?.mode === "nodes";
}

/**
 * @param {Slot[][]} stacked
 * @param {Map<string, Size>} measured
 * @param {Map<number, Member>} members
 * @param {Map<string, number>} tops
 * @param {number[]} xs
 * @param {Set<number>} drawers
 */
function boxesOf(stacked, measured, members, tops, xs, drawers) {
  /** @type {Map<number, Box>} */
  const boxes = new Map();
  stacked.forEach((column, c) => {
    const full = Math.max(0, ...column.map((slot) => measured.get(slot.key)?.width ?? 0));
    for (const slot of column.filter(({ lane }) => lane === null)) {
      const size = /** @type {Size} */ (measured.get(slot.key));
      const y = (tops.get(slot.key) ?? 0) + size.header;
      const x = xs[c] + (slot.aside ? full - size.width : (full - size.width) / 2);
      const member = /** @type {Member} */ (members.get(slot.tensor));
      const drawer = hasDrawer(slot.tensor, size, drawers);
      boxes.set(slot.tensor, { member, size, column: c, x, y, headerY: y - 38, drawer, kept: 0 });
    }
  });
  return boxes;
}

/**
 * In a plain chain all names stand on one line, like the head of a table.
 * @param {Slot[][]} stacked
 * @param {Map<number, Box>} boxes
 */
function alignHeaders(stacked, boxes) {
  const named = [...boxes.values()].filter((box) => box.size.header > 0);
  const single = stacked.every((column) => column.filter((slot) => !slot.aside).length <= 1);
  const top = Math.min(...named.map((box) => box.headerY));
  const bottom = Math.max(...named.map((box) => box.y + box.size.height));
  if (!single || bottom - top > FLAT) return;
  for (const box of named) box.headerY = top;
}

/**
 * @param {Slot[][]} stacked
 * @param {Map<string, Size>} measured
 * @param {Map<string, number>} tops
 * @param {number[]} xs
 */
function lanesOf(stacked, measured, tops, xs) {
  /** @type {Map<string, Lane>} */
  const lanes = new Map();
  stacked.forEach((column, c) => {
    const full = Math.max(0, ...column.map((slot) => measured.get(slot.key)?.width ?? 0));
    for (const slot of column.filter(({ lane }) => lane !== null)) {
      const size = /** @type {Size} */ (measured.get(slot.key));
      const lane = {
        x0: xs[c],
        x1: xs[c] + full,
        y: tops.get(slot.key) ?? 0,
        pitch: size.cell,
        count: size.count,
      };
      lanes.set(`${slot.tensor} ${slot.lane} ${c}`, lane);
    }
  });
  return lanes;
}
