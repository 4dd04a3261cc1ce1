/**
 * Reading the formulas that come with a trace, of weights and of what operations compute: a small part of LaTeX, as a tree that can be computed and
 * written again with labels or numbers in it. What is not understood becomes one opaque piece.
 *
 * @typedef {{kind: "number", value: number}
 *   | {kind: "place", letter: string, place: string}
 *   | {kind: "mean", letter: string}
 *   | {kind: "others", letter: string}
 *   | {kind: "ties", truth: Tree}
 *   | {kind: "coordinate"} | {kind: "index"}
 *   | {kind: "sum", terms: {sign: 1 | -1, tree: Tree}[]}
 *   | {kind: "product", factors: Tree[]}
 *   | {kind: "fraction", above: Tree, below: Tree}
 *   | {kind: "minus", tree: Tree}
 *   | {kind: "power", base: Tree, exponent: Tree}
 *   | {kind: "call", name: string, argument: Tree}
 *   | {kind: "truth", sides: Tree[], signs: string[]}
 *   | {kind: "cases", inside: Tree}
 *   | {kind: "over", how: "sum" | "product" | "max" | "min", inner: Tree}
 *   | {kind: "extreme", how: "max" | "min", items: Tree[]}
 *   | {kind: "opaque", tex: string}} Tree
 *
 * place      an element of an operand: x_i, c_{kj}, or the bare letter of a scalar
 * mean       x̄, over all elements that take part in the same output element
 * others     the product of all that take part in the same output element, but this one
 * ties       how many of those the statement holds for
 * coordinate, index   where the element lies along the reduced dim, and which one was taken
 * over       of all elements that take part in the same output element
 * cases      a write: `inside` where the element was written, else 1
 */

import { accept, expect, readerOf, subscript } from "./symbol-tokens.js";

const CASES = /^\\begin\{cases\} (.*) & i \\text\{ written\} .*\\end\{cases\}$/;
const FUNCTIONS = new Set([
  "\\sin",
  "\\cos",
  "\\tan",
  "\\sinh",
  "\\cosh",
  "\\tanh",
  "\\ln",
  "\\sigma",
  "\\Phi",
]);
const COMPARED = new Set(["<", ">", "=", "\\ge", "\\le", "\\lor"]);
const ENDS = new Set([")", "]", "}", ",", "\\rfloor", "\\rceil", "+", "-", undefined]);
/** @type {Record<string, "sum" | "product" | "max" | "min">} */
const OVER = { "\\sum": "sum", "\\prod": "product", "\\max": "max", "\\min": "min" };

/** @type {Map<string, Tree>} */
const read = new Map();

/**
 * @param {string} tex  the `tex` of one of a relation's symbols
 * @returns {Tree}
 */
export function parseSymbol(tex) {
  const known = read.get(tex);
  if (known) return known;
  let tree;
  try {
    tree = parsed(tex);
  } catch {
    tree = /** @type {Tree} */ ({ kind: "opaque", tex });
  }
  read.set(tex, tree);
  return tree;
}

/** @param {string} tex @returns {Tree} */
function parsed(tex) {
  const cases = CASES.exec(tex);
  if (cases) return { kind: "cases", inside: parsed(cases[1]) };
  const reader = readerOf(tex);
  const tree = sum(reader);
  if (reader.at < reader.tokens.length) throw new SyntaxError(tex);
  return tree;
}

/** @typedef {import("./symbol-tokens.js").Reader} Reader */

/** @param {Reader} reader @returns {Tree} */
function sum(reader) {
  const negative = accept(reader, "-");
  const first = product(reader);
  /** @type {{sign: 1 | -1, tree: Tree}[]} */
  const terms = [{ sign: 1, tree: negative ? { kind: "minus", tree: first } : first }];
  for (;;) {
    const sign = accept(reader, "+") ? 1 : accept(reader, "-") ? -1 : 0;
    if (sign === 0) break;
    terms.push({ sign, tree: product(reader) });
  }
  return terms.length === 1 ? terms[0].tree : { kind: "sum", terms };
}

/** @param {Reader} reader @returns {Tree} */
function product(reader) {
  /** @type {Tree[]} */
  const factors = [];
  do {
    accept(reader, "\\cdot");
    factors.push(power(reader));
  } while (!ends(reader));
  return factors.length === 1 ? factors[0] : { kind: "product", factors };
}

/** A bar closes what a bar opened; else it opens. @param {Reader} reader */
function ends({ tokens, at, bars }) {
  return ENDS.has(tokens[at]) || COMPARED.has(tokens[at]) || (bars > 0 && tokens[at] === "|");
}

/** @param {Reader} reader @returns {Tree} */
function power(reader) {
  const base = atom(reader);
  return accept(reader, "^") ? { kind: "power", base, exponent: braced(reader) } : base;
}

