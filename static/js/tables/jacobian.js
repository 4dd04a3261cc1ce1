/** One operation's Jacobian with respect to one input, as a table with margins: v at the right, JᵀV at the foot. */

import { axesOf, detailOf } from "./axes.js";
import { elementCount, toNumber } from "../format.js";
import { share, told, usesOf } from "../trace/scores.js";

/**
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {"run" | "full" | "grouped"} View  one run of the loop; everything in torch's row-major order; everything, run by run
 * @typedef {"numbers" | "tiles" | "heat" | "beyond"} Detail  what there is room for
 * @typedef {{relation: number, edge: number}} Place  positions in the operation's relations and in their edges
 *
 * @typedef {object} Asked   What the reader looks at.
 * @property {number} input            tensor of the columns
 * @property {number} [output]         tensor of the rows; the first that the input reaches when left out
 * @property {number | null} column    selected input element
 * @property {number | null} row       selected output element
 * @property {number} [run]            which run is shown on the canvas, if only one is
 * @property {View | null} view        null: everything if it is small and on the canvas, else one run
 *
 * @typedef {object} Jacobian
 * @property {number} op
 * @property {number} input        tensor of the columns
 * @property {number} output       tensor of the rows
 * @property {number[]} columns    input elements
 * @property {number[]} rows       output elements
 * @property {(number | null)[][]} cells  by row, column; null where no edge joins the two; empty beyond all sizes
 * @property {Place[][][]} joined  the edges behind each cell
 * @property {(number | null)[]} v        scores of the rows; null while they have not arrived
 * @property {(number | null)[]} foot     what the columns receive from this operation
 * @property {number | null} selected     position of the selected element in columns
 * @property {number | null} selectedRow  position of the selected element in rows
 * @property {{columns: Set<number>, rows: Set<number>}} breaks  positions where the next run begins, when grouped
 * @property {View} view
 * @property {Detail} detail
 * @property {boolean} whole       the table holds all of both tensors, else one run
 * @property {number} units        how many runs there are
 * @property {boolean} choosable   one run and the whole are not the same table
 * @property {boolean} part        only the selected column or row: other edges of its run were not sent
 * @property {boolean} gone        the saved values that gave the weights are gone
 * @property {number[]} merged     weights of the parallel edges of the selected cell, when one operand is used several times
 */

/**
 * @param {TraceOp} op
 * @param {Map<number, number[]>} shapes  by tensor
 * @param {Asked} asked
 * @param {Map<number, Scalar[]>} scores
 * @returns {Jacobian | null} null when the operation sends nothing to that tensor or the edges are not at hand
 */
export function jacobianOf(op, shapes, asked, scores) {
  const { input } = asked;
  const first = usesOf(op, input).find(
    (use) => asked.output === undefined || op.outputs[use.output] === asked.output,
  );
  if (!first) return null;
  const output = op.outputs[first.output];
  const uses = usesOf(op, input).filter((use) => op.outputs[use.output] === output);
  if (uses.some((use) => use.edges === null)) return null;
  const sizes = [input, output].map((id) => elementCount(shapes.get(id) ?? []));
  const axes = axesOf(uses, sizes, asked);
  const detail = detailOf(axes);
  const { cells, joined } = detail === "beyond" ? NONE : fill(op, uses, axes);
  const { v, foot } =
    detail === "beyond" ? MARGINLESS : margins(first, { input, output }, axes, cells, scores);
  return {
    ...{ op: op.id, input, output, ...axes, detail, cells, joined, v, foot },
    ...{ selected: position(axes.columns, asked.column), selectedRow: position(axes.rows, asked.row) },
    whole: axes.columns.length === sizes[0] && axes.rows.length === sizes[1],
    units: first.units.count,
    gone: false,
    merged: mergedWeights(uses, asked.column, asked.row),
  };
}

/** @type {Pick<Jacobian, "cells" | "joined">} */
const NONE = { cells: [], joined: [] };
/** @type {Pick<Jacobian, "v" | "foot">} */
const MARGINLESS = { v: [], foot: [] };

/** @param {number[]} axis @param {number | null} element */
function position(axis, element) {
  const at = element === null ? -1 : axis.indexOf(element);
  return at < 0 ? null : at;
}

/** @param {TraceOp} op @param {Relation[]} uses @param {{columns: number[], rows: number[]}} axes */
function fill(op, uses, { rows, columns }) {
  const rowAt = new Map(rows.map((row, i) => [row, i]));
  const columnAt = new Map(columns.map((column, i) => [column, i]));
  /** @type {(number | null)[][]} */
  const cells = rows.map(() => columns.map(() => null));
  /** @type {Place[][][]} */
  const joined = rows.map(() => columns.map(() => []));
  for (const use of uses) {
    const relation = op.relations.indexOf(use);
    use.edges?.weight.forEach((weight, edge) => {
      const row = rowAt.get(use.edges?.output[edge] ?? -1);
      const column = columnAt.get(use.edges?.input[edge] ?? -1);
      if (row === undefined || column === undefined) return;
      cells[row][column] = (cells[row][column] ?? 0) + Number(weight);
      joined[row][column].push({ relation, edge });
    });
  }
  return { cells, joined };
}

/**
 * @param {Pick<Relation, "selects">} relation
 * @param {{input: number, output: number}} ends
 * @param {{columns: number[], rows: number[]}} axes
 * @param {(number | null)[][]} cells
 * @param {Map<number, Scalar[]>} scores
 */
export function margins(relation, { input, output }, { columns, rows }, cells, scores) {
  const arrived = scores.get(output);
  const v = rows.map((row) => (arrived ? toNumber(arrived[row]) : null));
  const foot = columns.map((column, c) => footOf(relation, cells, v, c, scores.get(input)?.[column]));
  return { v, foot };
}

/**
 * @param {Pick<Relation, "selects">} relation
 * @param {(number | null)[][]} cells
 * @param {(number | null)[]} v
 * @param {number} column
 * @param {Scalar | undefined} score  of the column's element
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

/** @param {Relation[]} uses @param {number | null} column @param {number | null} row */
function mergedWeights(uses, column, row) {
  if (uses.length < 2 || (column === null && row === null)) return [];
  /** @param {number} input @param {number} output */
  const chosen = (input, output) => (column === null || input === column) && (row === null || output === row);
  const first =
    uses[0].edges?.input.findIndex((input, i) => chosen(input, uses[0].edges?.output[i] ?? -1)) ?? -1;
  if (first < 0) return [];
  const [at, to] = [uses[0].edges?.input[first], uses[0].edges?.output[first]];
  return uses.flatMap(({ edges }) => {
    const edge = edges?.input.findIndex((input, i) => input === at && edges.output[i] === to) ?? -1;
    return edge < 0 || !edges ? [] : [Number(edges.weight[edge])];
  });
}
