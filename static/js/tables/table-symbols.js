/** The cells of a Jacobian table in symbols. */

import { weightSymbols } from "../why/provenance.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("./jacobian.js").Jacobian} Jacobian
 */

/**
 * @param {Picture} picture
 * @param {Jacobian} table
 * @returns {((r: number, c: number) => string | null) | null} null for a table that belongs to no single operation
 */
export function tableSymbols(picture, table) {
  if (!picture.trace.ops.some(({ id }) => id === table.op)) return null;
  return (r, c) => {
    const parts = table.joined[r][c].map((place) => weightSymbols(picture, { op: table.op, ...place }));
    return parts.length && parts.every((part) => part !== null) ? parts.join(" + ") : null;
  };
}
