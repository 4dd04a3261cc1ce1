/** What the server tells pages apart by, so that a class waits in turn: new with every load, kept nowhere. */

const BYTES = 12;

/** @returns {string} 24 hexadecimal digits */
export function newPageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
