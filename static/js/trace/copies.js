/**
 * Broadcasting in two steps: first every use of an element gets a copy of its own (×1), then the operation is
 * one-to-one; backward the copies' scores come back and are summed. The trace is told as if the program had written
 * `b.expand(…)`; nothing is run again.
 */

import { elementCount } from "../format.js";
import { share } from "./scores.js";
import { byId, need } from "./trace-types.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("./trace-types.js").Relation} Relation
 * @typedef {import("./trace-types.js").BackwardCall} BackwardCall
 *
 * @typedef {object} Copy   One operand of one operation, spread out.
 * @property {TraceOp} copy      the operation that makes the copies
 * @property {TraceTensor} ghost what it makes
 * @property {Relation} rest     what is left of the operand's relation: one edge per copy
 * @property {number} user       the operation that uses them
 *
 * @typedef {object} Opening
 * @property {TraceOp[]} ops
 * @property {TraceTensor[]} tensors
 * @property {Copy[]} copies
 * @property {Pick<Trace, "ops" | "tensors">} plain  what the server told
 */

/** More copies than this are no picture any more. */
const MOST = 64;

/** @type {WeakMap<TraceOp[], Opening>} by the plain operations, which live edits of a gradient share */
const openings = new WeakMap();
/** @type {WeakMap<TraceOp[], Opening>} by the opened ones */
const opened = new WeakMap();

/** @param {Trace} trace */
export function isOpened(trace) {
  return opened.has(trace.ops);
}

/**
 * Whether one of these operations spreads an operand over its output.
 * @param {Trace} trace
 * @param {TraceOp[]} ops
 */
export function spreads(trace, ops) {
  const tensors = byId(trace.tensors);
  return ops.some((op) => op.relations.some((relation) => isSpread(op, relation, tensors)));
}

/** @param {Trace} trace @returns {Trace} the same run with every broadcast operand in two steps */
export function withCopies(trace) {
  if (isOpened(trace)) return trace;
  const opening = openings.get(trace.ops) ?? openingOf(trace);
  openings.set(trace.ops, opening);
  opened.set(opening.ops, opening);
  const { ops, tensors, copies } = opening;
  const backward = trace.backward.map((call) => callWith(call, trace, copies));
  return { ...trace, ops, tensors, backward };
}

/** @param {Trace} trace @returns {Trace} as the server told it */
export function withoutCopies(trace) {
  const opening = opened.get(trace.ops);
  if (!opening) return trace;
  const made = new Set(opening.copies.map(({ copy }) => copy.id));
  const ghosts = new Set(opening.copies.map(({ ghost }) => ghost.id));
  const backward = trace.backward.map((call) => ({
    ...call,
    after_op: call.after_op - opening.ops.slice(0, call.after_op).filter(({ id }) => made.has(id)).length,
    order: call.order.filter((id) => !made.has(id)),
    scores: call.scores.filter(({ tensor }) => !ghosts.has(tensor)),
  }));
  return { ...trace, ...opening.plain, backward };
}

/** @param {Trace} trace @returns {Opening} */
function openingOf(trace) {
  const known = byId(trace.tensors);
  const next = {
    op: Math.max(-1, ...trace.ops.map(({ id }) => id)) + 1,
    tensor: Math.max(-1, ...trace.tensors.map(({ id }) => id)) + 1,
  };
  /** @type {Copy[]} */
  const copies = [];
  const ops = trace.ops.flatMap((op) => {
    const own = op.relations
      .filter((relation) => isSpread(op, relation, known))
      .map((relation) => copyOf(op, relation, known, next));
    copies.push(...own);
    return [...own.map(({ copy }) => copy), own.length ? withOperands(op, own) : op];
  });
  const tensors = [...trace.tensors, ...copies.map(({ ghost }) => ghost)];
  return { ops, tensors, copies, plain: { ops: trace.ops, tensors: trace.tensors } };
}

/**
 * An operand whose elements each meet several outputs, while every output meets one of them.
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {Map<number, TraceTensor>} tensors
 */
function isSpread(op, relation, tensors) {
  const { edges, complete, carries, structure } = relation;
  if (!edges || !complete || !carries || structure !== "elementwise" || edges.output.length > MOST)
    return false;
  const [from, to] = [tensors.get(op.inputs[relation.input]), tensors.get(op.outputs[relation.output])];
  if (!from || !to) return false;
  const outputs = elementCount(to.shape);
  const each = edges.output.length === outputs && new Set(edges.output).size === outputs;
  return each && elementCount(from.shape) < outputs;
}

