/** One operation's Jacobian with respect to one input, as a table with margins: v at the right, JᵀV at the foot. */

import { elementCount, toNumber } from "./format.js";
import { share, told, usesOf } from "./scores.js";

/**
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").Relation} Relation
 * @typedef {import("./trace-types.js").Scalar} Scalar
 *
 * @typedef {object} Jacobian
 * @property {number} op
 * @property {number} input        tensor of the columns
 * @property {number} output       tensor of the rows
 * @property {number[]} columns    input elements
 * @property {number[]} rows       output elements
 * @property {(number | null)[][]} cells  by row, column; null where no edge joins the two
 * @property {(number | null)[]} v        scores of the rows; null while they have not arrived
 * @property {(number | null)[]} foot     what the columns receive from this operation
 * @property {number | null} selected     position of the selected element in columns
 * @property {boolean} whole       the table holds all of both tensors, else one unit
 * @property {number} units        how many units there are
 * @property {boolean} gone        the saved values that gave the weights are gone
 * @property {number[]} merged     weights of the parallel edges of the selected cell, when one operand is used several times
 */

const SMALL = 6;

/**
 * @param {TraceOp} op
 * @param {number} input                  tensor
 * @param {Map<number, number[]>} shapes  by tensor
 * @param {number | null} element         selected input element; null for none
 * @param {Map<number, Scalar[]>} scores
 * @returns {Jacobian | null} null when the operation sends nothing to that tensor or the edges are not at hand
 */
export function jacobianOf(op, input, shapes, element, scores) {
  const [first] = usesOf(op, input);
  if (!first) return null;
  const output = op.outputs[first.output];
  const uses = usesOf(op, input).filter((use) => op.outputs[use.output] === output);
  if (uses.some((use) => use.edges === null)) return null;
  const sizes = [input, output].map((id) => elementCount(shapes.get(id) ?? []));
  const whole = sizes.every((size) => size <= SMALL);
  const { columns, rows } = whole ? everything(sizes) : unitOf(uses, element);
  const cells = fill(uses, rows, columns);
  const arrived = scores.get(output);
  const v = rows.map((row) => (arrived ? toNumber(arrived[row]) : null));
  const foot = columns.map((_, c) => footOf(first, cells, v, c, scores.get(input)?.[columns[c]]));
  const selected = element === null ? -1 : columns.indexOf(element);
  const place = { op: op.id, input, output, columns, rows, cells, v, foot, whole };
  const merged = mergedWeights(uses, element);
  return {
    ...place,
    selected: selected < 0 ? null : selected,
    units: first.units.count,
    gone: false,
    merged,
  };
}

/** @param {number[]} sizes */
function everything([columns, rows]) {
  return {
    columns: Array.from({ length: columns }, (_, i) => i),
    rows: Array.from({ length: rows }, (_, i) => i),
  };
}

/**
 * The elements that edges join with the selected one, directly or through others; the first unit without a selection.
 * @param {Relation[]} uses
 * @param {number | null} element
 */
function unitOf(uses, element) {
  const edges = uses[0].edges ?? { input: [], output: [], weight: [] };
  const columns = new Set([element ?? edges.input[0] ?? 0]);
  /** @type {Set<number>} */
  const rows = new Set();
  for (let grew = true; grew; ) {
    grew = false;
    for (let i = 0; i < edges.input.length; i += 1) {
      const [column, row] = [edges.input[i], edges.output[i]];
      if (columns.has(column) === rows.has(row)) continue;
      columns.add(column);
      rows.add(row);
      grew = true;
    }
  }
  /** @param {Set<number>} set */
  const sorted = (set) => [...set].sort((a, b) => a - b);
  return { columns: sorted(columns), rows: sorted(rows) };
}

/** @param {Relation[]} uses @param {number[]} rows @param {number[]} columns */
function fill(uses, rows, columns) {
  const rowAt = new Map(rows.map((row, i) => [row, i]));
  const columnAt = new Map(columns.map((column, i) => [column, i]));
  /** @type {(number | null)[][]} */
  const cells = rows.map(() => columns.map(() => null));
  for (const { edges } of uses) {
    edges?.weight.forEach((weight, i) => {
      const row = rowAt.get(edges.output[i]);
      const column = columnAt.get(edges.input[i]);
      if (row !== undefined && column !== undefined)
        cells[row][column] = (cells[row][column] ?? 0) + Number(weight);
    });
  }
  return cells;
}

/**
 * @param {Relation} relation
 * @param {(number | null)[][]} cells
 * @param {(number | null)[]} v
 * @param {number} column
 * @param {Scalar | undefined} score  what the trace tells of the column's element, if it has come
 */
function footOf(relation, cells, v, column, score) {
  const shares = [];
  for (let row = 0; row < v.length; row += 1) {
    const weight = cells[row][column];
    const upstream = v[row];
    if (weight === null) continue;
    if (upstream === null) return null;
    shares.push(share(relation, weight, upstream));
  }
  return told(shares, score);
}

/** @param {Relation[]} uses @param {number | null} element */
function mergedWeights(uses, element) {
  if (uses.length < 2 || element === null) return [];
  const first = uses[0].edges?.input.indexOf(element) ?? -1;
  const row = first < 0 ? -1 : (uses[0].edges?.output[first] ?? -1);
  return uses.flatMap(({ edges }) => {
    const at = edges?.input.findIndex((input, i) => input === element && edges.output[i] === row) ?? -1;
    return at < 0 || !edges ? [] : [Number(edges.weight[at])];
  });
}
