/** How large the terms were that added up to each number between two tensors: where they cancel, rounding is not a result. */

import { elementCount } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 */

/** As far as weights in float32 may be off, relative to the sum of the terms' sizes. */
const ROUNDING = 1e-6;

/**
 * @param {Trace} trace
 * @param {number} from
 * @param {number} to
 * @param {Set<number>} between  tensors on the ways, both ends included
 * @returns {Float64Array | null} row-major, to × from; null when an edge on the way is not at hand
 */
function sizesOfTerms(trace, from, to, between) {
  const counts = new Map(trace.tensors.map(({ id, shape }) => [id, elementCount(shape)]));
  const rows = counts.get(to) ?? 0;
  /** @type {Map<number, Float64Array>} */
  const sizes = new Map();
  /** @param {number} id */
  const of = (id) => {
    const known = sizes.get(id) ?? new Float64Array(rows * (counts.get(id) ?? 0));
    sizes.set(id, known);
    return known;
  };
  for (let i = 0; i < rows; i += 1) of(to)[i * rows + i] = 1;
  for (const op of [...trace.ops].reverse()) {
    for (const relation of op.relations) {
      const [input, output] = [op.inputs[relation.input], op.outputs[relation.output]];
      if (!between.has(input) || !sizes.has(output)) continue;
      if (!relation.edges || !relation.complete) return null;
      pass(relation, of(output), of(input), rows);
    }
  }
  return of(from);
}

/** @param {Relation} relation @param {Float64Array} later @param {Float64Array} earlier @param {number} rows */
function pass({ edges }, later, earlier, rows) {
  const [wide, narrow] = [later.length / rows, earlier.length / rows];
  edges?.weight.forEach((weight, i) => {
    const size = Math.abs(Number(weight));
    for (let row = 0; row < rows; row += 1)
      earlier[row * narrow + edges.input[i]] += later[row * wide + edges.output[i]] * size;
  });
}

/**
 * The weights with those that are nothing but rounding as 0.
 * @param {Trace} trace
 * @param {{from: number, to: number, columns: number, between: Set<number>}} place
 * @param {(number | null)[][]} cells
 */
export function cancelled(trace, { from, to, columns, between }, cells) {
  const sizes = sizesOfTerms(trace, from, to, between);
  if (!sizes) return cells;
  return cells.map((row, r) =>
    row.map((weight, c) =>
      weight !== null && Math.abs(weight) <= ROUNDING * sizes[r * columns + c] ? 0 : weight,
    ),
  );
}
