/** The line of code that the current step is about, and the same line rewritten by the lecturer. */

/**
 * @typedef {import("./cells.js").Cell} Cell
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/steps.js").Step} Step
 *
 * @typedef {object} Statement
 * @property {number} cell   position of its cell
 * @property {number} line   from 1
 * @property {string} text   without its indentation
 * @property {boolean} whole it stands on this one line, so that it can be rewritten here
 */

/**
 * The operation's statement; where a step has no operation, the backward call's.
 * @param {Trace} trace
 * @param {Step | null} step
 * @param {Cell[]} cells
 * @returns {Statement | null}
 */
export function statementAt(trace, step, cells) {
  const op = trace.ops.find(({ id }) => id === step?.op);
  const call = step && step.call !== null ? trace.backward[step.call] : null;
  const span = op?.span ?? call?.span ?? null;
  const source = span ? cells[span.cell]?.ran : null;
  if (!span || typeof source !== "string") return null;
  const text = linesOf(source)[span.line - 1]?.trim() ?? "";
  return text ? { cell: span.cell, line: span.line, text, whole: span.line === span.end_line } : null;
}

/**
 * The source of the statement's cell with another text on its line, as far in as it was.
 * @param {string} source
 * @param {Statement} statement
 * @param {string} text
 */
export function rewritten(source, { line }, text) {
  const lines = linesOf(source);
  const indent = /^\s*/.exec(lines[line - 1] ?? "")?.[0] ?? "";
  lines[line - 1] = indent + text.trim();
  return lines.join("\n");
}

/** @param {string} source */
function linesOf(source) {
  return source.split(/\r\n|\r|\n/);
}
