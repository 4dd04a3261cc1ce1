/** Which address the page's history gets when the reader opens or changes something. */

/** The reader's own code, which the address does not carry unless it is shared. */
export const OWN = "#code";
/** A shared link; it stays the address of its code until that is changed. */
const SHARED = /^#1\./;

/**
 * @param {Pick<import("./store.js").State, "cells" | "program" | "guest">} state  program: the one that the cells still are
 * @param {string} hash  the present one
 * @returns {string | null} the fragment that fits, "" for the start page; null where the present one does
 */
export function addressOf({ cells, program, guest }, hash) {
  if (guest) return null;
  if (!cells.length) return hash === "" ? null : "";
  if (program !== null) {
    const named = new URLSearchParams(hash.slice(1)).get("program");
    return named === program ? null : `#${new URLSearchParams({ program })}`;
  }
  const unchanged = cells.every(({ ran, source }) => ran === source);
  return hash === OWN || (SHARED.test(hash) && unchanged) ? null : OWN;
}
