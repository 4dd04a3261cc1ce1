/** Repairs of what kind of value stands where: integers, one number or several, None, NumPy. */

import { rootOf, tensorNamed } from "./broken.js";
import { bracketed, callIn } from "../code/code-text.js";
import { insertion, replacement } from "../code/edits.js";
import { floatFixes, missingGradFixes, requireGradFixes } from "./fixes-leaves.js";
import { operandsOf } from "./fixes-shapes.js";

/**
 * @typedef {import("./broken.js").Broken} Broken
 * @typedef {import("./fixes.js").Fix} Fix
 */

/** @type {Record<string, import("./fixes.js").Repair>} */
export const typeFixes = {
  "integer-requires-grad": ({ source, cell, error }) => floatFixes(source, cell, error.line ?? 1),
  "item-many": itemFixes,
  "bool-ambiguous": truthFixes,
  "mean-of-integers": meanFixes,
  "matmul-dtype": sameTypeFixes,
  "numpy-requires-grad": ({ cell, piece }) => methodFixes(cell, piece, "numpy", ["detach"]),
  "none-value": (broken) => missingGradFixes(broken, broken.error.line ?? 1),
  "retain-grad-misuse": receiverFixes,
  "flag-of-result": ({ cell, piece }) => flagFixes(cell, piece),
};

/**
 * Another method in the place of one; there is no NumPy here to go on with.
 * @param {number} cell
 * @param {import("../code/code-text.js").Piece} piece
 * @param {string} method
 * @param {string[]} others  also the keys of their labels
 * @returns {Fix[]}
 */
function methodFixes(cell, piece, method, others) {
  const call = callIn(piece);
  if (call?.method !== method || !call.receiver.text) return [];
  const range = { from: call.head.to - method.length, to: call.head.to };
  return others.map((label) => ({ edits: [replacement(cell, range, label)], label, values: {} }));
}

/** @param {Broken} broken @returns {Fix[]} */
function itemFixes(broken) {
  const { cell, piece } = broken;
  const list = methodFixes(cell, piece, "item", ["tolist"]);
  const receiver = callIn(piece)?.receiver;
  const rank = receiver ? tensorNamed(broken, receiver.text)?.shape.length : 0;
  if (!receiver || !rank) return list;
  const index = insertion(cell, receiver.to, `[${Array(rank).fill("0").join(", ")}]`);
  return [...list, { edits: [index], label: "first", values: {} }];
}

/** @param {Broken} broken @returns {Fix[]} */
function truthFixes({ cell, piece }) {
  return ["all", "any"].map((method) => ({
    edits: [replacement(cell, piece, `${bracketed(piece.text)}.${method}()`)],
    label: method,
    values: {},
  }));
}

/** @param {Broken} broken @returns {Fix[]} */
function meanFixes({ cell, piece }) {
  const call = callIn(piece);
  if (call?.method !== "mean") return [];
  const at = call.receiver.text === "torch" ? call.args[0]?.to : call.receiver.to;
  return at === undefined ? [] : [{ edits: [insertion(cell, at, ".float()")], label: "float", values: {} }];
}

/** @param {Broken} broken @returns {Fix[]} */
function sameTypeFixes({ cell, piece }) {
  const sides = operandsOf(piece, "@");
  if (!sides) return [];
  const [left, right] = sides.map(({ text }) => bracketed(text));
  const edit = replacement(cell, sides[1], `${right}.to(${left}.dtype)`);
  return [{ edits: [edit], label: "sameType", values: {} }];
}

/** @param {Broken} broken @returns {Fix[]} */
function receiverFixes(broken) {
  const receiver = callIn(broken.piece)?.receiver.text;
  const tensor = receiver ? tensorNamed(broken, receiver) : rootOf(broken);
  return tensor?.is_leaf ? requireGradFixes(broken, [tensor]) : [];
}

/** `y.requires_grad_(False)` and `y.requires_grad = False` as the detach that is meant. */
function flagFixes(/** @type {number} */ cell, /** @type {import("../code/code-text.js").Piece} */ piece) {
  const name = /^(\w+)\.requires_grad_?\b/.exec(piece.text)?.[1];
  return name
    ? [{ edits: [replacement(cell, piece, `${name} = ${name}.detach()`)], label: "detach", values: {} }]
    : [];
}
