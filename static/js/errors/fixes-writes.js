/** Repairs of writes in place: a new tensor instead, a copy first, or no history for this step. */

import { freeName, nameOf } from "./broken.js";
import { callIn, statementAt } from "../code/code-text.js";
import { insertion, replacement } from "../code/edits.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("./broken.js").Broken} Broken
 * @typedef {import("./fixes.js").Fix} Fix
 * @typedef {import("../code/code-text.js").Statement} Statement
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 */

const COPIES = ["y", "z", "w", "v", "u"];

/** @type {Record<string, import("./fixes.js").Repair>} */
export const writeFixes = {
  "inplace-saved": savedFixes,
  "inplace-leaf": leafFixes,
  "inplace-leaf-view": leafFixes,
  "inplace-multi-view": (broken) => newTensorFixes(broken.source, broken.cell, broken.piece.from),
  "inplace-no-grad-view": noGradFixes,
  "inplace-overlap": overlapFixes,
};

/**
 * @typedef {{tensor: TraceTensor, save: TraceOp, edit: TraceOp}} Clash  a saved tensor, who saved it, and who changed it
 *
 * @param {Trace} trace
 * @param {number | null} call
 * @returns {Clash | null}
 */
export function clashOf(trace, call) {
  const stopped = call === null ? null : trace.backward[call].error?.op;
  const save = trace.ops.find(({ id }) => id === stopped);
  if (!save) return null;
  const tensors = byId(trace.tensors);
  for (const saved of save.saved) {
    const id = saved.input === undefined ? save.outputs[saved.output ?? 0] : save.inputs[saved.input];
    const edit = trace.ops.find(
      (op) => op.id > save.id && op.inputs.includes(id) && op.outputs.some((out) => isNext(tensors, id, out)),
    );
    if (edit) return { tensor: need(tensors, id), save, edit };
  }
  return null;
}

/** @param {Map<number, TraceTensor>} tensors @param {number} before @param {number} after */
function isNext(tensors, before, after) {
  return need(tensors, after).version === need(tensors, before).version + 1;
}

/** @param {Broken} broken @returns {Fix[]} */
function savedFixes(broken) {
  const clash = clashOf(broken.trace, broken.call);
  const span = clash?.edit.span;
  if (!clash || !span) return [];
  const source = broken.sources[span.cell];
  const statement = lineOf(source, span.line);
  if (!statement) return [];
  return [
    ...newTensorFixes(source, span.cell, statement.from),
    ...cloneFixes(clash.tensor, source, span.cell, statement),
  ];
}

/** @param {string} source @param {number} line @returns {Statement | null} */
function lineOf(source, line) {
  const lines = source.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  return statementAt(source, start + (/^\s*/.exec(lines[line - 1] ?? "")?.[0].length ?? 0));
}

/**
 * A copy of the tensor before the write; a view of it would go on writing to the old one.
 * @param {TraceTensor} tensor
 * @param {string} source
 * @param {number} cell
 * @param {Statement} statement
 * @returns {Fix[]}
 */
function cloneFixes({ name }, source, cell, { from, to, indent }) {
  if (!name || /^\w+/.exec(source.slice(from, to))?.[0] !== name) return [];
  const edit = insertion(cell, from, `${name} = ${name}.clone()\n${indent}`);
  return [{ edits: [edit], label: "cloneBefore", values: {} }];
}

/**
 * `y += 1` and `y.add_(1)` as a new tensor of the same name.
 * @param {string} source
 * @param {number} cell
 * @param {number} at
 * @returns {Fix[]}
 */
function newTensorFixes(source, cell, at) {
  const statement = statementAt(source, at);
  if (!statement) return [];
  const text = source.slice(statement.from, statement.to);
  const renewed = outOfPlace(text);
  return renewed ? [{ edits: [replacement(cell, statement, renewed)], label: "outOfPlace", values: {} }] : [];
}

/** @param {string} text @returns {string | null} */
function outOfPlace(text) {
  const augmented = /^(\w+)\s*(\+|-|\*|\/|\*\*|@)=\s*([\s\S]+)$/.exec(text);
  if (augmented) {
    const [, name, sign, rest] = augmented;
    const simple = /^[\w.]+(\(.*\))?$/.test(rest) || sign === "+";
    return `${name} = ${name} ${sign} ${simple ? rest : `(${rest})`}`;
  }
  const method = /^(\w+)\.(\w+)_\(([\s\S]*)\)$/.exec(text);
  return method && !["requires_grad", "retain_grad"].includes(method[2])
    ? `${method[1]} = ${method[1]}.${method[2]}(${method[3]})`
    : null;
}

/** @param {Broken} broken @returns {Fix[]} */
function leafFixes(broken) {
  return [...noGradFixes(broken), ...copyFixes(broken)];
}

/** @param {Broken} broken @returns {Fix[]} */
function noGradFixes({ source, cell, piece }) {
  const statement = statementAt(source, piece.from);
  if (!statement) return [];
  const inside = `\n${statement.indent}    `;
  const text = source.slice(statement.from, statement.to).replaceAll("\n", "\n    ");
  const edit = replacement(cell, statement, `with torch.no_grad():${inside}${text}`);
  return [{ edits: [edit], label: "noGrad", values: {} }];
}

/** The statement on a copy of the leaf. @param {Broken} broken @returns {Fix[]} */
function copyFixes(broken) {
  const { source, cell, piece } = broken;
  const statement = statementAt(source, piece.from);
  const name = changedName(broken);
  if (!statement || !name) return [];
  const copy = freeName(broken, COPIES);
  const text = source.slice(statement.from, statement.to);
  const renamed = text.replace(new RegExp(`^${name}\\b`), copy);
  if (renamed === text) return [];
  const insert = `${copy} = ${name}.clone()\n${statement.indent}${renamed}`;
  return [{ edits: [replacement(cell, statement, insert)], label: "copy", values: { copy, name } }];
}

/** The variable whose tensor a failing write would have changed. @param {Broken} broken */
export function changedName({ trace, piece }) {
  const name = /^\w+/.exec(piece.text)?.[0] ?? "";
  const tensor = trace.tensors.findLast((each) => each.name === name);
  return tensor ? nameOf(tensor) : name;
}

/** @param {Broken} broken @returns {Fix[]} */
function overlapFixes({ cell, piece }) {
  const call = callIn(piece);
  if (!call?.receiver.text) return [];
  return [{ edits: [insertion(cell, call.receiver.to, ".clone()")], label: "cloneRead", values: {} }];
}
