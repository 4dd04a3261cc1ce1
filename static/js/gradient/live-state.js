/** The page's state with the numbers that stand in the code by now, when no run is needed to know it. */

import { shortest, rounded } from "./float-text.js";
import { canFollow } from "./follow.js";
import { keepSession, sourcesOf } from "./live-session.js";
import { liveTrace } from "./live-trace.js";
import { printedOutputs } from "./printed-outputs.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Span} Span
 * @typedef {import("../code/cells.js").Cell} Cell
 * @typedef {import("../code/cells.js").CellAnswer} CellAnswer
 * @typedef {import("./live-session.js").Session} Session
 * @typedef {import("./gradient-literal.js").Literal} Literal
 * @typedef {{literal: Literal, values: number[], text: string}} Changed
 *
 * @typedef {object} Followed
 * @property {Trace} trace
 * @property {string[]} sources  the code by now, of the cells that ran
 * @property {Cell[]} cells
 * @property {boolean} sure  a run would say the same, to the last digit
 */

/**
 * @param {Session} session
 * @param {Cell[]} cells
 * @returns {Followed | null} null when only a run can tell
 */
export function followed(session, cells) {
  const changed = changedOf(session);
  const { base, sources } = session;
  if (!changed.every((change) => follows(session, change))) return null;
  const live = liveTrace(base, gradientsOf(changed));
  if (!live) return null;
  const given = changed.map((change) => givenOf(base, change));
  const printed = printedOutputs(base, sources, live.changes, given);
  const run = /** @type {CellAnswer[]} */ (base.cells);
  const answers = changed.length ? run.map((answer, i) => ({ ...answer, ...printed[i] })) : run;
  const trace = changed.length ? { ...withGiven(live.trace, changed), cells: answers } : base;
  keepSession(trace, session);
  const code = sourcesOf(session);
  const dated = changed.length > 0 && printed.some((output) => output.dated);
  return {
    trace,
    sources: code,
    cells: cells.map((cell) => settled(cell, code, answers)),
    sure: live.exact && !dated,
  };
}

/** @param {Session} session @returns {Changed[]} */
function changedOf({ literals, values, texts }) {
  return literals.flatMap((literal, i) => {
    const now = values[i];
    return now ? [{ literal, values: now, text: texts[i] }] : [];
  });
}

/** Lines stay where they are; what stands below keeps its place. @param {Session} session @param {Changed} changed */
function follows({ base, sources }, { literal, text }) {
  const lines = (/** @type {string} */ code) => code.split("\n").length;
  return lines(text) === lines(literal.text) && canFollow(base, sources, literal);
}

/** @param {Changed[]} changed @returns {import("./live-trace.js").Gradients} */
function gradientsOf(changed) {
  /** @type {Map<number, Map<number, number[]>>} */
  const gradients = new Map();
  for (const { literal, values } of changed) {
    const held = values.map((value) => rounded(value, literal.dtype));
    for (const { call, root } of literal.serves)
      gradients.set(call, (gradients.get(call) ?? new Map()).set(root, held));
  }
  return gradients;
}

/** @param {Trace} base @param {Changed} changed @returns {import("./printed-outputs.js").Given} */
function givenOf(base, { literal, values }) {
  const { name, tensors, shape, dtype, serves } = literal;
  const [{ call, root }] = serves;
  const from = base.backward[call].roots.find(({ tensor }) => tensor === root)?.gradient ?? [];
  return { name, tensors, change: { tensor: root, shape, dtype, from, to: heldBy(values, dtype) } };
}

/** @param {number[]} values @param {string} dtype */
function heldBy(values, dtype) {
  return values.map((value) => shortest(rounded(value, dtype), dtype));
}

/**
 * The gradients' own entries hold their new numbers, and calls on a line that grew end further right.
 * @param {Trace} trace
 * @param {Changed[]} changed
 * @returns {Trace}
 */
function withGiven(trace, changed) {
  const tensors = trace.tensors.map((tensor) => {
    const own = changed.find(({ literal }) => literal.tensors.includes(tensor.id));
    return own ? { ...tensor, values: heldBy(own.values, tensor.dtype) } : tensor;
  });
  const backward = trace.backward.map((call, position) => {
    const inline = changed.find(({ literal }) => isInline(literal, position, call.span));
    if (!inline || !call.span) return call;
    const grown = lastLine(inline.text).length - lastLine(inline.literal.text).length;
    return { ...call, span: { ...call.span, end_column: call.span.end_column + grown } };
  });
  return { ...trace, tensors, backward };
}

/** @param {Literal} literal @param {number} position @param {Span | null} span */
function isInline({ name, cell, serves }, position, span) {
  return name === null && span?.cell === cell && serves.some(({ call }) => call === position);
}

/** @param {string} text */
function lastLine(text) {
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** @param {Cell} cell @param {string[]} code @param {(CellAnswer & {dated?: boolean})[]} answers @returns {Cell} */
function settled(cell, code, answers) {
  if (cell.place === null) return cell;
  const { stdout, result, dated = false } = answers[cell.place];
  const source = code[cell.place];
  return { ...cell, source, ran: source, stale: false, stdout, result, dated };
}
