/** Which address the page's history gets when the reader opens or changes something. */

import { placeAside } from "./moment.js";
import { shownProgram } from "../programs.js";
import { plainFragment } from "./url.js";

/** The reader's own code, which the address does not carry unless it is shared. */
export const OWN = "#code";
/** A shared link; it stays the address of its code until that is changed. */
const SHARED = /^#1\./;

/**
 * @param {import("../store.js").State} state
 * @param {string} hash  the present one
 * @returns {string} the fragment that fits, "" for the start page
 */
export function addressOf(state, hash) {
  const { cells, guest } = state;
  if (guest) return hash;
  if (!cells.length) return "";
  const program = shownProgram(state);
  if (program !== null) return plainFragment(program, placeAside(state));
  const unchanged = cells.every(({ ran, source }) => ran === source);
  return SHARED.test(hash) && unchanged ? hash : OWN;
}
