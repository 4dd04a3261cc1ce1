/**
 * A run told with some calls of modules as one operation each: what flows in, what flows out, and the relation between
 * them over all paths. Everything that can be seen of an operation can then be seen of a layer. Nothing is run again.
 */

import { byId, need } from "../trace/trace-types.js";
import { compositeRelation, waysFrom } from "./composite.js";
import { closedModules, moduleName } from "./module-tree.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").TraceModule} TraceModule
 * @typedef {import("../trace/trace-types.js").BackwardCall} BackwardCall
 * @typedef {{op: TraceOp, parts: TraceOp[]}} Layer
 */

/** What the server told, by the operations that are told instead. @type {WeakMap<TraceOp[], Trace>} */
const plain = new WeakMap();
/** @type {WeakMap<TraceModule[], Map<number, Layer>>} */
const kept = new WeakMap();

/** @param {Trace} trace @returns {Trace} as the server told it */
export function plainTrace(trace) {
  return plain.get(trace.ops) ?? trace;
}

/**
 * @param {Trace} trace
 * @param {import("./module-tree.js").Choices} choices
 * @returns {Trace} the same run with every closed module as one operation
 */
export function withModules(trace, choices) {
  const base = plainTrace(trace);
  const closed = closedModules(base, choices);
  const layers = closed.map((module) => layerOf(base, module));
  const named = withNames(base);
  if (!layers.length && named === base.ops) return base;
  const ops = placed(named, layers);
  const owner = new Map(layers.flatMap(({ op, parts }) => parts.map(({ id }) => [id, op.id])));
  const made = new Map(layers.flatMap(({ op }) => op.outputs.map((id) => [id, op.id])));
  const tensors = layers.length
    ? base.tensors.map((tensor) =>
        made.has(tensor.id) ? { ...tensor, op: made.get(tensor.id) ?? null } : tensor,
      )
    : base.tensors;
  const hidden = hiddenIn(layers);
  const backward = base.backward.map((call) => callWith(call, base, ops, owner, hidden));
  const told = { ...base, ops, tensors, backward };
  plain.set(ops, base);
  return told;
}

/**
 * A module of a single operation is that operation under its own name.
 * @param {Trace} trace
 */
function withNames({ ops, modules = [] }) {
  const alone = new Map(modules.filter((module) => module.ops.length === 1).map((own) => [own.ops[0], own]));
  if (!alone.size) return ops;
  return ops.map((op) => {
    const module = alone.get(op.id);
    return module
      ? { ...op, layer: { module: module.id, name: moduleName(module), class: module.class, parts: [] } }
      : op;
  });
}

/** @param {Trace} trace @param {TraceModule} module @returns {Layer} */
function layerOf(trace, module) {
  const modules = trace.modules ?? [];
  const known = kept.get(modules) ?? new Map();
  kept.set(modules, known);
  const layer = known.get(module.id) ?? layerMade(trace, module);
  known.set(module.id, layer);
  return layer;
}

/** @param {Trace} trace @param {TraceModule} module @returns {Layer} */
function layerMade(trace, module) {
  const tensors = byId(trace.tensors);
  const own = new Set(module.ops);
  const parts = trace.ops.filter(({ id }) => own.has(id));
  const made = new Set(parts.flatMap((op) => op.outputs));
  const taken = [...new Set(parts.flatMap((op) => op.inputs))];
  const inputs = taken.filter((id) => !made.has(id) && tensors.has(id) && !need(tensors, id).constant);
  const parameters = new Set((trace.modules ?? []).flatMap((other) => other.parameters));
  inputs.sort((a, b) => Number(parameters.has(a)) - Number(parameters.has(b)));
  const outputs = outputsOf(trace, module, own, made);
  const ways = inputs.map((id) => waysFrom(parts, need(tensors, id)));
  const relations = inputs.flatMap((from, input) =>
    outputs.flatMap(
      (to, output) =>
        compositeRelation(ways[input], need(tensors, from), need(tensors, to), { input, output }) ?? [],
    ),
  );
  const recorded = parts.some((op) => op.grad_fn !== null);
  const ids = parts.map(({ id }) => id);
  // Its last operation's, so that ids keep the program's order.
  const id = ids[ids.length - 1];
  const layer = { module: module.id, name: moduleName(module), class: module.class, parts: ids };
  const op = {
    ...{ id, name: moduleName(module), grad_fn: recorded ? module.class : null, params: {}, inputs, outputs },
    ...{ saved: savedOf(parts, inputs, outputs), relations, span: module.span ?? parts[0].span },
    ...{ module: module.parent, layer },
  };
  return { op, parts };
}

