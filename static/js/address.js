/** Which address the page's history gets when the reader opens something. */

/** The reader's own code, which the address does not carry unless it is shared. */
export const OWN = "#code";

/**
 * @param {Pick<import("./store.js").State, "cells" | "program" | "guest">} state
 * @param {string} hash  the present one
 * @returns {string | null} the fragment of a new history entry, "" for the start page; null where the present one is right
 */
export function addressOf({ cells, program, guest }, hash) {
  if (guest) return null;
  const fields = new URLSearchParams(hash.slice(1));
  const wanted = cells.length === 0 ? "" : program === null ? OWN : `#${new URLSearchParams({ program })}`;
  const named = fields.get("program");
  if (program !== null && named === program) return null;
  return wanted === hash ? null : wanted;
}
