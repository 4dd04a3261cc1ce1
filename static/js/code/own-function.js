/** The lines of a learner's own function that are at work: its forward in a forward step, its backward in a backward one. */

import { definitionsOf } from "../layout/levels/collapsed.js";

/**
 * @param {import("../trace/trace-types.js").TraceOp | undefined} op
 * @param {boolean} backward
 * @param {string} source  of a cell
 * @returns {import("./code-text.js").Place | null} null where the class is not written here
 */
export function ownLines(op, backward, source) {
  if (!op?.custom) return null;
  const lines = source.split("\n");
  const head = lines.findIndex((line) => new RegExp(`^\\s*class\\s+${op.name}\\b`).test(line));
  if (head < 0) return null;
  const wanted = backward ? "backward" : "forward";
  const method = definitionsOf(source).find(({ name, from }) => name === wanted && from > head + 1);
  if (!method) return null;
  let last = method.to;
  while (last > method.from && !lines[last - 1]?.trim()) last -= 1;
  // The decorator and blank lines after it belong to what follows.
  while (last > method.from && lines[last - 1].trim().startsWith("@")) last -= 1;
  while (last > method.from && !lines[last - 1].trim()) last -= 1;
  return { line: method.from - 1, column: 0, end_line: last, end_column: 0 };
}
