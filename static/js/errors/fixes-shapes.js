/** Repairs of shapes: operands that do not meet, dims and indices out of range, views and reshapes. */

import { bracketed, callIn, matches, split } from "../code/code-text.js";
import { argumentEdit, insertion, replacement } from "../code/edits.js";

/**
 * @typedef {import("./broken.js").Broken} Broken
 * @typedef {import("../code/code-text.js").Piece} Piece
 * @typedef {import("./fixes.js").Fix} Fix
 */

/** @type {Record<string, import("./fixes.js").Repair>} */
export const shapeFixes = {
  "matmul-shape": transposeFixes,
  "broadcast-shape": alignFixes,
  "dim-range": ({ cell, piece, values }) => numberFix(cell, piece, values.dim, "-1", "lastDim"),
  "index-range": ({ cell, piece, values }) => numberFix(cell, piece, values.index, "-1", "lastIndex"),
  "reshape-size": flatFixes,
  "view-incompatible": viewFixes,
  arguments: dimFixes,
};

/**
 * The two operands of a failing product: `A @ B`, `A.mm(B)` or `torch.matmul(A, B)`.
 * @param {Piece} piece
 * @param {string} sign
 * @returns {[Piece, Piece] | null}
 */
export function operandsOf(piece, sign) {
  const sides = split(piece, sign);
  if (sides.length === 2) return [sides[0], sides[1]];
  const call = callIn(piece);
  if (call?.args.length === 2) return [call.args[0], call.args[1]];
  return call?.args.length === 1 && call.receiver.text ? [call.receiver, call.args[0]] : null;
}

/** @param {Broken} broken @returns {Fix[]} */
function transposeFixes({ cell, piece, values: { left, right } }) {
  const sides = operandsOf(piece, "@");
  if (!sides || left?.length !== 2 || right?.length !== 2) return [];
  const fixes = [];
  if (left[1] === right[1]) fixes.push(after(cell, sides[1], ".T", "transpose"));
  if (left[0] === right[0]) fixes.push(after(cell, sides[0], ".T", "transpose"));
  return fixes;
}

/** @param {Broken} broken @returns {Fix[]} */
function alignFixes({ cell, piece, values: { left, right } }) {
  const sign = ["+", "-", "*", "/"].find((each) => split(piece, each).length === 2);
  const sides = sign ? operandsOf(piece, sign) : null;
  if (!sides || !left || !right) return [];
  if (right.length === 1 && left.length === 2 && left[0] === right[0])
    return [after(cell, sides[1], ".unsqueeze(1)", "unsqueeze")];
  if (left.length === 1 && right.length === 2 && right[0] === left[0])
    return [after(cell, sides[0], ".unsqueeze(1)", "unsqueeze")];
  if (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0])
    return [after(cell, sides[1], ".T", "transpose")];
  return [];
}

/** @param {number} cell @param {Piece} operand @param {string} method @param {string} label @returns {Fix} */
function after(cell, operand, method, label) {
  return {
    edits: [replacement(cell, operand, bracketed(operand.text) + method)],
    label,
    values: { name: operand.text },
  };
}

/**
 * @param {number} cell
 * @param {Piece} piece
 * @param {unknown} wrong
 * @param {string} right
 * @param {string} label
 * @returns {Fix[]}
 */
function numberFix(cell, piece, wrong, right, label) {
  if (typeof wrong !== "number") return [];
  const found = matches(piece.text, new RegExp(`(?<![\\w.])${wrong}(?![\\w.])`, "g")).at(-1);
  if (!found) return [];
  const range = { from: piece.from + found.from, to: piece.from + found.to };
  return [{ edits: [replacement(cell, range, right)], label, values: {} }];
}

/** @param {Broken} broken @returns {Fix[]} */
function flatFixes({ cell, piece }) {
  const call = callIn(piece);
  const sizes = call?.args ?? [];
  if (!call || !sizes.length) return [];
  const range = { from: sizes[0].from, to: sizes[sizes.length - 1].to };
  return [{ edits: [replacement(cell, range, "-1")], label: "flat", values: {} }];
}

/** @param {Broken} broken @returns {Fix[]} */
function viewFixes({ cell, piece }) {
  const call = callIn(piece);
  if (call?.method !== "view") return [];
  const name = { from: call.head.to - "view".length, to: call.head.to };
  return [
    { edits: [replacement(cell, name, "reshape")], label: "reshape", values: {} },
    { edits: [insertion(cell, call.receiver.to, ".contiguous()")], label: "contiguous", values: {} },
  ];
}

/** The argument that is forgotten most often. @param {Broken} broken @returns {Fix[]} */
function dimFixes({ cell, piece, error }) {
  const call = callIn(piece);
  if (!call || !/missing \d+ required positional arguments?: "dim"/.test(error.message)) return [];
  return [{ edits: [argumentEdit(cell, call, "dim=-1")], label: "lastDimGiven", values: {} }];
}
