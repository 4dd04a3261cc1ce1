/** The cells of a Jacobian table in symbols. */

import { numberTex } from "./sum-latex.js";
import { elementTex } from "./symbols.js";
import { weightTex } from "./weight-tex.js";

/**
 * @typedef {import("./layout/scene.js").Picture} Picture
 * @typedef {import("./jacobian.js").Jacobian} Jacobian
 */

/**
 * @param {Picture} picture
 * @param {Jacobian} table
 * @returns {((r: number, c: number) => string | null) | null} null for a table that belongs to no single operation
 */
export function tableSymbols(picture, table) {
  const op = picture.trace.ops.find(({ id }) => id === table.op);
  if (!op) return null;
  const shapes = new Map(picture.trace.tensors.map((tensor) => [tensor.id, tensor.shape]));
  const write = labelled(picture);
  return (r, c) => {
    const parts = table.joined[r][c].map(({ relation, edge }) =>
      weightTex(op, relation, edge, shapes, write),
    );
    return parts.length && parts.every((part) => part !== null) ? parts.join(" + ") : null;
  };
}

/**
 * An element by its label; a constant by its number.
 * @param {Picture} picture
 * @returns {import("./weight-tex.js").Write}
 */
function labelled({ trace, symbols }) {
  const tensors = new Map(trace.tensors.map((tensor) => [tensor.id, tensor]));
  return (id, element) => {
    const [tensor, symbol] = [tensors.get(id), symbols.get(id)];
    if (tensor && symbol) return elementTex(symbol, element, tensor.shape);
    return tensor?.values ? numberTex(tensor.values[element]) : null;
  };
}
