/** Forward values at line ends: what the variable set there holds, or its shape where that is too long. */

import { formatNumber } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 */

/** Characters that fit beside an ordinary line. */
const LONGEST = 14;

/** A trace never changes, and its lines are asked for at every step. */
/** @type {WeakMap<Trace, Map<number, Map<number, string>>>} */
const kept = new WeakMap();

/**
 * @param {Trace} trace
 * @param {number} cell
 * @returns {Map<number, string>} text by line, lines from 1
 */
export function lineValues(trace, cell) {
  const cells = kept.get(trace) ?? new Map();
  kept.set(trace, cells);
  const texts = cells.get(cell) ?? computed(trace, cell);
  cells.set(cell, texts);
  return texts;
}

/** @param {Trace} trace @param {number} cell */
function computed(trace, cell) {
  /** @type {Map<number, string>} */
  const texts = new Map();
  for (const tensor of trace.tensors) {
    if (tensor.name === null || tensor.name === tensor.label || tensor.span?.cell !== cell) continue;
    texts.set(tensor.span.end_line, valueText(tensor));
  }
  return texts;
}

/**
 * "27", "1 1 / 1 1" or, where that is longer than 14 characters, "[2, 3]".
 * @param {TraceTensor} tensor
 */
export function valueText(tensor) {
  const shape = `[${tensor.shape.join(", ")}]`;
  if (!tensor.values || tensor.shape.length > 2 || !tensor.values.length) return shape;
  const numbers = tensor.values.map((value) => formatNumber(value));
  const width = tensor.shape.at(-1) ?? 1;
  const rows = [];
  for (let i = 0; i < numbers.length; i += width) rows.push(numbers.slice(i, i + width).join(" "));
  const text = rows.join(" / ");
  return text.length <= LONGEST ? text : shape;
}
