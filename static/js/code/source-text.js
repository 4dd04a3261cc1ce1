/** The student's own words at a place of the program, as it ran. */

/**
 * @param {string[]} sources  the cells of the run
 * @param {import("../trace/trace-types.js").Span | null} span
 * @returns {string} its first line, with … where it goes on; empty without a place
 */
export function sourceText(sources, span) {
  const source = span ? sources[span.cell] : undefined;
  if (!span || source === undefined) return "";
  const line = source.split(/\r\n|\r|\n/)[span.line - 1] ?? "";
  if (span.end_line > span.line) return `${line.slice(span.column)} …`;
  return line.slice(span.column, span.end_column);
}
