/** Where a weight comes from: its formula from the trace, read at one edge, with labels and with numbers. */

import { formatNumber, readNumber } from "../format.js";
import { numberTex } from "./sum-latex.js";
import { parseSymbol } from "./symbol-parse.js";
import { siteOf } from "./symbol-site.js";
import { texOf } from "./symbol-tex.js";
import { computed } from "./symbol-value.js";
import { elementTex } from "../picture/symbols.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("./symbol-value.js").Site} Site
 * @typedef {import("./symbol-value.js").Place} Place
 * @typedef {import("./symbol-parse.js").Tree} Tree
 * @typedef {{op: number, relation: number, edge: number}} EdgePlace  positions in the trace
 *
 * @typedef {object} Provenance
 * @property {string[]} steps   LaTeX, each equal to the one before: labels, numbers, the weight; as many as differ
 * @property {"=" | "≈"} last   sign before the last step
 * @property {Place[]} sources  elements of other operands, or of the output, whose values the weight is made of
 */

/** Formulas are computed in double from numbers of either width. */
const CLOSE = 1e-3;

/**
 * @param {{trace: Trace, symbols: Map<number, import("../picture/symbols.js").Symbol>}} picture
 * @param {EdgePlace} place
 * @returns {Provenance | null} null when the trace does not hold the edge, or its formula names what the page cannot find
 */
export function provenanceOf({ trace, symbols: named }, place) {
  const site = siteOf(trace, place);
  const tree = treeAt(trace, place);
  if (!site || !tree || isMisread(computed(tree, site), readNumber(String(weightAt(trace, place)))))
    return null;
  const weight = numberTex(weightAt(trace, place));
  const tensors = byId(trace.tensors);
  /** An element by its label, a constant by its number. @param {Place} at */
  const label = (at) => {
    const [tensor, symbol] = [tensors.get(at.tensor), named.get(at.tensor)];
    return tensor && symbol ? elementTex(symbol, at.element, tensor.shape) : numberTex(site.value(at));
  };
  const symbols = texOf(tree, site, { label, numbers: false });
  const numbers = Number.isFinite(computed(tree, site)) ? [texOf(tree, site, { label, numbers: true })] : [];
  const steps = [symbols, ...numbers, weight].filter((step, i, all) => i === 0 || step !== all[i - 1]);
  const told = told4(tree, site, weightAt(trace, place));
  return { steps, last: steps.length > 1 && !told ? "≈" : "=", sources: sourcesOf(tree, site) };
}

/**
 * A formula may name places by rules of its own operation (a window, a list of indices). What the page finds there is
 * told only if it comes to the weight.
 * @param {number} found @param {number} weight
 */
function isMisread(found, weight) {
  return (
    Number.isFinite(found) &&
    Number.isFinite(weight) &&
    Math.abs(found - weight) > CLOSE * Math.max(1, Math.abs(weight))
  );
}

/**
 * The formula of an edge's weight with labels, such as o₂(1 − o₂).
 * @param {Parameters<typeof provenanceOf>[0]} picture
 * @param {EdgePlace} place
 */
export function weightSymbols(picture, place) {
  return provenanceOf(picture, place)?.steps[0] ?? null;
}

/**
 * The weight that the formula comes to with the trace's own numbers; NaN where it cannot be told.
 * @param {Trace} trace
 * @param {EdgePlace} place
 */
export function computedWeight(trace, place) {
  const site = siteOf(trace, place);
  const tree = treeAt(trace, place);
  return site && tree ? computed(tree, site) : Number.NaN;
}

/** @param {Trace} trace @param {EdgePlace} place */
function weightAt(trace, { op, relation, edge }) {
  return need(byId(trace.ops), op).relations[relation].edges?.weight[edge] ?? null;
}

/** Whether the shown numbers give the shown weight. @param {Tree} tree @param {Site} site @param {import("../trace/trace-types.js").Scalar} weight */
function told4(tree, site, weight) {
  /** @param {number} value */
  const shown = (value) => readNumber(formatNumber(value));
  const rounded = computed(tree, { ...site, value: (place) => shown(site.value(place)) });
  return formatNumber(rounded) === formatNumber(weight) || !Number.isFinite(rounded);
}

/** @param {Trace} trace @param {EdgePlace} place @returns {Tree | null} */
function treeAt(trace, { op, relation: position, edge }) {
  const relation = byId(trace.ops).get(op)?.relations[position];
  if (!relation?.edges) return null;
  const diagonal = relation.edges.input[edge] === relation.edges.output[edge];
  const where = diagonal ? "diagonal" : "off-diagonal";
  const symbol = relation.symbols.find((one) => one.where === "all" || one.where === where);
  return symbol ? parseSymbol(symbol.tex) : null;
}

/**
 * The elements that a formula names, but for the edge's own input.
 * @param {Tree} tree
 * @param {Site} site
 * @returns {Place[]}
 */
function sourcesOf(tree, site) {
  /** @type {Place[]} */
  const found = [];
  /** @param {unknown} part */
  const visit = (part) => {
    if (Array.isArray(part)) return part.forEach(visit);
    if (typeof part !== "object" || part === null) return;
    const { kind, letter, place } = /** @type {{kind?: string, letter?: string, place?: string}} */ (part);
    const named = kind === "place" ? site.find(letter ?? "", place ?? "") : null;
    if (named) found.push(named);
    if (kind === "others") found.push(...site.fellows(letter ?? ""));
    Object.values(part).forEach(visit);
  };
  visit(tree);
  const other = found.filter(
    ({ tensor, element }) => tensor !== site.own.tensor || element !== site.own.element,
  );
  return other.filter(
    (a, i) => other.findIndex((b) => a.tensor === b.tensor && a.element === b.element) === i,
  );
}
