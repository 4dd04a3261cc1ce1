/** The `for` loop that an operation equals, in code: the student's own expression on the slices of one run. */

import { unravel } from "../format.js";
import { sliceText } from "./slices.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("./loop.js").Loop} Loop
 * @typedef {import("./loop.js").Axis} Axis
 * @typedef {import("./loop.js").Pattern} Pattern
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 *
 * @typedef {object} LoopCode
 * @property {{text: string, dim: number}[]} heads  one `for` line per loop, with the dim of the input that it runs over
 * @property {string} target       what is assigned, such as "o[i, k]"
 * @property {string} slice        what one run takes, such as "x[i, :, k]"
 * @property {string | null} body  the expression; null where code cannot say it in one line
 */

export const INDENT = "  ";

/**
 * @param {Trace} trace
 * @param {Loop} loop
 * @param {{input: string, output: string}} names  how code may call the two tensors
 * @returns {LoopCode | null} null where the runs take no regular slices, or there is only one
 */
export function loopCode(trace, loop, names) {
  const { pattern, count } = loop;
  if (!pattern || count < 2) return null;
  const slice = sliceAt(names.input, pattern.input, pattern);
  return {
    heads: pattern.loops.map(({ letter, size, dim }, depth) => ({
      text: `${INDENT.repeat(depth)}for ${letter} in range(${size}):`,
      dim,
    })),
    target: sliceAt(names.output, pattern.output, pattern),
    slice,
    body: bodyOf(trace, loop, pattern, slice),
  };
}

/** @param {string} name @param {Axis[]} axes @param {Pattern} pattern */
function sliceAt(name, axes, { loops }) {
  const texts = axes.map(({ role, loop, shift }) => {
    if (loop === null) return role === "single" ? "0" : ":";
    const { letter } = loops[loop];
    return shift ? `${letter} ${shift > 0 ? "+" : "-"} ${Math.abs(shift)}` : letter;
  });
  return name + brackets(texts);
}

/** x[i, :, :] is x[i]. @param {string[]} texts */
function brackets(texts) {
  const last = texts.findLastIndex((text) => text !== ":");
  return last < 0 ? "" : `[${texts.slice(0, last + 1).join(", ")}]`;
}

/** @param {Trace} trace @param {Loop} loop @param {Pattern} pattern @param {string} slice */
function bodyOf(trace, loop, pattern, slice) {
  const [use] = loop.uses;
  if (use.structure === "rearrangement") return slice;
  if (!["elementwise", "reduction", "block", "contraction"].includes(use.structure)) return null;
  const source = withDim(loop, pattern);
  return source === null ? null : withSlices(trace, loop, pattern, slice, source);
}

/**
 * The student's expression, its `dim=` counted in the slice; null where the dim is not written so.
 * @param {Loop} loop
 * @param {Pattern} pattern
 */
function withDim({ op, output, input }, pattern) {
  const { dim, keepdim } = op.params;
  if (op.outputs.length > 1) return null;
  if (dim === undefined || dim === null) return output.label;
  if (typeof dim !== "number" || keepdim) return null;
  const rank = input.shape.length;
  const own = dim < 0 ? dim + rank : dim;
  if (pattern.input[own]?.role !== "unit") return null;
  const inside = pattern.input.slice(0, own).filter(({ role }) => role === "unit").length;
  const written = new RegExp(`(\\b(?:dim|axis)\\s*=\\s*|[(,]\\s*)(?:${own}|${own - rank})(?=\\s*[,)])`, "g");
  return output.label.match(written)?.length === 1 ? output.label.replace(written, `$1${inside}`) : null;
}

/**
 * Puts every operand's slice for its own text. An operand that the whole run shares stays as it is.
 * @param {Trace} trace
 * @param {Loop} loop
 * @param {Pattern} pattern
 * @param {string} slice
 * @param {string} source
 */
