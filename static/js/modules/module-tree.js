/** The calls of modules in a run: which are inside which, what they are called, and which are told as one operation. */

import { shortName } from "../trace/tensor-name.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceModule} TraceModule
 * @typedef {Record<number, boolean>} Choices  by module call: what the reader folded (true) or unfolded (false)
 */

/** A program with more operations in modules than this opens with its layers folded. */
const OPEN = 8;
const NAME = 14;

/**
 * The module calls that can be folded: they ran several operations that the trace describes.
 * @param {Pick<Trace, "ops" | "modules">} trace
 * @returns {TraceModule[]}
 */
export function foldable({ ops, modules = [] }) {
  const known = new Set(ops.map(({ id }) => id));
  return modules.filter((module) => module.ops.filter((id) => known.has(id)).length > 1);
}

/**
 * What is one chip: the outermost of those that are folded.
 * @param {Pick<Trace, "ops" | "modules">} trace
 * @param {Choices} choices
 * @returns {TraceModule[]}
 */
export function closedModules(trace, choices) {
  const all = new Map((trace.modules ?? []).map((module) => [module.id, module]));
  const deep = foldable(trace);
  const many = new Set(deep.flatMap((module) => module.ops)).size > OPEN;
  const closed = deep.filter((module) => choices[module.id] ?? (many && byItself(module, deep)));
  const ids = new Set(closed.map(({ id }) => id));
  return closed.filter((module) => !around(module, all).some(({ id }) => ids.has(id)));
}

/**
 * A layer folds by itself: what stands in the outermost module, and an outermost one that holds no other.
 * @param {TraceModule} module
 * @param {TraceModule[]} deep
 */
function byItself(module, deep) {
  if (module.parent !== null) return true;
  return !deep.some(({ parent }) => parent === module.id);
}

/** The module calls around one, innermost first. @param {TraceModule} module @param {Map<number, TraceModule>} all */
export function around(module, all) {
  /** @type {TraceModule[]} */
  const found = [];
  for (let at = parentOf(module, all); at; at = parentOf(at, all)) found.push(at);
  return found;
}

/** @param {TraceModule} module @param {Map<number, TraceModule>} all */
function parentOf({ parent }, all) {
  return parent === null ? undefined : all.get(parent);
}

/** "net.0"; a long name keeps its end; what nobody named is called by its class. @param {TraceModule} module */
export function moduleName(module) {
  return shortName(module.name ?? module.class, NAME);
}

/** "net.0 · Linear" @param {TraceModule} module */
export function moduleTitle(module) {
  return module.name === null ? module.class : `${moduleName(module)} · ${module.class}`;
}

/** "net.0 · Linear" of a call that is told as one operation. @param {TraceOp} op */
export function layerTitle({ layer }) {
  if (!layer) return null;
  return layer.name === layer.class ? layer.class : `${layer.name} · ${layer.class}`;
}
