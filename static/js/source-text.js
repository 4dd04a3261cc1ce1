/** The student's own words at a place of the program. */

/**
 * @param {import("./cells.js").Cell[]} cells
 * @param {import("./trace-types.js").Span | null} span
 * @returns {string} its first line, with … where it goes on; empty without a place
 */
export function sourceText(cells, span) {
  const source = span ? cells[span.cell]?.ran : null;
  if (!span || source === null || source === undefined) return "";
  const line = source.split(/\r\n|\r|\n/)[span.line - 1] ?? "";
  if (span.end_line > span.line) return `${line.slice(span.column)} …`;
  return line.slice(span.column, span.end_column);
}
