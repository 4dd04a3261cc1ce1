/** Which operations and tensors belong to the picture of a step: one backward call's graph at a time. */

import { byId, need } from "../trace/trace-types.js";
import { writtenOver } from "./versions.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").BackwardCall} BackwardCall
 * @typedef {import("../trace/steps.js").Step} Step
 *
 * @typedef {object} Member  A tensor in the picture.
 * @property {TraceTensor} tensor
 * @property {"input" | "output" | "middle" | "grey"} role
 * @property {boolean} [folded]   a card whatever its size
 * @property {boolean} written    an operation of the picture writes into it, which makes its next version
 *
 * @typedef {object} Graph
 * @property {string} key          the same key means the same picture
 * @property {number | null} call  the backward call that it belongs to
 * @property {TraceOp[]} ops       in program order
 * @property {Member[]} members    in order of creation
 * @property {number[]} roots
 * @property {number[]} walk       all operations of the call as the walk meets them, also those not shown
 * @property {boolean} [alone]     one operation has the room for itself
 * @property {boolean} [narrow]    bands as narrow as can be: operations are named elsewhere, given scores stand in their nodes only
 * @property {boolean} [bare]      without the drawers of its leaves
 * @property {number} total        how many operations the call has
 * @property {number[]} [entries]  of a region: tensors that reach it from its left
 * @property {number[]} [exits]    of a region: tensors that leave it to its right
 */

const SEGMENT_OPS = 48;
const LONE = 6;
const WINDOW = { size: 48, stride: 32, margin: 8 };

/**
 * The graph of step k. A forward step shows the graph of the call that will walk its operation, so that nothing moves
 * when the backward pass begins; an operation that no call walks is shown with what it was computed from.
 * @param {Trace} trace
 * @param {Step | null} step
 * @returns {Graph | null} null when the program made no operation and no call
 */
export function graphAt(trace, step) {
  if (step && step.call !== null) return callGraph(trace, step.call, anchorOf(trace, step));
  const first = step?.op ?? trace.ops[0]?.id ?? null;
  const position = trace.ops.findIndex((op) => op.id === first);
  const next = trace.backward.findIndex((call) => call.after_op > position);
  if (next >= 0 && (first === null || !step || callOps(trace, trace.backward[next]).has(first)))
    return callGraph(trace, next, first);
  return first === null ? loneGraph(trace) : forwardGraph(trace, first);
}

/** The leaves of a program that failed before it computed anything with them. @param {Trace} trace @returns {Graph | null} */
function loneGraph(trace) {
  const leaves = trace.tensors.filter(({ name, constant }) => name !== null && !constant).slice(0, LONE);
  if (!trace.error || !leaves.length) return null;
  const members = leaves.map((tensor) => ({
    tensor,
    role: /** @type {Member["role"]} */ (tensor.requires_grad ? "input" : "grey"),
    written: false,
  }));
  return { key: "lone", call: null, ops: [], members, roots: [], walk: [], total: 0 };
}

/**
 * The operation that a step of a call is about: its own, else the end of the walk that it belongs to.
 * @param {Trace} trace
 * @param {Step} step
 */
function anchorOf(trace, step) {
  const { order } = trace.backward[/** @type {number} */ (step.call)];
  return step.op ?? order.at(step.kind === "accumulate" ? -1 : 0) ?? null;
}

/**
 * @param {Trace} trace
 * @param {number} position
 * @param {number | null} anchor  the operation to show if not all can be shown
 * @returns {Graph}
 */
function callGraph(trace, position, anchor) {
  const call = trace.backward[position];
  const whole = callOps(trace, call);
  const stretch = windowOf(
    [...whole].sort((a, b) => a - b),
    anchor,
  );
  const chosen = new Set(stretch.ops);
  const roots = call.roots.map((root) => root.tensor);
  const scored = new Set(call.scores.map((score) => score.tensor));
  const graph = build(trace, `call ${position} from ${stretch.start}`, position, chosen, roots, scored);
  return { ...graph, walk: walkOf(call, whole), total: whole.size };
}

/**
 * At most 48 neighbouring operations, in windows that overlap, so that a step moves within one as long as it can.
 * @param {number[]} ops  in program order
 * @param {number | null} anchor
 */
function windowOf(ops, anchor) {
  if (ops.length <= WINDOW.size) return { start: 0, ops };
  const at = Math.max(0, anchor === null ? ops.length - 1 : ops.indexOf(anchor));
  const wanted = Math.floor(at / WINDOW.stride) * WINDOW.stride - WINDOW.margin;
  const start = Math.max(0, Math.min(ops.length - WINDOW.size, wanted));
  return { start, ops: ops.slice(start, start + WINDOW.size) };
}

/**
 * All operations of a call as the walk meets them; those it did not reach come last, latest first.
 * @param {BackwardCall} call
 * @param {Set<number>} whole
 */
function walkOf(call, whole) {
  const walked = call.order.filter((id) => whole.has(id));
  const missed = [...whole].filter((id) => !call.order.includes(id)).sort((a, b) => b - a);
  return [...walked, ...missed];
}

/**
 * The operations that a call walks; of a call that stopped, also those it would have walked.
 * @param {Trace} trace
 * @param {BackwardCall} call
 * @returns {Set<number>}
 */