/**
 * What is used elsewhere, and what the module handed back.
 * @param {Trace} trace
 * @param {TraceModule} module
 * @param {Set<number>} own
 * @param {Set<number>} made
 */
function outputsOf(trace, module, own, made) {
  const outside = trace.ops.filter(({ id }) => !own.has(id)).flatMap((op) => op.inputs);
  const roots = trace.backward.flatMap((call) => call.roots.map(({ tensor }) => tensor));
  const told = [...module.outputs, ...outside, ...roots].filter((id) => made.has(id));
  const found = [...new Set(told)].sort((a, b) => a - b);
  return found.length ? found : [...made].slice(-1);
}

/**
 * @typedef {TraceOp["saved"]} Saved
 *
 * Whether the layer keeps values for backward, told by a tensor that the picture shows.
 * @param {TraceOp[]} parts
 * @param {number[]} inputs
 * @param {number[]} outputs
 * @returns {Saved}
 */
function savedOf(parts, inputs, outputs) {
  const ids = parts.flatMap((op) => op.saved.map((one) => ({ ...one, id: savedId(op, one) })));
  const seen = ids.flatMap(({ id, version }) => placeOf(id, version, inputs, outputs));
  return seen.length || !ids.length ? seen : [{ output: 0, version: 0 }];
}

/** @param {number} id @param {number} version @param {number[]} inputs @param {number[]} outputs @returns {Saved} */
function placeOf(id, version, inputs, outputs) {
  if (inputs.includes(id)) return [{ input: inputs.indexOf(id), version }];
  return outputs.includes(id) ? [{ output: outputs.indexOf(id), version }] : [];
}

/** @param {TraceOp} op @param {TraceOp["saved"][number]} saved */
function savedId(op, { input, output }) {
  return input === undefined ? op.outputs[output ?? 0] : op.inputs[input];
}

/** Every layer stands where its last operation stood. @param {TraceOp[]} ops @param {Layer[]} layers */
function placed(ops, layers) {
  const last = new Map(layers.map((layer) => [layer.parts[layer.parts.length - 1].id, layer.op]));
  const inside = new Set(layers.flatMap(({ parts }) => parts.map(({ id }) => id)));
  return ops.flatMap((op) => last.get(op.id) ?? (inside.has(op.id) ? [] : op));
}

/** Tensors that are made and used within layers only. @param {Layer[]} layers */
function hiddenIn(layers) {
  const made = layers.flatMap(({ op, parts }) =>
    parts.flatMap((part) => part.outputs).filter((id) => !op.outputs.includes(id)),
  );
  return new Set(made);
}

/**
 * A call walks a layer when it has walked the last of its operations.
 * @param {BackwardCall} call
 * @param {Trace} base
 * @param {TraceOp[]} ops
 * @param {Map<number, number>} owner
 * @param {Set<number>} hidden
 * @returns {BackwardCall}
 */
function callWith(call, base, ops, owner, hidden) {
  const before = new Set(base.ops.slice(0, call.after_op).map(({ id }) => owner.get(id) ?? id));
  const stopped = call.error?.op ?? null;
  const failed = stopped === null ? null : (owner.get(stopped) ?? stopped);
  const order = call.order.map((id) => owner.get(id) ?? id);
  return {
    ...call,
    after_op: ops.filter(({ id }) => before.has(id)).length,
    order: order.filter((id, i) => order.lastIndexOf(id) === i && id !== failed),
    scores: call.scores.filter(({ tensor }) => !hidden.has(tensor)),
    ...(call.error ? { error: { ...call.error, op: failed } } : {}),
  };
}

/**
 * The operation of a told run that stands for an operation of another telling of the same run.
 * @param {Trace} trace   the one to look in
 * @param {Trace} other   where the operation is from
 * @param {number} id
 * @param {boolean} first  of a layer that is told apart: its first operation instead of its last
 * @returns {number | null}
 */
export function sameOperation(trace, other, id, first) {
  const inside = trace.ops.find((op) => op.layer?.parts.includes(id));
  if (inside) return inside.id;
  const parts = other.ops.find((op) => op.id === id)?.layer?.parts ?? [];
  const wanted = parts.length ? parts[first ? 0 : parts.length - 1] : id;
  const around = trace.ops.find((op) => op.layer?.parts.includes(wanted));
  return around?.id ?? (trace.ops.some((op) => op.id === wanted) ? wanted : null);
}
