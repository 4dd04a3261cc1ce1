/** What a repair is made from: the failing expression in its source, and the trace around it. */

import { pieceAt } from "../code/code-text.js";
import { byId } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../code/code-text.js").Piece} Piece
 *
 * @typedef {object} Broken
 * @property {Trace} trace
 * @property {string[]} sources   as they ran
 * @property {number} cell
 * @property {string} source      of that cell
 * @property {Piece} piece        the failing expression
 * @property {number | null} call
 * @property {import("../code/cells.js").CellError} error
 * @property {Record<string, any>} values  of the hint
 */

/**
 * @param {Trace} trace
 * @param {string[]} sources
 * @param {import("./faults.js").Fault} fault
 * @returns {Broken | null} null for an error without a place
 */
export function brokenBy(trace, sources, { cell, call, error }) {
  const source = sources[cell];
  if (source === undefined || !error.line) return null;
  const place = {
    line: error.line,
    column: error.column ?? 0,
    end_line: error.end_line ?? error.line,
    end_column: error.end_column ?? error.column ?? 0,
  };
  const values = error.hint?.values ?? {};
  return { trace, sources, cell, source, piece: pieceAt(source, place), call, error, values };
}

/**
 * @param {Broken} broken
 * @param {import("../trace/trace-types.js").Span | null} span
 * @returns {Piece | null} the text of a place of the trace
 */
export function textOf({ sources }, span) {
  const source = span ? sources[span.cell] : undefined;
  return span && source !== undefined ? pieceAt(source, span) : null;
}

/** How the program calls torch. @param {Broken} broken */
export function torchName({ sources }) {
  return /^\s*import torch as (\w+)/m.exec(sources.join("\n"))?.[1] ?? "torch";
}

/**
 * @param {Broken} broken
 * @param {string} name
 * @returns {TraceTensor | null} the latest tensor of that name
 */
export function tensorNamed({ trace }, name) {
  return trace.tensors.findLast((tensor) => tensor.name === name && !tensor.constant) ?? null;
}

/** The root of the failing backward call. @param {Broken} broken @returns {TraceTensor | null} */
export function rootOf({ trace, call }) {
  const root = call === null ? undefined : trace.backward[call].roots[0];
  return root ? (byId(trace.tensors).get(root.tensor) ?? null) : null;
}

/** What a tensor is called in a sentence. @param {TraceTensor} tensor */
export function nameOf(tensor) {
  return tensor.name ?? tensor.label;
}

/** A name that the program does not use. @param {Broken} broken @param {string[]} wishes */
export function freeName({ sources }, wishes) {
  const used = new Set(sources.join("\n").match(/\w+/g));
  return wishes.find((name) => !used.has(name)) ?? `${wishes[0]}_copy`;
}
