/** What a run puts on the lines of one cell, as plain data: current statement, forward values, errors, links to the picture. */

import { brokenBy } from "../errors/broken.js";
import { explanationOf, relatedLines } from "../errors/explanation.js";
import { codeOf, faultAt, faultsOf } from "../errors/faults.js";
import { codeLinks } from "./code-links.js";
import { lineValues } from "./line-values.js";
import { ownLines } from "./own-function.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Span} Span
 * @typedef {import("./code-text.js").Place} Place
 *
 * @typedef {object} CodeMarks
 * @property {Place | null} error
 * @property {string} reason         in a few words, at the end of the error's line
 * @property {{place: Place, text: string}[]} related  other lines that the error is about
 * @property {Place | null} now      the statement that is being shown
 * @property {Place | null} origin   the forward line that the shown operation came from
 * @property {Place | null} own      the method of a learner's own function that is at work
 * @property {Map<number, string>} values  by line
 * @property {import("./code-links.js").CodeLink[]} links  the same list as long as nothing about it changes
 */

/** @type {CodeMarks} */
const NONE = {
  error: null,
  reason: "",
  related: [],
  now: null,
  origin: null,
  own: null,
  values: new Map(),
  links: [],
};

/**
 * @param {State} state
 * @param {import("./cells.js").Cell} cell
 * @param {import("../i18n.js").Translate} t
 * @returns {CodeMarks} empty where the code has changed since
 */
export function codeMarks(state, cell, t) {
  const { trace, steps, step } = state;
  const { place } = cell;
  if (!trace || cell.stale || place === null) return NONE;
  const current = steps[step] ?? null;
  const call = current && current.call !== null ? trace.backward[current.call] : null;
  const op = trace.ops.find(({ id }) => id === current?.op);
  /** @param {Span | null | undefined} span */
  const here = (span) => (span?.cell === place ? span : null);
  return {
    ...errorMarks(state, trace, place, t),
    now: here(call ? call.span : op?.span),
    origin: call ? here(op?.span) : null,
    own: ownLines(op, call !== null, cell.source),
    values: valuesBeside(trace, place, here(call?.span), current),
    links: codeLinks(trace, place, current?.op ?? null),
  };
}

/**
 * @param {State} state
 * @param {Trace} trace
 * @param {number} cell
 * @param {import("../i18n.js").Translate} t
 */
function errorMarks({ sources, steps, step, fault: choice }, trace, cell, t) {
  const own = faultsOf(trace).find((each) => each.cell === cell);
  const shown = faultAt(trace, steps[step] ?? null, choice);
  const related = relatedLines(trace, shown)
    .filter(({ span }) => span.cell === cell)
    .map(({ key, span }) => ({ place: span, text: t(`page.fault.related.${key}`) }));
  const place = own && brokenBy(trace, sources, own) ? placeOf(own.error) : null;
  const reason =
    own && place ? t(`page.fault.${codeOf(own)}.reason`, explanationOf(trace, sources, own).values) : "";
  return { error: place, reason, related };
}

/** @param {import("./cells.js").CellError} error @returns {Place} */
function placeOf({ line, column, end_line, end_column }) {
  const from = { line: line ?? 1, column: column ?? 0 };
  return { ...from, end_line: end_line ?? from.line, end_column: end_column ?? from.column };
}

/**
 * Forward values at line ends; beside the backward call that is being shown, the operation it has reached.
 * @param {Trace} trace
 * @param {number} cell
 * @param {Span | null} call
 * @param {import("../trace/steps.js").Step | null} step
 */
function valuesBeside(trace, cell, call, step) {
  const values = lineValues(trace, cell);
  return call && step?.kind === "backward" ? new Map(values).set(call.end_line, `◂ ${step.label}`) : values;
}

/** @param {CodeMarks} a @param {CodeMarks} b */
export function sameMarks(a, b) {
  return a === b || (a.links === b.links && told(a) === told(b));
}

/** @param {CodeMarks} marks */
function told({ links: _, values, ...rest }) {
  return JSON.stringify([rest, [...values]]);
}
