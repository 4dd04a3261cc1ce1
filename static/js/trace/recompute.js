/** The page's own backward pass: every score of a call from edges and root gradients, in the tensors' own precision. */

import { elementCount } from "../format.js";
import { rounded } from "../gradient/float-text.js";
import { share } from "./scores.js";
import { byId, need } from "./trace-types.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("./trace-types.js").Relation} Relation
 * @typedef {import("./trace-types.js").BackwardCall} BackwardCall
 * @typedef {Map<number, number[]>} Scores  by tensor
 *
 * @typedef {object} Walk
 * @property {Map<number, TraceTensor>} tensors
 * @property {Scores} scores
 * @property {boolean} exact  nothing was rounded yet, so that every order of adding gives the same digits
 */

/** A sum this much smaller than its terms together is their rounding: terms that cancel give 0. */
const CANCELLED = 1e-7;
/** Multiples of 1/GRAIN whose sizes add up to less than PLENTY are added without rounding in float32, in any order. */
const GRAIN = 4096;
const PLENTY = 2048;

/**
 * `gradients` replaces the roots' own. Products are added as a fused multiply-add does, in the order of the outputs;
 * shares of several operations are added in the order of the walk. Where a kernel adds in another order, the last bit may
 * be another one: `exact` says that this cannot be.
 * @param {Trace} trace
 * @param {BackwardCall} call
 * @param {Scores} [gradients] by tensor
 * @returns {{scores: Scores, exact: boolean} | null} null when edges or gradients are missing
 */
export function recompute(trace, call, gradients = new Map()) {
  const ops = byId(trace.ops);
  /** @type {Walk} */
  const walk = { tensors: byId(trace.tensors), scores: new Map(), exact: true };
  const { scores } = walk;
  for (const { tensor } of call.scores) scores.set(tensor, []);
  for (const root of call.roots) {
    const gradient = gradients.get(root.tensor) ?? root.gradient?.map(Number);
    if (!gradient || !scores.has(root.tensor)) return null;
    add(walk, need(walk.tensors, root.tensor), gradient);
  }
  if (!call.order.every((id) => sendBack(walk, need(ops, id)))) return null;
  return [...scores.values()].every((values) => values.length) ? walk : null;
}

/**
 * One operation's hop: each of its uses of a tensor adds its share.
 * @param {Walk} walk
 * @param {TraceOp} op
 * @returns {boolean} false when an edge is missing
 */
function sendBack(walk, op) {
  for (const [position, id] of op.inputs.entries()) {
    const uses = op.relations.filter((relation) => isWalked(walk, op, relation, position));
    if (!uses.length) continue;
    const input = need(walk.tensors, id);
    const given = shareOf(walk, op, uses, input);
    if (!given) return false;
    add(walk, input, given);
  }
  return true;
}

/** @param {Walk} walk @param {TraceOp} op @param {Relation} relation @param {number} position */
function isWalked({ scores }, op, relation, position) {
  const ends = scores.has(op.inputs[position]) && scores.has(op.outputs[relation.output]);
  return relation.input === position && relation.carries && ends;
}

/**
 * @param {Walk} walk
 * @param {TraceOp} op
 * @param {Relation[]} uses  to the outputs, of one use of the input
 * @param {TraceTensor} input
 * @returns {number[] | null} null when an edge is missing
 */
function shareOf(walk, op, uses, { shape, dtype }) {
  const sums = new Float64Array(elementCount(shape));
  const sizes = new Float64Array(sums.length);
  const begun = new Uint8Array(sums.length);
  for (const relation of uses) {
    const edges = relation.edges;
    const from = walk.scores.get(op.outputs[relation.output]) ?? [];
    if (!edges || !relation.complete) return null;
    for (const [edge, into] of edges.input.entries()) {
      const weight = rounded(Number(edges.weight[edge]), dtype);
      const product = share(relation, weight, from[edges.output[edge]]);
      // A first product is taken as it is: a zero keeps its sign, and PyTorch prints -0.
      sums[into] = rounded(begun[into] ? sums[into] + product : product, dtype);
      begun[into] = 1;
      sizes[into] += Math.abs(product);
      walk.exact &&= isPlain(weight) && isPlain(product);
    }
  }
  walk.exact &&= sizes.every((size) => size < PLENTY);
  return Array.from(sums, (sum, i) => (Math.abs(sum) < CANCELLED * sizes[i] ? 0 : sum));
}

/** @param {number} value */
function isPlain(value) {
  return Number.isInteger(value * GRAIN);
}

/** @param {Walk} walk @param {TraceTensor} tensor @param {number[]} given */
function add(walk, { id, dtype }, given) {
  const own = walk.scores.get(id) ?? [];
  const sums = given.map((value, i) => rounded(own.length ? own[i] + value : value, dtype));
  walk.exact &&= sums.every((sum) => isPlain(sum) && Math.abs(sum) < PLENTY);
  walk.scores.set(id, sums);
}