/** @param {Reader} reader @returns {Tree} */
function braced(reader) {
  return enclosed(reader, "{", "}");
}

/** @param {Reader} reader @param {string} open @param {string} close @returns {Tree} */
function enclosed(reader, open, close) {
  expect(reader, open);
  const tree = sum(reader);
  expect(reader, close);
  return tree;
}

/** @param {Reader} reader @returns {Tree} */
function atom(reader) {
  const token = reader.tokens[reader.at] ?? "";
  if (token === "(") return enclosed(reader, "(", ")");
  if (token === "|") return absolute(reader);
  if (token === "\\lfloor")
    return { kind: "call", name: "floor", argument: enclosed(reader, "\\lfloor", "\\rfloor") };
  if (token === "\\lceil")
    return { kind: "call", name: "ceil", argument: enclosed(reader, "\\lceil", "\\rceil") };
  if (token === "[") return truth(reader);
  reader.at += 1;
  if (/^\d/.test(token)) return { kind: "number", value: Number(token) };
  if (token === "\\infty") return { kind: "number", value: Number.POSITIVE_INFINITY };
  if (FUNCTIONS.has(token)) return { kind: "call", name: token.slice(1), argument: power(reader) };
  const known = /^\\operatorname\{(sign|round|trunc)\}$/.exec(token);
  if (known) return { kind: "call", name: known[1], argument: enclosed(reader, "(", ")") };
  if (token === "\\frac" || token === "\\tfrac") return fraction(reader);
  if (token.startsWith("\\bar{")) return { kind: "mean", letter: token[5] };
  if (token === "\\sqrt") return { kind: "call", name: "sqrt", argument: braced(reader) };
  if (token === "\\log") return { kind: "call", name: `log${subscript(reader)}`, argument: power(reader) };
  if (token.startsWith("\\prod_{") && token.includes("\\ne")) return others(reader);
  if (token.startsWith("\\prod_{")) return { kind: "over", how: "product", inner: product(reader) };
  if (token in OVER) return over(reader, OVER[token]);
  if (token === "\\operatorname{index}") return subscripted(reader, { kind: "index" });
  if (/^[a-z]$/.test(token)) return named(reader, token);
  throw new SyntaxError(token);
}

/** @param {Reader} reader @returns {Tree} */
function absolute(reader) {
  reader.bars += 1;
  const argument = enclosed(reader, "|", "|");
  reader.bars -= 1;
  return { kind: "call", name: "abs", argument };
}

/** @param {Reader} reader @returns {Tree} */
function fraction(reader) {
  const above = braced(reader);
  if (reader.tokens[reader.at + 1] !== "\\#") return { kind: "fraction", above, below: braced(reader) };
  reader.at += 3;
  return { kind: "fraction", above, below: { kind: "ties", truth: above } };
}

/** Over all elements that take part, \sum_i x, or the largest of a few, \max(a, b). @param {Reader} reader @param {"sum" | "product" | "max" | "min"} how @returns {Tree} */
function over(reader, how) {
  if (subscript(reader)) return { kind: "over", how, inner: product(reader) };
  expect(reader, "(");
  const items = [sum(reader)];
  while (accept(reader, ",")) items.push(sum(reader));
  expect(reader, ")");
  if (how === "sum" || how === "product") throw new SyntaxError(how);
  return { kind: "extreme", how, items };
}

/** @param {Reader} reader @returns {Tree} */
function others(reader) {
  const letter = reader.tokens[reader.at];
  reader.at += 1;
  return subscripted(reader, { kind: "others", letter });
}

/** @param {Reader} reader @param {string} letter @returns {Tree} */
function named(reader, letter) {
  const place = subscript(reader);
  if (letter === "i" && !place) return { kind: "coordinate" };
  if (letter === "e" && !place) return { kind: "call", name: "exp", argument: exponent(reader) };
  if (letter === "J") throw new SyntaxError(letter);
  return { kind: "place", letter, place };
}

/** @param {Reader} reader @returns {Tree} */
function exponent(reader) {
  expect(reader, "^");
  return braced(reader);
}

/** @param {Reader} reader @param {Tree} tree */
function subscripted(reader, tree) {
  subscript(reader);
  return tree;
}

/** A statement in brackets, worth 1 where it holds and 0 elsewhere. @param {Reader} reader @returns {Tree} */
function truth(reader) {
  expect(reader, "[");
  const sides = [sum(reader)];
  /** @type {string[]} */
  const signs = [];
  while (!accept(reader, "]")) {
    signs.push(reader.tokens[reader.at]);
    if (!COMPARED.has(reader.tokens[reader.at])) throw new SyntaxError("a comparison expected");
    reader.at += 1;
    sides.push(sum(reader));
  }
  return { kind: "truth", sides, signs };
}
