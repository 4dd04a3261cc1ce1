/** Scores from edges: the terms that make up one element's score. */

import { toNumber } from "../format.js";
import { hasEdgesOf } from "./more-edges.js";
import { byId, need } from "./trace-types.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").Relation} Relation
 * @typedef {import("./trace-types.js").BackwardCall} BackwardCall
 * @typedef {import("./trace-types.js").Scalar} Scalar
 *
 * @typedef {object} Term  One edge's share of an element's score.
 * @property {number} op
 * @property {Relation} relation
 * @property {number} place       the relation's position in the operation's relations
 * @property {number} edge        position in relation.edges
 * @property {number} tensor      the output tensor that the edge comes back from
 * @property {number} element     its element
 * @property {number | null} upstream  its score; null while it has not arrived
 * @property {number} weight
 * @property {number | null} product
 * @property {number} use         which of the operation's uses of this tensor, from 1
 * @property {number} uses        how many there are
 *
 * @typedef {object} Sum
 * @property {Term[]} terms       in the order of the walk, then by output element
 * @property {number | null} seed what the element was given as part of a root
 * @property {number | null} total  null while any share is missing
 * @property {boolean} complete   false when the trace does not hold all edges
 */

/**
 * What one edge sends back: weight × score, but exactly 0 over an edge of weight 0 of a relation that selects.
 * @param {Pick<Relation, "selects">} relation
 * @param {number} weight
 * @param {number} upstream
 */
export function share(relation, weight, upstream) {
  return relation.selects && weight === 0 ? 0 : weight * upstream;
}

/**
 * The terms of one element's score in one backward call.
 * @param {Trace} trace
 * @param {BackwardCall | null} call   null: weights only, as the forward pass leaves them
 * @param {number[]} opIds             operations that may use the tensor, in the order of the walk
 * @param {number} tensor
 * @param {number} element             flat position
 * @param {Map<number, Scalar[]>} scores  the scores that have arrived
 * @returns {Sum}
 */
export function sumOf(trace, call, opIds, tensor, element, scores) {
  const ops = byId(trace.ops);
  const seed = seedOf(call, tensor, element);
  /** @type {Term[]} */
  const terms = [];
  let complete = true;
  for (const id of opIds) {
    const op = need(ops, id);
    for (const relation of usesOf(op, tensor)) {
      if (call && isIdle(call, op, relation)) continue;
      complete = complete && hasEdgesOf(relation, "input", element);
      terms.push(...edgesOf(op, relation, tensor, element, scores));
    }
  }
  const known =
    complete && terms.every((term) => term.product !== null) && (terms.length > 0 || seed !== null);
  const products = terms.map((term) => term.product ?? 0);
  const final = call?.scores.find((entry) => entry.tensor === tensor)?.values?.[element];
  const total = told([...products, seed ?? 0], scores.get(tensor)?.[element] ?? final);
  return { terms, seed, total: known ? total : null, complete };
}

/** How far weights in float32 may put a sum of products off, relative to the sum of their sizes. */
const ROUNDING = 1e-6;

/**
 * A sum of addends, as the score that the trace tells where both agree up to rounding: terms that cancel are 0, not 2e-9,
 * also while the score is on its way.
 * @param {number[]} addends
 * @param {Scalar | undefined} score
 */
export function told(addends, score) {
  const sum = addends.reduce((total, addend) => total + addend, 0);
  const size = addends.reduce((total, addend) => total + Math.abs(addend), 0);
  const known = toNumber(score);
  if (known === null && Math.abs(sum) <= ROUNDING * size) return 0;
  return known !== null && Math.abs(known - sum) <= ROUNDING * size ? known : sum;
}

/**
 * A walked operation's output that no score came back from, such as an unused chunk.
 * @param {BackwardCall} call
 * @param {TraceOp} op
 * @param {Relation} relation
 */
function isIdle(call, op, relation) {
  const output = op.outputs[relation.output];
  return call.order.includes(op.id) && !call.scores.some((score) => score.tensor === output);
}

/**
 * The relations through which an operation sends a score to this tensor.
 * @param {TraceOp} op
 * @param {number} tensor
 * @returns {Relation[]}
 */
export function usesOf(op, tensor) {
  return op.relations.filter((relation) => relation.carries && op.inputs[relation.input] === tensor);
}

/**
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {number} tensor
 * @param {number} element
 * @param {Map<number, Scalar[]>} scores
 * @returns {Term[]}
 */
function edgesOf(op, relation, tensor, element, scores) {
  const edges = relation.edges;
  if (!edges) return [];
  const positions = [...new Set(usesOf(op, tensor).map((use) => use.input))];
  const place = {
    op: op.id,
    relation,
    place: op.relations.indexOf(relation),
    tensor: op.outputs[relation.output],
  };
  const use = { use: positions.indexOf(relation.input) + 1, uses: positions.length };
  const upstreams = scores.get(place.tensor);
  /** @type {Term[]} */
  const terms = [];
  edges.input.forEach((input, edge) => {
    if (input !== element) return;
    const weight = /** @type {number} */ (toNumber(edges.weight[edge]));
    const upstream = upstreams ? toNumber(upstreams[edges.output[edge]]) : null;
    const product = upstream === null ? null : share(relation, weight, upstream);
    terms.push({ ...place, ...use, edge, element: edges.output[edge], upstream, weight, product });
  });
  return terms;
}

/** @param {BackwardCall | null} call @param {number} tensor @param {number} element */
function seedOf(call, tensor, element) {
  const given = (call?.roots ?? []).filter((root) => root.tensor === tensor && root.gradient !== null);
  if (!given.length) return null;
  return given.reduce((sum, root) => sum + (toNumber(root.gradient?.[element]) ?? 0), 0);
}