/**
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {Map<number, TraceTensor>} tensors
 * @param {{op: number, tensor: number}} next  free ids, used up here
 * @returns {Copy}
 */
function copyOf(op, relation, tensors, next) {
  const from = need(tensors, op.inputs[relation.input]);
  const to = need(tensors, op.outputs[relation.output]);
  const edges = /** @type {NonNullable<Relation["edges"]>} */ (relation.edges);
  const source = new Map(edges.output.map((output, i) => [output, edges.input[i]]));
  const places = Array.from(source.keys()).sort((a, b) => a - b);
  const inputs = places.map((place) => source.get(place) ?? 0);
  const id = { op: next.op++, tensor: next.tensor++ };
  const values = from.values && inputs.map((input) => /** @type {any[]} */ (from.values)[input]);
  const ghost = {
    ...from,
    ...{ id: id.tensor, name: null, label: from.name ?? from.label, shape: to.shape, values },
    ...{ version: 0, is_leaf: false, op: id.op, grad: null, span: op.span, ghost: from.id },
  };
  const spread = {
    ...{ input: 0, output: 0, carries: true, selects: false, structure: "rearrangement", complete: true },
    ...{ kind: "one-to-many", units: unitsOf(inputs), edge_count: places.length },
    edges: { input: inputs, output: places, weight: places.map(() => 1) },
    local: "\\frac{\\partial o_i}{\\partial x_j} = 1",
    symbols: [{ where: "all", tex: "1" }],
  };
  const copy = {
    ...{ id: id.op, name: "copy", grad_fn: op.grad_fn === null ? null : "ExpandBackward0", params: {} },
    ...{ inputs: [from.id], outputs: [ghost.id], saved: [], relations: [spread], span: op.span },
  };
  const rest = {
    ...relation,
    kind: "one-to-one",
    units: { count: places.length, inputs: 1, outputs: 1 },
    edges: { input: [...edges.output], output: [...edges.output], weight: edges.weight },
  };
  return { copy, ghost, rest, user: op.id };
}

/** @param {number[]} inputs */
function unitsOf(inputs) {
  const count = new Set(inputs).size;
  return { count, inputs: 1, outputs: inputs.length / Math.max(1, count) };
}

/** @param {TraceOp} op @param {Copy[]} copies @returns {TraceOp} */
function withOperands(op, copies) {
  const at = new Map(copies.map((copy) => [copy.rest.input, copy]));
  return {
    ...op,
    inputs: op.inputs.map((id, i) => at.get(i)?.ghost.id ?? id),
    relations: op.relations.map((relation) => at.get(relation.input)?.rest ?? relation),
  };
}

/**
 * A call that walks the copies right after the operation that uses them.
 * @param {BackwardCall} call
 * @param {Trace} trace
 * @param {Copy[]} copies
 * @returns {BackwardCall}
 */
function callWith(call, trace, copies) {
  const earlier = new Set(trace.ops.slice(0, call.after_op).map(({ id }) => id));
  const walked = new Set(call.order);
  const scored = new Map(call.scores.map(({ tensor, values }) => [tensor, values]));
  const reached = copies.filter(({ user }) => walked.has(user));
  return {
    ...call,
    after_op: call.after_op + copies.filter(({ user }) => earlier.has(user)).length,
    order: call.order.flatMap((id) => [
      id,
      ...reached.filter(({ user }) => user === id).map(({ copy }) => copy.id),
    ]),
    scores: [...call.scores, ...reached.flatMap((copy) => ghostScores(copy, trace, scored))],
  };
}

/**
 * @param {Copy} copy
 * @param {Trace} trace
 * @param {Map<number, import("./trace-types.js").Scalar[] | null>} scored
 * @returns {BackwardCall["scores"]}
 */
function ghostScores({ ghost, rest, user }, trace, scored) {
  const op = need(byId(trace.ops), user);
  const from = scored.get(op.outputs[rest.output]);
  if (!from || !rest.edges) return [];
  /** @type {number[]} */
  const values = new Array(elementCount(ghost.shape)).fill(0);
  rest.edges.output.forEach((output, i) => {
    values[output] = share(rest, Number(rest.edges?.weight[i]), Number(from[output]));
  });
  return [{ tensor: ghost.id, values }];
}
