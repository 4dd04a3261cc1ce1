/** What is told of an operation at one step, folded or not. */

import { layerTitle } from "../../modules/module-tree.js";
import { operationLabel } from "../../trace/operation-label.js";
import { byId } from "../../trace/trace-types.js";

/**
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../../trace/walk.js").Known} Known
 *
 * @typedef {"wait" | "done" | "now" | "error"} OpState
 * @typedef {object} OpFacts
 * @property {string} label
 * @property {string | null} kind
 * @property {string | null} gradFn
 * @property {"kept" | "freed" | "none" | "unknown"} saved
 * @property {string} keeps       names of the saved tensors, in short
 * @property {OpState} state
 * @property {"own" | "differs" | null} own  a learner's own backward; differs: it is not the derivative of its forward
 * @property {string | null} ofOp  the operation whose backward it is a part of, under create_graph
 * @property {{module: number, title: string} | null} layer  a module's call that can be unfolded into its operations
 */

/**
 * @param {import("../../trace/trace-types.js").Trace} trace
 * @param {Known} known
 * @param {import("../scene.js").Focus} focus
 * @param {TraceOp} op
 * @returns {OpFacts}
 */
export function factsOf(trace, known, focus, op) {
  const relation = op.relations.find(({ carries }) => carries) ?? op.relations[0];
  const done = known.call === null ? known.computed.has(op.id) : known.walked.has(op.id);
  const tensors = byId(trace.tensors);
  return {
    label: operationLabel(op, tensors),
    kind: relation?.kind ?? null,
    gradFn: op.grad_fn,
    saved:
      op.grad_fn === null ? "unknown" : !op.saved.length ? "none" : known.freed.has(op.id) ? "freed" : "kept",
    keeps: savedNames(op, tensors),
    layer: unfoldable(op),
    ofOp: ofOp(trace, op, tensors),
    own: op.custom ? (op.relations.some(({ differs }) => differs) ? "differs" : "own") : null,
    state: focus.op === op ? "now" : focus.error === op ? "error" : done ? "done" : "wait",
  };
}

/** @param {import("../../trace/trace-types.js").Trace} trace @param {TraceOp} op @param {Map<number, import("../../trace/trace-types.js").TraceTensor>} tensors */
function ofOp(trace, { of_op: id }, tensors) {
  const found =
    id === null || id === undefined
      ? undefined
      : trace.ops.find((op) => op.id === id || op.layer?.parts.includes(id));
  return found ? operationLabel(found, tensors) : null;
}

/** @param {TraceOp} op @returns {OpFacts["layer"]} */
export function unfoldable(op) {
  return op.layer?.parts.length ? { module: op.layer.module, title: layerTitle(op) ?? "" } : null;
}

const NAMES = { most: 2, length: 8 };

/**
 * The tensors whose values an operation keeps for backward, by the names that the reader knows.
 * @param {TraceOp} op
 * @param {Map<number, import("../../trace/trace-types.js").TraceTensor>} tensors
 */
function savedNames(op, tensors) {
  const ids = op.saved.map(({ input, output }) =>
    input === undefined ? op.outputs[output ?? 0] : op.inputs[input],
  );
  const names = [...new Set(ids)].map((id) => tensors.get(id)?.name ?? tensors.get(id)?.label ?? "");
  const short = names.map((name) =>
    name.length > NAMES.length ? `${name.slice(0, NAMES.length - 1)}…` : name,
  );
  return short.slice(0, NAMES.most).join(", ") + (short.length > NAMES.most ? " …" : "");
}
