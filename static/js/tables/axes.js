/** Which rows and columns of a Jacobian are shown, and in which order. */

import { hasEdgesOf } from "../trace/more-edges.js";
import { unitsOf } from "../loops/units.js";

/**
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("./jacobian.js").Asked} Asked
 * @typedef {import("./jacobian.js").Jacobian} Jacobian
 */

const SMALL = 6;
const TILES = 16;
const HEAT = 64;

/** @param {{columns: number[], rows: number[]}} axes @returns {import("./jacobian.js").Detail} */
export function detailOf({ columns, rows }) {
  const most = Math.max(columns.length, rows.length);
  return most <= SMALL ? "numbers" : most <= TILES ? "tiles" : most <= HEAT ? "heat" : "beyond";
}

/**
 * @param {Relation[]} uses
 * @param {number[]} sizes
 * @param {Asked} asked
 * @returns {Pick<Jacobian, "columns" | "rows" | "breaks" | "view" | "choosable" | "part">}
 */
export function axesOf(uses, sizes, asked) {
  const units = unitsOf(uses);
  if (uses.some(({ complete }) => !complete)) return partial(uses, units, asked);
  const small = asked.run === undefined && sizes.every((size) => size <= SMALL);
  const view = asked.view ?? (small ? "full" : "run");
  const apart = units.columns.size < sizes[0] || units.rows.size < sizes[1];
  const choosable = units.count > 1 || apart;
  const [columns, rows] = sizes.map((size) => Array.from({ length: size }, (_, i) => i));
  const none = { columns: new Set(), rows: new Set() };
  if (view === "full") return { columns, rows, breaks: none, view, choosable, part: false };
  if (view === "run") return { ...runOf(units, asked), breaks: none, view, choosable, part: false };
  const grouped = { columns: byRun(columns, units.columns), rows: byRun(rows, units.rows) };
  const breaks = {
    columns: breaksOf(grouped.columns, units.columns),
    rows: breaksOf(grouped.rows, units.rows),
  };
  return { ...grouped, breaks, view, choosable, part: false };
}

/**
 * Of a relation that was not sent whole: a run whose edges are all there, else the selected column or row alone.
 * @param {Relation[]} uses
 * @param {import("../loops/units.js").Units} units
 * @param {Asked} asked
 */
function partial(uses, units, asked) {
  const none = { columns: new Set(), rows: new Set() };
  const shared = { breaks: none, view: /** @type {const} */ ("run"), choosable: false };
  const run = runOf(units, asked);
  /** @param {number} column */
  const known = (column) => uses.every((use) => hasEdgesOf(use, "input", column));
  const full = run.columns.length >= uses[0].units.inputs && run.columns.every(known);
  if (full) return { ...run, ...shared, part: false };
  const { column, row } = asked;
  /** @param {"input" | "output"} side @param {number} element @param {"input" | "output"} other */
  const ends = (side, element, other) =>
    uses.flatMap(({ edges }) => edges?.[other].filter((_, i) => edges[side][i] === element) ?? []);
  /** @param {number[]} elements */
  const sorted = (elements) => [...new Set(elements)].sort((a, b) => a - b);
  const axes =
    column !== null
      ? { columns: [column], rows: sorted(ends("input", column, "output")) }
      : { columns: sorted(ends("output", row ?? -1, "input")), rows: row === null ? [] : [row] };
  return { ...axes, ...shared, part: true };
}

/**
 * The run that is shown on the canvas, else that of the selected element.
 * @param {import("../loops/units.js").Units} units
 * @param {Asked} asked
 */
function runOf(units, { column, row, run }) {
  const own = column !== null ? units.columns.get(column) : row !== null ? units.rows.get(row) : 0;
  const chosen = run ?? own;
  const alone = column !== null && chosen === undefined ? { columns: [column], rows: [] } : null;
  const wanted = Math.min(chosen ?? 0, units.count - 1);
  /** @param {Map<number, number>} runs */
  const members = (runs) =>
    [...runs]
      .filter(([, number]) => number === wanted)
      .map(([element]) => element)
      .sort((a, b) => a - b);
  return alone ?? { columns: members(units.columns), rows: members(units.rows) };
}

/** Elements run by run; those without an edge come last. @param {number[]} axis @param {Map<number, number>} runs */
function byRun(axis, runs) {
  /** @param {number} element */
  const run = (element) => runs.get(element) ?? Number.POSITIVE_INFINITY;
  return [...axis].sort((a, b) => (run(a) === run(b) ? a - b : run(a) < run(b) ? -1 : 1));
}

/** @param {number[]} axis @param {Map<number, number>} runs */
function breaksOf(axis, runs) {
  return new Set(axis.map((_, i) => i).filter((i) => i > 0 && runs.get(axis[i]) !== runs.get(axis[i - 1])));
}
