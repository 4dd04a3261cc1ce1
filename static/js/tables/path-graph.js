/** The edges of one backward call by the element that they leave, and what all paths from an element come to. */

import { elementCount, toNumber } from "../format.js";
import { share } from "../trace/scores.js";
import { byId } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("../trace/trace-types.js").BackwardCall} BackwardCall
 *
 * @typedef {object} PathEdge   One edge on a path from an element towards the root.
 * @property {number} op
 * @property {number} place     position in the operation's relations
 * @property {number} edge      position in the relation's edges
 * @property {Relation} relation
 * @property {number} tensor    the output tensor that it leads to
 * @property {number} element   its element
 * @property {number} weight
 * @property {number} use       which of the operation's uses of its input, from 1
 * @property {number} uses
 *
 * @typedef {Map<number, PathEdge[][]>} Leaving  by tensor, then element
 *
 * @typedef {object} Reach      Of every element, over all its paths to a root; arrays by tensor.
 * @property {Map<number, Float64Array>} count  how many paths there are
 * @property {Map<number, Float64Array>} best   the largest magnitude of a product
 * @property {Map<number, number[]>} seeds      what the roots were given
 */

/** @type {WeakMap<TraceOp[], Map<string, Leaving | null>>} */
const kept = new WeakMap();

/**
 * @param {Trace} trace
 * @param {BackwardCall} call
 * @returns {Leaving | null} null when the trace does not hold all edges that the call walked
 */
export function leavingEdges(trace, call) {
  const known = kept.get(trace.ops) ?? new Map();
  kept.set(trace.ops, known);
  const key = call.order.join();
  if (!known.has(key)) known.set(key, collect(trace, call));
  return known.get(key) ?? null;
}

/** @param {Trace} trace @param {BackwardCall} call @returns {Leaving | null} */
function collect(trace, call) {
  const ops = byId(trace.ops);
  const scored = new Set(call.scores.map(({ tensor }) => tensor));
  const counts = new Map(trace.tensors.map(({ id, shape }) => [id, elementCount(shape)]));
  /** @type {Leaving} */
  const leaving = new Map();
  for (const op of call.order.map((id) => ops.get(id))) {
    for (const [place, relation] of op?.relations.entries() ?? []) {
      if (!op || !relation.carries || !scored.has(op.outputs[relation.output])) continue;
      if (!relation.edges || !relation.complete) return null;
      const tensor = op.inputs[relation.input];
      const own = leaving.get(tensor) ?? Array.from({ length: counts.get(tensor) ?? 0 }, () => []);
      leaving.set(tensor, own);
      add(own, op, relation, place);
    }
  }
  return leaving;
}

/** @param {PathEdge[][]} own @param {TraceOp} op @param {Relation} relation @param {number} place */
function add(own, op, relation, place) {
  const input = op.inputs[relation.input];
  const carrying = op.relations.filter((other) => other.carries && op.inputs[other.input] === input);
  const positions = [...new Set(carrying.map((other) => other.input))];
  const shared = {
    ...{ op: op.id, place, relation, tensor: op.outputs[relation.output] },
    ...{ use: positions.indexOf(relation.input) + 1, uses: positions.length },
  };
  relation.edges?.weight.forEach((weight, edge) => {
    const element = relation.edges?.output[edge] ?? 0;
    own[relation.edges?.input[edge] ?? 0].push({ ...shared, edge, element, weight: Number(weight) });
  });
}

/**
 * Walks the call once from its roots, so that every path is counted without being listed.
 * @param {Trace} trace
 * @param {BackwardCall} call
 * @param {Leaving} leaving
 * @returns {Reach}
 */
export function reachOf(trace, call, leaving) {
  const ops = byId(trace.ops);
  const seeds = seedsOf(call);
  const counts = new Map(trace.tensors.map(({ id, shape }) => [id, elementCount(shape)]));
  /** @type {Reach} */
  const reach = { count: new Map(), best: new Map(), seeds };
  /** @param {Map<number, Float64Array>} map @param {number} id */
  const of = (map, id) => {
    const known = map.get(id) ?? new Float64Array(counts.get(id) ?? 0);
    map.set(id, known);
    return known;
  };
  for (const [id, values] of seeds) {
    values.forEach((seed, i) => {
      of(reach.count, id)[i] = 1;
      of(reach.best, id)[i] = sizeOf(seed);
    });
  }
  for (const id of call.order) {
    for (const input of new Set(ops.get(id)?.inputs)) {
      const [count, best] = [of(reach.count, input), of(reach.best, input)];
      for (const [element, edges] of (leaving.get(input) ?? []).entries())
        for (const edge of edges) {
          if (edge.op !== id) continue;
          count[element] += of(reach.count, edge.tensor)[edge.element];
          best[element] = Math.max(best[element], stretch(edge, of(reach.best, edge.tensor)[edge.element]));
        }
    }
  }
  return reach;
}

/** @param {BackwardCall} call */
function seedsOf(call) {
  /** @type {Map<number, number[]>} */
  const seeds = new Map();
  for (const { tensor, gradient } of call.roots) {
    if (!gradient) continue;
    const before = seeds.get(tensor);
    seeds.set(
      tensor,
      gradient.map((value, i) => (toNumber(value) ?? 0) + (before?.[i] ?? 0)),
    );
  }
  return seeds;
}

/**
 * How large a product can be with one more edge.
 * @param {PathEdge} edge
 * @param {number} size
 */
export function stretch({ relation, weight }, size) {
  return sizeOf(share(relation, weight, size));
}

/** What is not a number might be anything. @param {number} value */
function sizeOf(value) {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.abs(value);
}
