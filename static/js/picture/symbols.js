/** What tensors and their elements are called in a picture: one symbol per tensor, no two alike. */

import { subscript } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 *
 * @typedef {object} Symbol  How formulas and nodes write a tensor.
 * @property {string} text      a letter or a short word
 * @property {boolean} word     words are upright, letters italic
 * @property {string} primes    "", "′", "″", "‴", then "⁽⁴⁾" … for a name that comes more than once
 * @property {boolean} borrowed the program gave no name that fits; the header tells which letter stands for it
 */

const SPARE = [..."tuvwpqrshkdefgmnzabcyxjl"];
const WORD = 4;
const SCALAR_WORD = 6;
const DIGITS = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];

/**
 * @param {TraceTensor[]} shown     the tensors of the picture, in order of creation
 * @param {Iterable<string>} taken  every name that the program uses
 * @returns {Map<number, Symbol>}
 */
export function symbolsOf(shown, taken) {
  const used = new Set(taken);
  const spare = SPARE.filter((letter) => !used.has(letter));
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {Map<number, Symbol>} */
  const result = new Map();
  for (const tensor of shown) {
    if (tensor.constant) continue;
    const own = fitting(tensor);
    const text = own ?? spare.shift() ?? "t";
    const nth = seen.get(text) ?? 0;
    seen.set(text, nth + 1);
    result.set(tensor.id, { text, word: text.length > 1, primes: primesOf(nth), borrowed: own === null });
  }
  return result;
}

/** @param {number} nth  times that the name came before */
function primesOf(nth) {
  return nth <= 3 ? "′".repeat(nth) : `⁽${[...String(nth)].map((digit) => DIGITS[Number(digit)]).join("")}⁾`;
}

/**
 * The tensor's own name where it is short enough to stand with a subscript.
 * @param {TraceTensor} tensor
 */
function fitting(tensor) {
  if (!tensor.name) return null;
  const limit = tensor.shape.length ? WORD : SCALAR_WORD;
  return tensor.name.length <= limit ? tensor.name : null;
}

/**
 * LaTeX of an element: x_{12}, \mathrm{out}, t'_{1}. Only letters, digits, dots and underscores of the name survive.
 * @param {Symbol} symbol
 * @param {number} flat
 * @param {number[]} shape
 */
export function elementTex(symbol, flat, shape) {
  const index = shape.length ? `_{${subscript(flat, shape)}}` : "";
  return `${symbolTex(symbol)}${index}`;
}

/** @param {Symbol} symbol */
export function symbolTex(symbol) {
  const safe = symbol.text.replace(/[^\p{L}\p{N}_.]/gu, "");
  const base = symbol.word ? `\\mathrm{${safe.replaceAll("_", "\\_")}}` : safe;
  const plain = [...symbol.primes].map((mark) => DIGITS.indexOf(mark)).filter((digit) => digit >= 0);
  return plain.length ? `${base}^{(${plain.join("")})}` : `${base}${"'".repeat(symbol.primes.length)}`;
}
