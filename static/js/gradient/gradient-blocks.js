/** The gradient read by outputs: what each number of the root hands out, ∂o/∂X as a matrix of X's shape, times its cell of G. */

import { elementCount, toNumber } from "../format.js";
import { recompute } from "../trace/recompute.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {{tensor: number, element: number}} Place
 *
 * @typedef {object} Block
 * @property {number} element   of the root
 * @property {number} factor    its cell of G
 * @property {number[]} cells   ∂o/∂X, flat
 *
 * @typedef {object} Blocks
 * @property {number} call
 * @property {number} root
 * @property {number} input     X
 * @property {number[]} shape   of X
 * @property {number[]} rootShape
 * @property {Block[]} blocks
 * @property {Scalar[]} sums    the score of X: all blocks, each times its factor
 */

const MOST = { blocks: 12, cells: 16 };

/** What does not depend on G. @type {WeakMap<Trace["ops"], Map<string, number[][] | null>>} */
const kept = new WeakMap();

/**
 * @param {Trace} trace
 * @param {number} call      position in trace.backward
 * @param {number} root      id
 * @param {Place | null} selection  its tensor is X, where the call reached it
 * @returns {Blocks | null} null where they would be too many, or the trace has not all edges
 */
export function gradientBlocks(trace, call, root, selection) {
  const backward = trace.backward[call];
  const tensors = byId(trace.tensors);
  const { shape: rootShape } = need(tensors, root);
  const given = backward.roots.find(({ tensor }) => tensor === root)?.gradient;
  const input = inputOf(trace, call, root, selection);
  if (!given || input === null || elementCount(rootShape) > MOST.blocks) return null;
  const rows = rowsOf(trace, call, root, input);
  const sums = backward.scores.find(({ tensor }) => tensor === input)?.values;
  if (!rows || !sums) return null;
  const blocks = rows.map((cells, element) => ({ element, factor: toNumber(given[element]) ?? 0, cells }));
  return { call, root, input, shape: need(tensors, input).shape, rootShape, blocks, sums };
}

/**
 * The selected tensor, else the first that the call books: small enough to be written out.
 * @param {Trace} trace
 * @param {number} call
 * @param {number} root
 * @param {Place | null} selection
 */
function inputOf(trace, call, root, selection) {
  const { scores, accumulated } = trace.backward[call];
  const tensors = byId(trace.tensors);
  const wanted = [selection?.tensor, ...accumulated.map(({ tensor }) => tensor)];
  const fits = wanted.find(
    (id) =>
      id !== undefined &&
      id !== root &&
      scores.some(({ tensor }) => tensor === id) &&
      elementCount(need(tensors, id).shape) <= MOST.cells,
  );
  return fits ?? null;
}

/**
 * The Jacobian row by row: the call walked once for each number of the root, that number alone counting.
 * @param {Trace} trace
 * @param {number} call
 * @param {number} root
 * @param {number} input
 * @returns {number[][] | null}
 */
function rowsOf(trace, call, root, input) {
  const own = kept.get(trace.ops) ?? new Map();
  kept.set(trace.ops, own);
  const key = `${call} ${root} ${input}`;
  if (!own.has(key)) own.set(key, walkedRows(trace, call, root, input));
  return own.get(key) ?? null;
}

/** @param {Trace} trace @param {number} call @param {number} root @param {number} input */
function walkedRows(trace, call, root, input) {
  const backward = trace.backward[call];
  const tensors = byId(trace.tensors);
  const count = elementCount(need(tensors, root).shape);
  /** @type {number[][]} */
  const rows = [];
  for (let element = 0; element < count; element += 1) {
    const alone = backward.roots.map(({ tensor }) => {
      const zeros = new Array(elementCount(need(tensors, tensor).shape)).fill(0);
      return /** @type {const} */ ([tensor, tensor === root ? zeros.with(element, 1) : zeros]);
    });
    const row = recompute(trace, backward, new Map(alone))?.scores.get(input);
    if (!row) return null;
    rows.push(row);
  }
  return rows;
}

/**
 * What another G would give, without making it the one that is shown.
 * @param {Blocks} blocks
 * @param {number[]} values  of G
 * @returns {number[]} of X
 */
export function resultOf({ blocks, sums }, values) {
  return sums.map((_, i) => {
    const total = blocks.reduce((sum, { cells, element }) => sum + cells[i] * values[element], 0);
    return Number(total.toPrecision(7));
  });
}
