/** The open modules of a picture: which operations a frame holds, and how frames nest. */

import { around, moduleTitle } from "./module-tree.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 *
 * @typedef {object} Frame
 * @property {number} module
 * @property {string} title        "net.0 · Linear"
 * @property {string} full         the whole name
 * @property {number[]} ops        of the picture, those of inner frames included
 * @property {number | null} parent  the frame around it
 * @property {number} [derives]    instead of a module: the backward call that ran the operations, under create_graph
 */

/**
 * Frames of module calls that are told apart and hold several operations of their picture, outer ones first.
 * @param {Trace} trace
 * @param {TraceOp[]} ops  of the picture
 * @returns {Frame[]}
 */
export function framesOf(trace, ops) {
  const all = new Map((trace.modules ?? []).map((module) => [module.id, module]));
  /** @type {Map<number, number[]>} */
  const held = new Map();
  for (const op of ops) {
    for (const module of chain(op, all)) held.set(module.id, [...(held.get(module.id) ?? []), op.id]);
  }
  const shown = [...held.keys()].filter((id) => (all.get(id)?.ops.length ?? 0) > 1).sort((a, b) => a - b);
  const layers = shown.map((id) => {
    const module = /** @type {import("../trace/trace-types.js").TraceModule} */ (all.get(id));
    const parent = around(module, all).find((outer) => shown.includes(outer.id));
    const full = module.name === null ? module.class : `${module.name} · ${module.class}`;
    return {
      module: id,
      title: moduleTitle(module),
      full,
      ops: held.get(id) ?? [],
      parent: parent?.id ?? null,
    };
  });
  return [...derivedFrames(ops), ...layers];
}

/** The operations that a call under create_graph ran: its own graph. @param {TraceOp[]} ops @returns {Frame[]} */
function derivedFrames(ops) {
  const calls = [...new Set(ops.flatMap(({ derives }) => derives ?? []))];
  return calls.map((derives) => {
    const own = ops.filter((op) => op.derives === derives).map(({ id }) => id);
    return { module: -1 - derives, title: "", full: "", ops: own, parent: null, derives };
  });
}

/**
 * The calls that an operation ran in, innermost first; a layer's own call is not around it.
 * @param {TraceOp} op
 * @param {Map<number, import("../trace/trace-types.js").TraceModule>} all
 */
function chain({ module, layer }, all) {
  const own = module === null || module === undefined ? undefined : all.get(module);
  if (!own) return [];
  const calls = [own, ...around(own, all)];
  return layer && own.id === layer.module ? calls.slice(1) : calls;
}
