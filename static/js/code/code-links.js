/** The very characters of each operation and of each leaf, with what they are called in the picture. */

import { operationLink, tensorLink } from "../picture/links.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Span} Span
 * @typedef {import("./code-text.js").Place & {link: string}} CodeLink
 * @typedef {{span: Span, uses: {op: number, link: string}[]}} Stretch  code that ran once or, in a loop, several times
 */

/** A live gradient gives a trace of its own that shares `ops`; asked for at every step. */
/** @type {WeakMap<Trace["ops"], Map<number, Stretch[]>>} */
const stretches = new WeakMap();
/** @type {WeakMap<Stretch[], Map<number, CodeLink[]>>} */
const kept = new WeakMap();

/**
 * Code that ran several times stands for the run nearest to the step that is shown.
 * @param {Trace} trace
 * @param {number} cell  position in the run
 * @param {number | null} near  an operation's id
 * @returns {CodeLink[]} the same list for the same question
 */
export function codeLinks(trace, cell, near) {
  /** @type {Map<number, Stretch[]>} */
  const cells = stretches.get(trace.ops) ?? new Map();
  stretches.set(trace.ops, cells);
  const found = cells.get(cell) ?? stretchesOf(trace, cell);
  cells.set(cell, found);
  const once = found.every(({ uses }) => uses.length === 1);
  const key = once ? -1 : (near ?? -1);
  const lists = kept.get(found) ?? new Map();
  kept.set(found, lists);
  const list = lists.get(key) ?? found.map((stretch) => ({ ...stretch.span, link: nearest(stretch, key) }));
  lists.set(key, list);
  return list;
}

/** @param {Stretch} stretch @param {number} near */
function nearest({ uses }, near) {
  return uses.reduce((best, use) => (Math.abs(use.op - near) < Math.abs(best.op - near) ? use : best)).link;
}

/** @param {Trace} trace @param {number} cell @returns {Stretch[]} */
function stretchesOf(trace, cell) {
  /** @type {Map<string, Stretch>} */
  const found = new Map();
  /** @param {Span | null} span @param {number} op @param {string} link */
  const add = (span, op, link) => {
    if (span?.cell !== cell) return;
    const key = `${span.line} ${span.column} ${span.end_line} ${span.end_column}`;
    const stretch = found.get(key) ?? { span, uses: [] };
    stretch.uses.push({ op, link });
    found.set(key, stretch);
  };
  for (const op of trace.ops)
    add(op.span, op.id, [operationLink(op.id), ...op.outputs.map((id) => tensorLink(id))].join(" "));
  for (const { id, op, constant, span } of trace.tensors)
    if (op === null && !constant) add(span, id, tensorLink(id));
  return [...found.values()];
}
