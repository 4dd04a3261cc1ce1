/** Which built-in program the cells are, as long as nobody has changed them. */

/**
 * @param {Pick<import("./store.js").State, "program" | "programs" | "cells">} state
 * @returns {string | null} slug
 */
export function shownProgram({ program, programs, cells }) {
  const original = programs.find(({ slug }) => slug === program)?.cells;
  if (!original || original.length !== cells.length) return null;
  return original.every((source, i) => source === cells[i].source) ? program : null;
}

/** One starter for each kind of relation, simplest first. */
const KINDS = ["one-to-one", "one-to-many", "many-to-one", "many-to-many"];

/**
 * The programs of the start page: one of each kind where there is one, then the first ones, four in all.
 * @param {import("./store.js").Program[]} programs
 * @returns {import("./store.js").Program[]}
 */
export function starters(programs) {
  const chosen = KINDS.map((kind) => programs.find((program) => program.kind === kind));
  const found = chosen.filter((program) => program !== undefined);
  const rest = programs.filter((program) => !found.includes(program));
  return [...found, ...rest].slice(0, KINDS.length);
}