function withSlices(trace, loop, pattern, slice, source) {
  const tensors = byId(trace.tensors);
  /** @type {Map<string, string>} */
  const slices = new Map();
  for (const id of new Set(loop.op.inputs)) {
    const tensor = need(tensors, id);
    const text = tensor.name ?? tensor.label;
    const own =
      id === loop.input.id ? sliceOf(slice, text) : otherSlice(loop, pattern, id, tensor.shape, text);
    if (own === null) return null;
    if (own !== text) slices.set(text, own);
  }
  let replaced = source;
  for (const [text, own] of slices) {
    const place = new RegExp(`(?<![\\w.])${escaped(text)}(?![\\w(])`, "g");
    if (!place.test(replaced)) return null;
    replaced = replaced.replace(place, () => own);
  }
  return replaced;
}

/** The slice of an operand that has no name of its own: (p - t)[i, :]. @param {string} slice @param {string} text */
function sliceOf(slice, text) {
  const index = slice.endsWith("]") ? slice.slice(slice.lastIndexOf("[")) : "";
  if (!index || slice === text) return text;
  return /^[\w.]+$/.test(text) ? text + index : `(${text})${index}`;
}

/**
 * What the run's outputs need of another operand, read off two runs' edges; its loop dims are those that follow a loop.
 * @param {Loop} loop
 * @param {Pattern} pattern
 * @param {number} id
 * @param {number[]} shape
 * @param {string} text
 * @returns {string | null}
 */
function otherSlice(loop, pattern, id, shape, text) {
  if (!shape.length) return text;
  const use = loop.op.relations.find(
    (relation) => loop.op.inputs[relation.input] === id && relation.output === loop.uses[0].output,
  );
  if (!use?.edges || !use.complete) return null;
  const { edges } = use;
  /** @type {Map<number, Set<number>>} */
  const needs = new Map();
  edges.output.forEach((output, i) => {
    const run = loop.runOf("output", output);
    needs.set(run, (needs.get(run) ?? new Set()).add(edges.input[i]));
  });
  const axes = shape.map((_, dim) => dimText(loop, pattern, needs, dim, shape));
  if (axes.includes(null)) return null;
  return sliceOf(text + brackets(/** @type {string[]} */ (axes)), text);
}

/**
 * @param {Loop} loop
 * @param {Pattern} pattern
 * @param {Map<number, Set<number>>} needs  elements by run
 * @param {number} dim
 * @param {number[]} shape
 * @returns {string | null}
 */
function dimText(loop, pattern, needs, dim, shape) {
  const stride = shape.slice(dim + 1).reduce((product, size) => product * size, 1);
  const byRun = [...needs].map(([run, elements]) => ({
    run,
    indices: [...new Set([...elements].map((element) => Math.floor(element / stride) % shape[dim]))],
  }));
  if (byRun.every(({ indices }) => indices.length === shape[dim])) return shape[dim] === 1 ? "0" : ":";
  if (byRun.some(({ indices }) => indices.length !== 1)) return null;
  for (const { letter, dim: own } of pattern.loops) {
    const start = pattern.input[own].shift;
    if (byRun.every(({ run, indices }) => indexOf(loop, run, own) - start === indices[0])) return letter;
  }
  return null;
}

/** Where a run stands in a dim that loops. @param {Loop} loop @param {number} run @param {number} dim of the input */
function indexOf(loop, run, dim) {
  const first = loop.run(run)?.inputs[0] ?? 0;
  return unravel(first, loop.input.shape)[dim];
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * One run in words: x[0, :, 2] → o[0, 2].
 * @param {Loop} loop
 * @param {import("./units.js").Unit} unit
 * @param {{input: string, output: string}} names
 * @returns {{input: string | null, output: string | null}}
 */
export function runSlices({ input, output }, unit, names) {
  return {
    input: sliceText(names.input, unit.inputs, input.shape),
    output: sliceText(names.output, unit.outputs, output.shape),
  };
}
