/** The order of everything: a finished trace as a flat list of steps, forward operations and backward calls. */

import { formatNumber } from "../format.js";
import { operationLabel } from "./operation-label.js";
import { byId, need } from "./trace-types.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").BackwardCall} BackwardCall
 *
 * @typedef {object} Step
 * @property {"forward" | "seed" | "backward" | "accumulate" | "error"} kind
 * @property {number | null} call   position in trace.backward; null in the forward pass
 * @property {number | null} op     id of the operation; null where none is concerned
 * @property {string} label         short, source-like; empty where the language decides (seed without text, error)
 * @property {number} [derives]    of a forward step: the backward call that ran the operation, under create_graph
 * @property {number[]} reached     tensors whose score is complete with this step and was not before, within the call
 */

/**
 * @param {Trace} trace
 * @returns {Step[]} operations in program order, each backward call after `after_op` operations
 */
export function steps(trace) {
  const tensors = byId(trace.tensors);
  const calls = trace.backward.map((call, position) => ({ call, position }));
  calls.sort((a, b) => a.call.after_op - b.call.after_op || a.position - b.position);
  /** @type {Step[]} */
  const list = [];
  let next = 0;
  trace.ops.forEach((op, position) => {
    for (; next < calls.length && calls[next].call.after_op <= position; next += 1) {
      list.push(...callSteps(trace, calls[next].position));
    }
    const derives = op.derives === null || op.derives === undefined ? {} : { derives: op.derives };
    list.push({
      kind: "forward",
      call: null,
      op: op.id,
      label: operationLabel(op, tensors),
      reached: [],
      ...derives,
    });
  });
  for (; next < calls.length; next += 1) list.push(...callSteps(trace, calls[next].position));
  return list;
}

/**
 * The steps of one backward call: seed, operations as walked, then the accumulation or the stop.
 * @param {Trace} trace
 * @param {number} position
 * @returns {Step[]}
 */
function callSteps(trace, position) {
  const call = trace.backward[position];
  const tensors = byId(trace.tensors);
  const ops = byId(trace.ops);
  const walk = call.order.filter((id) => ops.has(id)).map((id) => need(ops, id));
  const waiting = waitingFor(call, walk);
  /** @param {number[]} ids */
  const complete = (ids) => [...new Set(ids)].filter((id) => waiting.get(id) === 0);
  /** @type {Step[]} */
  const list = [];
  const roots = call.roots.map((root) => root.tensor);
  list.push({ kind: "seed", call: position, op: null, label: seedLabel(call), reached: complete(roots) });
  for (const op of walk) {
    for (const id of op.inputs) waiting.set(id, (waiting.get(id) ?? Number.NaN) - 1);
    const reached = complete(op.inputs);
    list.push({ kind: "backward", call: position, op: op.id, label: operationLabel(op, tensors), reached });
  }
  list.push(...lastSteps(call, position, tensors, ops));
  return list;
}

/**
 * How many uses each scored tensor still waits for. An operation that takes a tensor twice reports twice.
 * @param {BackwardCall} call
 * @param {TraceOp[]} walk
 * @returns {Map<number, number>}
 */
function waitingFor(call, walk) {
  const waiting = new Map(call.scores.map((score) => [score.tensor, 0]));
  for (const op of walk) {
    for (const id of op.inputs) {
      const uses = waiting.get(id);
      if (uses !== undefined) waiting.set(id, uses + 1);
    }
  }
  return waiting;
}

/** @param {BackwardCall} call */
function seedLabel(call) {
  const [root] = call.roots;
  if (call.roots.length !== 1 || root.gradient === null) return "G";
  return root.gradient.length === 1 ? formatNumber(root.gradient[0]) : "G";
}

/**
 * @param {BackwardCall} call
 * @param {number} position
 * @param {Map<number, import("./trace-types.js").TraceTensor>} tensors
 * @param {Map<number, TraceOp>} ops
 * @returns {Step[]}
 */
function lastSteps(call, position, tensors, ops) {
  /** @type {Step[]} */
  const list = [];
  if (call.accumulated.length) {
    const names = call.accumulated.map(
      ({ tensor }) => need(tensors, tensor).name ?? need(tensors, tensor).label,
    );
    const label = `${names.map((name) => `${name}.grad`).join(", ")} +=`;
    list.push({ kind: "accumulate", call: position, op: null, label, reached: [] });
  }
  if (call.error) {
    const op = call.error.op ?? null;
    const label = op !== null && ops.has(op) ? operationLabel(need(ops, op), tensors) : "";
    list.push({ kind: "error", call: position, op, label, reached: [] });
  }
  return list;
}
