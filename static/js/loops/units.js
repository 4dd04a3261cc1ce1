/** The runs of an operation's loop: which inputs and outputs its edges join, directly or through others. */

/**
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 *
 * @typedef {object} Units
 * @property {number} count
 * @property {Map<number, number>} columns  run of each input element that has an edge, from 0
 * @property {Map<number, number>} rows     run of each output element that has an edge, from 0
 *
 * @typedef {object} Unit  One run; flat positions, ascending.
 * @property {number[]} inputs
 * @property {number[]} outputs
 */

/** Edges may still come to a relation, so what is kept counts for as many as there were. @type {WeakMap<Relation, {size: number, units: Units}>} */
const kept = new WeakMap();

/**
 * Runs are numbered in the order of the outputs that they make.
 * @param {Relation[]} uses  relations of one operation between the same two tensors, edges at hand
 * @returns {Units}
 */
export function unitsOf(uses) {
  const size = uses.reduce((sum, { edges }) => sum + (edges?.input.length ?? 0), 0);
  const known = kept.get(uses[0]);
  if (known?.size === size) return known.units;
  const units = numbered(uses, joinAll(uses));
  kept.set(uses[0], { size, units });
  return units;
}

/**
 * Each element of either side leads towards one that stands for its whole run: inputs as even, outputs as odd numbers.
 * @param {Relation[]} uses
 * @returns {(node: number) => number}
 */
function joinAll(uses) {
  /** @type {Map<number, number>} */
  const parent = new Map();
  /** @param {number} node */
  const top = (node) => {
    let at = node;
    for (let next = parent.get(at); next !== undefined; next = parent.get(at)) at = next;
    if (at !== node) parent.set(node, at);
    return at;
  };
  for (const { edges } of uses) {
    edges?.input.forEach((input, i) => {
      const [a, b] = [top(2 * input), top(2 * edges.output[i] + 1)];
      if (a !== b) parent.set(b, a);
    });
  }
  return top;
}

/** @param {Relation[]} uses @param {(node: number) => number} top @returns {Units} */
function numbered(uses, top) {
  /** @type {Map<number, number>} */
  const numbers = new Map();
  /** @type {Units} */
  const units = { count: 0, columns: new Map(), rows: new Map() };
  for (const { edges } of uses) {
    edges?.input.forEach((input, i) => {
      const own = top(2 * input);
      const number = numbers.get(own) ?? numbers.size;
      numbers.set(own, number);
      units.columns.set(input, number);
      units.rows.set(edges.output[i], number);
    });
  }
  return { ...units, count: numbers.size };
}

/**
 * The elements of every run.
 * @param {Units} units
 * @returns {Unit[]}
 */
export function unitList({ count, columns, rows }) {
  /** @type {Unit[]} */
  const list = Array.from({ length: count }, () => ({ inputs: [], outputs: [] }));
  for (const [element, run] of columns) list[run].inputs.push(element);
  for (const [element, run] of rows) list[run].outputs.push(element);
  for (const { inputs, outputs } of list) {
    inputs.sort((a, b) => a - b);
    outputs.sort((a, b) => a - b);
  }
  return list;
}
