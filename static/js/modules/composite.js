/** Several operations as one: the edges between two of their tensors, summed over all paths, in the shape of a relation. */

import { elementCount, toNumber } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 *
 * @typedef {Map<number, number>} Row  by element of the start: the sum over its paths
 * @typedef {object} Ways              What the start reaches.
 * @property {Map<number, Map<number, Row>>} rows  by tensor, then element
 * @property {Map<number, boolean>} reached        by tensor: whether a score comes back on some way
 * @property {Set<number>} unknown                 tensors on the ways to which not all edges are at hand
 * @property {boolean} selects
 */

/** More edges than this are not multiplied out in the page. */
const MOST = 20_000;

/**
 * @param {TraceOp[]} ops     in program order
 * @param {TraceTensor} from  one of their inputs
 * @returns {Ways}
 */
export function waysFrom(ops, from) {
  const carried = walked(ops, from, true);
  return [...carried.reached.values()].filter(Boolean).length > 1 ? carried : walked(ops, from, false);
}

/** @param {TraceOp[]} ops @param {TraceTensor} from @param {boolean} carrying  only ways on which a score comes back @returns {Ways} */
function walked(ops, from, carrying) {
  const count = elementCount(from.shape);
  const start = new Map(Array.from({ length: count }, (_, i) => [i, new Map([[i, 1]])]));
  /** @type {Ways} */
  const ways = {
    rows: new Map([[from.id, start]]),
    reached: new Map([[from.id, true]]),
    unknown: new Set(),
    selects: false,
  };
  for (const op of ops) for (const relation of op.relations) follow(ways, op, relation, carrying);
  return ways;
}

/** @param {Ways} ways @param {TraceOp} op @param {Relation} relation @param {boolean} carrying */
function follow(ways, op, relation, carrying) {
  const [from, to] = [op.inputs[relation.input], op.outputs[relation.output]];
  const carried = ways.reached.get(from);
  if (carried === undefined) return;
  ways.reached.set(to, Boolean(ways.reached.get(to)) || (carried && relation.carries));
  if (carrying && !relation.carries) return;
  ways.selects ||= relation.selects;
  const rows = ways.rows.get(from) ?? new Map();
  if (ways.unknown.has(from) || !relation.edges || !relation.complete || costOf(relation, rows) > MOST)
    ways.unknown.add(to);
  else ways.rows.set(to, extended(ways.rows.get(to) ?? new Map(), rows, relation.edges));
}

/** @param {Relation} relation @param {Map<number, Row>} rows */
function costOf({ edges }, rows) {
  return (edges?.input ?? []).reduce((sum, input) => sum + (rows.get(input)?.size ?? 0), 0);
}

/**
 * Every path goes one edge further; paths that meet are added.
 * @param {Map<number, Row>} into
 * @param {Map<number, Row>} rows
 * @param {NonNullable<Relation["edges"]>} edges
 */
function extended(into, rows, edges) {
  edges.input.forEach((input, i) => {
    const before = rows.get(input);
    if (!before) return;
    const own = into.get(edges.output[i]) ?? new Map();
    into.set(edges.output[i], own);
    const weight = toNumber(edges.weight[i]) ?? 0;
    for (const [element, product] of before)
      own.set(element, (own.get(element) ?? 0) + stretched(product, weight));
  });
  return into;
}

/** A path of weight 0 stays one, whatever else is on it. @param {number} product @param {number} weight */
function stretched(product, weight) {
  return product === 0 || weight === 0 ? 0 : product * weight;
}

/**
 * The relation between the start and what it reaches; null where it does not reach.
 * @param {Ways} ways
 * @param {TraceTensor} from
 * @param {TraceTensor} to
 * @param {{input: number, output: number}} place  positions among inputs and outputs
 * @returns {Relation | null}
 */
export function compositeRelation(ways, from, to, place) {
  const carries = ways.reached.get(to.id);
  if (carries === undefined) return null;
  const known = !ways.unknown.has(to.id);
  const edges = known ? edgesOf(ways.rows.get(to.id) ?? new Map()) : null;
  const shared = { ...place, carries, selects: ways.selects, structure: "composite", symbols: [] };
  return {
    ...shared,
    kind: edges && kindOf(edges),
    units: edges
      ? unitsOf(edges)
      : { count: 1, inputs: elementCount(from.shape), outputs: elementCount(to.shape) },
    edge_count: edges ? edges.weight.length : elementCount(from.shape) * elementCount(to.shape),
    complete: known,
    edges,
    local: LOCAL,
  };
}

/** The rule of a whole layer: over all paths through it, the products of their weights. */
const LOCAL =
  "\\frac{\\partial o_i}{\\partial x_j} = \\sum_{\\text{paths}} \\; \\prod_{\\text{edges}} \\frac{\\partial b}{\\partial a}";

/** Ordered by output, then input. @param {Map<number, Row>} rows @returns {NonNullable<Relation["edges"]>} */
function edgesOf(rows) {
  const ordered = [...rows].sort(([a], [b]) => a - b);
  const triples = ordered.flatMap(([output, row]) =>
    [...row]
      .sort(([a], [b]) => a - b)
      .map(([input, weight]) => ({ input, output, weight: scalarOf(weight) })),
  );
  return {
    input: triples.map(({ input }) => input),
    output: triples.map(({ output }) => output),
    weight: triples.map(({ weight }) => weight),
  };
}

/** As the server writes numbers. @param {number} value @returns {Scalar} */
function scalarOf(value) {
  return Number.isFinite(value) ? value : String(value);
}

/** @param {NonNullable<Relation["edges"]>} edges */
function kindOf({ input, output }) {
  if (!input.length) return null;
  const many = new Set(output).size < output.length;
  const spread = new Set(input).size < input.length;
  return `${many ? "many" : "one"}-to-${spread ? "many" : "one"}`;
}

/** Connected groups: how many, and the sizes of the first. @param {NonNullable<Relation["edges"]>} edges */
function unitsOf({ input, output }) {
  /** @type {Map<string, string>} */
  const above = new Map();
  /** @param {string} name */
  const top = (name) => {
    let at = name;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next;
    return at;
  };
  input.forEach((from, i) => {
    const [a, b] = [top(`i${from}`), top(`o${output[i]}`)];
    if (a !== b) above.set(b, a);
  });
  const names = [...new Set([...input.map((i) => `i${i}`), ...output.map((o) => `o${o}`)])];
  const first = names.length ? top(names[0]) : "";
  const own = names.filter((name) => top(name) === first);
  return {
    count: new Set(names.map(top)).size,
    inputs: own.filter((name) => name.startsWith("i")).length,
    outputs: own.filter((name) => name.startsWith("o")).length,
  };
}
