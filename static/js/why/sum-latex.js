/** The written-out sum as one line of LaTeX, for the clipboard: the same terms in the same order as on the page. */

import { formatNumber } from "../format.js";
import { elementTex } from "../picture/symbols.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("./inspection.js").WrittenSum} WrittenSum
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 */

/**
 * A number as LaTeX: a hyphen for the minus, a power of ten instead of e.
 * @param {Scalar | undefined} value
 */
export function numberTex(value) {
  const text = formatNumber(value).replaceAll("−", "-");
  if (text === "inf" || text === "-inf") return text.replace("inf", "\\infty");
  if (text === "nan" || text === "–") return `\\text{${text}}`;
  const [mantissa, exponent] = text.split("e");
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${exponent}}`;
}

/** As a factor or addend: brackets around what begins with a minus. @param {Scalar | undefined} value */
export function bracketedTex(value) {
  const text = numberTex(value);
  return text.startsWith("-") ? `(${text})` : text;
}

/**
 * @param {Picture} picture
 * @param {number} tensor
 * @param {number} index
 */
export function elementTexOf({ symbols, trace }, tensor, index) {
  const symbol = symbols.get(tensor);
  const shape = trace.tensors.find(({ id }) => id === tensor)?.shape ?? [];
  return symbol ? elementTex(symbol, index, shape) : "\\cdot";
}

/**
 * @param {Picture} picture
 * @param {string} target  LaTeX of what is differentiated
 * @param {WrittenSum} written
 */
export function sumLatex(picture, target, written) {
  const own = elementTexOf(picture, written.tensor.id, written.element);
  const left = `\\frac{\\partial ${target}}{\\partial ${own}}`;
  const lines = [written.terms.map((term) => symbolTerm(picture, target, own, term))];
  if (written.sum.total !== null) {
    lines.push(written.terms.map((t) => `${bracketedTex(t.upstream)} \\times ${bracketedTex(t.weight)}`));
    lines.push(written.terms.map((t) => bracketedTex(t.product)));
  }
  const sums = lines.map((terms, i) => [...terms, ...remaining(written, i)].join(" + ")).filter(Boolean);
  const gathered = written.hook?.before ?? written.sum.total;
  const total = gathered === null ? [] : [numberTex(gathered)];
  const hooked = written.hook ? ` \\xrightarrow{\\text{hook}} ${numberTex(written.hook.after)}` : "";
  return [left, ...sums, ...total].join(" = ") + hooked;
}

/** @param {Picture} picture @param {string} target @param {string} own @param {import("../trace/scores.js").Term} term */
function symbolTerm(picture, target, own, term) {
  const output = elementTexOf(picture, term.tensor, term.element);
  const use = term.uses > 1 ? `^{(${term.use})}` : "";
  return `\\frac{\\partial ${target}}{\\partial ${output}} \\cdot \\frac{\\partial ${output}}{\\partial ${own}${use}}`;
}

/** What stands after the terms: the smaller ones together, and the root's own seed. @param {WrittenSum} written @param {number} line */
function remaining(written, line) {
  const rest = written.rest ? [line < 2 ? "\\cdots" : bracketedTex(written.restSum)] : [];
  return written.sum.seed === null ? rest : [...rest, bracketedTex(written.sum.seed)];
}
