/** Edits of cells: made, applied, and shown as the lines that they will read. */

/**
 * @typedef {{cell: number, from: number, to: number, insert: string}} Edit  cell: position in the run; offsets in its source
 */

/**
 * The sources with a fix applied.
 * @param {string[]} sources
 * @param {Edit[]} edits
 */
export function repaired(sources, edits) {
  const latest = [...edits].sort((a, b) => b.from - a.from);
  return sources.map((source, cell) =>
    latest
      .filter((edit) => edit.cell === cell)
      .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), source),
  );
}

/**
 * The lines that a fix changes, as they will read.
 * @param {string[]} sources
 * @param {Edit[]} edits
 * @returns {string} without the indentation that they share; empty where lines only go
 */
export function codeAfter(sources, edits) {
  const { cell } = edits[0];
  const own = edits.filter((edit) => edit.cell === cell).sort((a, b) => a.from - b.from);
  const after = repaired(sources, own)[cell];
  const grown = own.reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0);
  const last = own[own.length - 1];
  const from = own[0].from + (/^\n*/.exec(own[0].insert)?.[0].length ?? 0);
  const to = last.to + grown - (/\n[ \t]*$/.exec(last.insert)?.[0].length ?? 0);
  const first = after.lastIndexOf("\n", from - 1) + 1;
  const stop = after.indexOf("\n", Math.max(from, to));
  return dedented(after.slice(first, stop < 0 ? after.length : stop));
}

/** @param {string} text */
function dedented(text) {
  const lines = text.split("\n");
  const depths = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const shared = depths.length ? Math.min(...depths) : 0;
  return lines.map((line) => line.slice(shared)).join("\n");
}

/**
 * One more argument at the end of a call.
 * @param {number} cell
 * @param {import("./code-text.js").Call} call
 * @param {string} argument
 * @returns {Edit}
 */
export function argumentEdit(cell, { args, close }, argument) {
  return { cell, from: close, to: close, insert: args.length ? `, ${argument}` : argument };
}

/** @param {number} cell @param {number} at @param {string} insert @returns {Edit} */
export function insertion(cell, at, insert) {
  return { cell, from: at, to: at, insert };
}

/** @param {number} cell @param {{from: number, to: number}} range @param {string} insert @returns {Edit} */
export function replacement(cell, { from, to }, insert) {
  return { cell, from, to, insert };
}
