/** The bands between columns, one left of each: as wide as what stands under them, and where the operation chips go. */

import { operationLabel } from "../trace/operation-label.js";
import { byId } from "../trace/trace-types.js";
import { outputColumn } from "./columns.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Box} Box
 *
 * @typedef {{x0: number, x1: number, chipX: number, chipY: number, chipWidth: number, alone: boolean}} Band  Between an operation's columns.
 */

export const BAND = 104;
/** Parallel edges carry the number of their place before their weight, and products beside it. */
const PARALLEL = 136;
/** Where one operation has the room for itself: weights and pills beside each other. */
const ALONE = 124;
/** Five columns of a chain in a window of 1280 px at a scale of 1.4. */
const CHAIN = 72;
export const DRAWER = { width: 96, gap: 30 };
const CHIP = { icon: 60, letter: 8.5, least: 96, air: 12, gradFn: 7.3, below: 40, close: 18, level: 130 };

/**
 * Columns whose band serves several operations: each puts its chip under its own output.
 * @param {Graph} graph
 * @param {Map<number, number>} columns
 */
export function crowdedColumns(graph, columns) {
  const ends = graph.ops.map((op) => outputColumn(op, columns));
  return new Set(ends.filter((end, i) => ends.indexOf(end) !== i));
}

/**
 * Width of the band left of each column: room for the names that stand under it.
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Map<number, number>} columns
 * @returns {Map<number, number>} by column
 */
export function bandWidths(trace, graph, columns) {
  const tensors = byId(trace.tensors);
  /** @type {Map<number, number>} */
  const widths = new Map();
  for (const op of graph.ops) {
    const column = outputColumn(op, columns);
    const chip = chipWidth(operationLabel(op, tensors));
    const name = (op.grad_fn?.length ?? 0) * CHIP.gradFn;
    const uses = new Set(op.inputs).size < op.inputs.length ? PARALLEL : 0;
    if (graph.narrow) widths.set(column, graph.alone ? Math.max(ALONE, uses) : CHAIN);
    else widths.set(column, Math.max(widths.get(column) ?? BAND, chip + CHIP.air, name + CHIP.air, uses));
  }
  return widths;
}

/**
 * Width of an operation's chip, px.
 * @param {string} label
 */
export function chipWidth(label) {
  return Math.max(CHIP.least, label.length * CHIP.letter + CHIP.icon);
}

/**
 * @typedef {object} Placed  What is already placed when the chips are.
 * @property {Map<number, number>} columns
 * @property {number[]} xs
 * @property {Map<number, Box>} boxes
 * @property {Map<string, import("./layout.js").Lane>} lanes
 * @property {Set<number>} crowded
 * @property {Map<number, number>} widths
 */

/**
 * A chip stands under everything that its band joins, on one line with the others where they are near; in a shared
 * band it stands under its own output.
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Placed} placed
 */
export function bandsOf(trace, graph, { columns, xs, boxes, lanes, crowded, widths }) {
  const tensors = byId(trace.tensors);
  const bottoms = [...boxes.values()].map((box) => ({
    column: box.column,
    y: box.y + box.size.height + box.kept,
  }));
  for (const [key, lane] of lanes)
    bottoms.push({ column: Number(key.split(" ")[2]), y: lane.y + lane.count * lane.pitch });
  const floor = Math.max(...bottoms.map(({ y }) => y)) + CHIP.below;
  /** @type {Map<number, Band>} */
  const bands = new Map();
  for (const op of graph.ops) {
    const column = outputColumn(op, columns);
    const width = widths.get(column) ?? BAND;
    const room = drawerRoom(column, boxes);
    const alone = !crowded.has(column);
    const output = boxes.get(op.outputs.find((id) => boxes.has(id)) ?? -1);
    const near = bottoms
      .filter((bottom) => bottom.column === column || bottom.column === column - 1)
      .map(({ y }) => y);
    const own = Math.max(...near) + CHIP.below;
    const shared = output ? output.y + output.size.height + output.kept + CHIP.close : own;
    const chipY = !alone ? shared : floor - own < CHIP.level ? floor : own;
    const x1 = xs[column] - room;
    const chip = { chipX: x1 - width / 2, chipY, chipWidth: chipWidth(operationLabel(op, tensors)) };
    bands.set(op.id, { x0: x1 - width, x1, ...chip, alone });
  }
  return bands;
}

/** @param {number} column @param {Map<number, Box>} boxes */
function drawerRoom(column, boxes) {
  const drawn = [...boxes.values()].some((box) => box.column === column && box.drawer);
  return column > 0 && drawn ? DRAWER.width + DRAWER.gap : 0;
}