function callOps(trace, call) {
  const present = byId(trace.ops);
  const chosen = new Set(call.order.filter((id) => present.has(id)));
  if (call.error) {
    const roots = call.roots.map((root) => root.tensor);
    // Where there is no way back, what stands in it is shown: operations that recorded nothing.
    const carrying = call.error.hint?.code !== "no-grad-fn";
    for (const id of ancestors(trace, roots, carrying)) chosen.add(id);
  }
  return chosen;
}

/**
 * Operations behind these tensors.
 * @param {Trace} trace
 * @param {number[]} from      ids of tensors
 * @param {boolean} carrying   only through relations that carry a score
 * @returns {Set<number>}
 */
function ancestors(trace, from, carrying) {
  const tensors = byId(trace.tensors);
  const ops = byId(trace.ops);
  /** @type {Set<number>} */
  const found = new Set();
  const stack = [...from];
  while (stack.length) {
    const made = tensors.get(/** @type {number} */ (stack.pop()))?.op;
    const op = made === null || made === undefined ? undefined : ops.get(made);
    if (!op || found.has(op.id) || (carrying && op.grad_fn === null)) continue;
    found.add(op.id);
    stack.push(...op.inputs);
  }
  return found;
}

/**
 * An operation outside every call, with the operations of its own stretch that led to it or that follow from it.
 * @param {Trace} trace
 * @param {number} id
 * @returns {Graph}
 */
function forwardGraph(trace, id) {
  const position = trace.ops.findIndex((op) => op.id === id);
  const bounds = trace.backward.map((call) => call.after_op);
  const start = Math.max(0, ...bounds.filter((bound) => bound <= position));
  const end = Math.min(trace.ops.length, ...bounds.filter((bound) => bound > position));
  const stretch = trace.ops.slice(start, end);
  const chosen = connected(stretch, trace.ops[position]);
  const key = `forward ${Math.min(...chosen)} ${chosen.size}`;
  return build(trace, key, null, chosen, [], new Set());
}

/**
 * @param {TraceOp[]} stretch
 * @param {TraceOp} seed
 * @returns {Set<number>} ids of the operations that share tensors with the seed, directly or through others
 */
function connected(stretch, seed) {
  const chosen = new Set([seed.id]);
  const touched = new Set([...seed.inputs, ...seed.outputs]);
  for (let grew = true; grew && chosen.size < SEGMENT_OPS; ) {
    grew = false;
    for (const op of stretch) {
      const near = [...op.inputs, ...op.outputs].some((tensor) => touched.has(tensor));
      if (chosen.has(op.id) || !near || chosen.size >= SEGMENT_OPS) continue;
      chosen.add(op.id);
      for (const tensor of [...op.inputs, ...op.outputs]) touched.add(tensor);
      grew = true;
    }
  }
  return chosen;
}

/**
 * @param {Trace} trace
 * @param {string} key
 * @param {number | null} call
 * @param {Set<number>} chosen
 * @param {number[]} roots
 * @param {Set<number>} scored
 * @returns {Graph}
 */
export function build(trace, key, call, chosen, roots, scored) {
  const tensors = byId(trace.tensors);
  const ops = trace.ops.filter((op) => chosen.has(op.id));
  const consumed = new Set(ops.flatMap((op) => op.inputs));
  const made = new Set(ops.flatMap((op) => usedOutputs(op, consumed, scored, roots)));
  const shown = ops.length ? roots.filter((id) => consumed.has(id) || made.has(id)) : roots;
  const ids = [...new Set([...consumed, ...made, ...shown])]
    .filter((id) => tensors.has(id))
    .sort((a, b) => a - b);
  const written = new Set(ops.map((op) => writtenOver(op, tensors)));
  const members = ids.map((id) => ({
    tensor: need(tensors, id),
    role: roleOf(need(tensors, id), ops, made),
    written: written.has(id),
  }));
  const walk = ops.map((op) => op.id).reverse();
  return { key, call, ops, members, roots, walk, total: ops.length };
}

/**
 * Outputs that the picture needs: those with a score, those used further, the roots; else the first.
 * @param {TraceOp} op
 * @param {Set<number>} consumed
 * @param {Set<number>} scored
 * @param {number[]} roots
 */
function usedOutputs(op, consumed, scored, roots) {
  const used = op.outputs.filter((id) => consumed.has(id) || scored.has(id) || roots.includes(id));
  return used.length ? used : op.outputs.slice(0, 1);
}

/**
 * Role belongs to the operation: blue to the one that uses the tensor, green to the one that made it, both in between.
 * Grey is what no score is ever sent to.
 * @param {TraceTensor} tensor
 * @param {TraceOp[]} ops
 * @param {Set<number>} made
 * @returns {Member["role"]}
 */
function roleOf(tensor, ops, made) {
  const users = ops.filter((op) => op.inputs.includes(tensor.id));
  const carried = users.some((op) => op.relations.some((r) => r.carries && op.inputs[r.input] === tensor.id));
  if (!tensor.requires_grad && !carried) return "grey";
  if (!made.has(tensor.id)) return users.length ? "input" : "output";
  return users.length ? "middle" : "output";
}
