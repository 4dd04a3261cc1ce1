/** The Jacobian between any two tensors: the ways from one to the other, and the table of the server's answer. */

import { detailOf } from "./axes.js";
import { cancelled } from "../why/cancelling.js";
import { elementCount } from "../format.js";
import { jacobianOf, margins } from "./jacobian.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("./jacobian.js").Jacobian} Jacobian
 * @typedef {{op: number, from: number, to: number, carries: boolean}} Hop  one operation, from one tensor to another
 * @typedef {{input: number[], output: number[], weight: Scalar[]}} Edges
 */

const MOST = 24;

/**
 * Every hop that an operation makes, by the tensor that it leaves.
 * @param {Trace} trace
 * @returns {Map<number, Hop[]>}
 */
function hopsFrom(trace) {
  /** @type {Map<number, Hop[]>} */
  const leaving = new Map();
  for (const op of trace.ops) {
    for (const { input, output, carries } of op.relations) {
      const [from, to] = [op.inputs[input], op.outputs[output]];
      const known = leaving.get(from) ?? [];
      const same = known.find((hop) => hop.op === op.id && hop.to === to);
      if (same) same.carries ||= carries;
      else known.push({ op: op.id, from, to, carries });
      leaving.set(from, known);
    }
  }
  return leaving;
}

/**
 * The ways from one tensor to another, hop by hop, shortest first; 24 at most.
 * @param {Trace} trace
 * @param {number} from
 * @param {number} to
 * @returns {Hop[][]}
 */
export function waysBetween(trace, from, to) {
  const leaving = hopsFrom(trace);
  const useful = reaching(leaving, to);
  /** @type {Hop[][]} */
  const found = [];
  /** @type {Hop[][]} */
  const open = [[]];
  while (open.length && found.length < MOST) {
    const way = /** @type {Hop[]} */ (open.shift());
    const at = way.length ? way[way.length - 1].to : from;
    if (at === to && way.length) found.push(way);
    else
      for (const hop of leaving.get(at) ?? [])
        if (useful.has(hop.to) && open.length < MOST) open.push([...way, hop]);
  }
  return found;
}

/**
 * Tensors that lead to this one, itself included.
 * @param {Map<number, Hop[]>} leaving
 * @param {number} to
 */
function reaching(leaving, to) {
  const hops = [...leaving.values()].flat();
  const found = new Set([to]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const hop of hops) if (found.has(hop.to)) found.add(hop.from);
  }
  return found;
}

/**
 * The tensors that a way leads to from this one, in order of creation.
 * @param {Trace} trace
 * @param {number} from
 * @returns {Set<number>}
 */
export function reachedFrom(trace, from) {
  const found = new Set([from]);
  for (const op of trace.ops)
    for (const { input, output } of op.relations)
      if (found.has(op.inputs[input])) found.add(op.outputs[output]);
  found.delete(from);
  return found;
}

/**
 * The tables on a way, first operation first; null where one is not at hand or sends no score.
 * @param {Trace} trace
 * @param {Hop[]} way
 * @returns {Jacobian[] | null}
 */
export function tablesOn(trace, way) {
  const shapes = new Map(trace.tensors.map((tensor) => [tensor.id, tensor.shape]));
  const tables = way.map(({ op, from, to }) => {
    const found = trace.ops.find(({ id }) => id === op);
    const asked = { input: from, output: to, column: null, row: null, view: /** @type {const} */ ("full") };
    return found ? jacobianOf(found, shapes, asked, new Map()) : null;
  });
  return tables.every((table) => table !== null) ? tables : null;
}

/**
 * The composite relation as a table with margins.
 * @param {Trace} trace
 * @param {{from: number, to: number, edges: Edges}} answer
 * @param {Map<number, Scalar[]>} scores  that have arrived
 * @returns {Jacobian}
 */
export function compositeTable(trace, { from, to, edges }, scores) {
  const count = (/** @type {number} */ id) =>
    elementCount(trace.tensors.find((t) => t.id === id)?.shape ?? []);
  const columns = Array.from({ length: count(from) }, (_, i) => i);
  const rows = Array.from({ length: count(to) }, (_, i) => i);
  const detail = detailOf({ columns, rows });
  if (detail === "beyond") return { ...BARE, input: from, output: to, columns, rows, detail };
  /** @type {(number | null)[][]} */
  const given = rows.map(() => columns.map(() => null));
  edges.weight.forEach((weight, i) => {
    given[edges.output[i]][edges.input[i]] = Number(weight);
  });
  const between = reaching(hopsFrom(trace), to);
  const cells = cancelled(trace, { from, to, columns: columns.length, between }, given);
  const axes = { columns, rows };
  const sides = margins({ selects: false }, { input: from, output: to }, axes, cells, scores);
  const joined = cells.map((row) => row.map(() => []));
  return { ...BARE, input: from, output: to, ...axes, detail, cells, joined, ...sides };
}

/** A table that belongs to no single operation. @type {Omit<Jacobian, "input" | "output" | "columns" | "rows" | "detail">} */
const BARE = {
  ...{ op: -1, cells: [], joined: [], v: [], foot: [], selected: null, selectedRow: null },
  ...{ breaks: { columns: new Set(), rows: new Set() }, view: "full", whole: true, units: 1 },
  ...{ choosable: false, part: false, gone: false, merged: [] },
};
