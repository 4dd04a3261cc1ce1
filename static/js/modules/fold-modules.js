/** What the reader can do about modules: fold a call to one operation, unfold it, and both for all at once. */

import { withoutCopies } from "../trace/copies.js";
import { steps as stepsOf } from "../trace/steps.js";
import { plainTrace, sameOperation, withModules } from "./folded-trace.js";
import { foldable } from "./module-tree.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 */

/** @param {Trace} trace @returns {Trace} as the server told it */
export function toldTrace(trace) {
  return plainTrace(withoutCopies(trace));
}

/**
 * @param {Store} store
 * @param {number[]} modules  ids of calls
 * @param {boolean} fold
 */
export function foldModules(store, modules, fold) {
  const { trace, modules: before } = store.get();
  if (!trace) return;
  const told = toldTrace(trace);
  // What is inside a module that is told apart stays as it was; the same layer of every repetition goes along.
  const names = new Set(modules.map((id) => (told.modules ?? []).find((module) => module.id === id)?.name));
  const same = (told.modules ?? []).filter(
    ({ id, name }) => modules.includes(id) || (name && names.has(name)),
  );
  const choices = { ...before, ...Object.fromEntries(same.map(({ id }) => [id, fold])) };
  store.set(refolded(store.get(), choices));
}

/** @param {Store} store @param {boolean} fold */
export function foldAll(store, fold) {
  const { trace } = store.get();
  if (!trace) return;
  const all = foldable(toldTrace(trace));
  const choices = Object.fromEntries(
    all.map((module) => [
      module.id,
      fold && (module.parent !== null || !all.some((one) => one.parent === module.id)),
    ]),
  );
  store.set(refolded(store.get(), choices));
}

/**
 * The same moment when more is known of a layer.
 * @param {State} state
 * @returns {Partial<State>}
 */
export function retold(state) {
  const { edge: _, wrt: __, run: ___, ...told } = refolded(state, state.modules);
  return told;
}

/**
 * The same moment with other modules folded.
 * @param {State} state
 * @param {State["modules"]} modules
 * @returns {Partial<State>}
 */
function refolded(state, modules) {
  const { trace, steps, step, selection } = state;
  if (!trace) return { modules };
  const told = withModules(toldTrace(trace), modules);
  const list = stepsOf(told);
  const shown = new Set(told.ops.flatMap((op) => [...op.inputs, ...op.outputs]));
  const kept = selection && shown.has(selection.tensor) ? selection : null;
  const place = samePlace(told, list, trace, steps, step);
  return { modules, trace: told, steps: list, step: place, selection: kept, edge: null, wrt: {}, run: {} };
}

/**
 * Where the step stands in the other list: at the operation that holds it, or at the part of it that comes last.
 * @param {Trace} told
 * @param {State["steps"]} list
 * @param {Trace} trace
 * @param {State["steps"]} steps
 * @param {number} step
 */
function samePlace(told, list, trace, steps, step) {
  for (let k = step; k >= 0; k -= 1) {
    const { kind, call, op } = steps[k];
    const same = op === null ? null : sameOperation(told, trace, op, kind === "backward");
    const found = list.findIndex((other) => other.kind === kind && other.call === call && other.op === same);
    if (found >= 0) return found;
  }
  return Math.min(step, 0);
}
