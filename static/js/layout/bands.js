/** The bands between columns, one left of each: as wide as what stands under them, and where the operation chips go. */

import { operationLabel } from "../operation-label.js";
import { byId } from "../trace-types.js";
import { outputColumn } from "./columns.js";

/**
 * @typedef {import("../trace-types.js").Trace} Trace
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Box} Box
 *
 * @typedef {{x0: number, x1: number, chipX: number, chipY: number, chipWidth: number, alone: boolean}} Band  Between an operation's columns.
 */

export const BAND = 104;
export const DRAWER = { width: 96, gap: 30 };
const CHIP = { icon: 60, letter: 8.5, least: 96, air: 12, gradFn: 7.3 };

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
    widths.set(column, Math.max(widths.get(column) ?? BAND, chip + CHIP.air, name + CHIP.air));
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
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Map<number, number>} columns
 * @param {number[]} xs
 * @param {Map<number, Box>} boxes
 * @param {Set<number>} crowded
 * @param {Map<number, number>} widths
 */
export function bandsOf(trace, graph, columns, xs, boxes, crowded, widths) {
  const tensors = byId(trace.tensors);
  const floor = Math.max(...[...boxes.values()].map((box) => box.y + box.size.height));
  /** @type {Map<number, Band>} */
  const bands = new Map();
  for (const op of graph.ops) {
    const column = outputColumn(op, columns);
    const x1 = xs[column];
    const width = widths.get(column) ?? BAND;
    const room = drawerRoom(column, boxes);
    const chipX = x1 - width / 2 - room;
    const near = [...op.inputs, ...op.outputs].map((id) => boxes.get(id)).filter((box) => box !== undefined);
    const output = boxes.get(op.outputs.find((id) => boxes.has(id)) ?? -1);
    const alone = !crowded.has(column);
    const below = alone ? near : output ? [output] : near;
    const own = Math.max(...below.map((box) => box.y + box.size.height)) + (alone ? 40 : 18);
    const chipY = alone && floor + 40 - own < 130 ? floor + 40 : own;
    bands.set(op.id, {
      x0: x1 - width - room,
      x1: x1 - room,
      chipX,
      chipY,
      chipWidth: chipWidth(operationLabel(op, tensors)),
      alone,
    });
  }
  return bands;
}

/** @param {number} column @param {Map<number, Box>} boxes */
function drawerRoom(column, boxes) {
  const drawn = [...boxes.values()].some((box) => box.column === column && box.drawer);
  return column > 0 && drawn ? DRAWER.width + DRAWER.gap : 0;
}
