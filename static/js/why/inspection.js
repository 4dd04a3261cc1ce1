/** What the inspector tells about the selected element: its sum, its table, its drawer; or the current rule. */

import { drawerOf } from "../trace/bookings.js";
import { addsUp, codeElement, formatNumber, readNumber } from "../format.js";
import { operationLabel } from "../trace/operation-label.js";
import { hookAt } from "../trace/hooks.js";
import { sumOf } from "../trace/scores.js";
import { byId } from "../trace/trace-types.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("../trace/scores.js").Sum} Sum
 * @typedef {import("../trace/scores.js").Term} Term
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 *
 * @typedef {object} WrittenSum   The sum as it is written out: at most four addends.
 * @property {TraceTensor} tensor
 * @property {number} element
 * @property {string} code        how code writes the element
 * @property {Sum} sum
 * @property {{before: number, after: number} | null} hook  what hooks made of the gathered sum; total is after them
 * @property {Term[]} terms       all of them up to four, else the three largest products
 * @property {number} rest        how many more there are
 * @property {number | null} restSum
 * @property {"=" | "≈"} products  sign before the line of products
 * @property {"=" | "≈"} result    sign before the result
 * @property {Map<number, string>} labels  by operation, empty when only one is concerned
 */

const FULL = 4;
const LARGEST = 3;

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {{tensor: number, element: number} | null} selection
 * @returns {WrittenSum | null}
 */
export function writtenSum(picture, known, selection) {
  const box = selection && picture.layout.boxes.get(selection.tensor);
  if (!selection || !box || box.member.role === "grey" || selection.element >= Math.max(1, box.size.count))
    return null;
  const { tensor } = box.member;
  const call = known.call === null ? null : picture.trace.backward[known.call];
  const sum = sumOf(picture.trace, call, picture.graph.walk, tensor.id, selection.element, known.scores);
  const terms = sum.terms.length > FULL ? largest(sum.terms) : sum.terms;
  const others = sum.terms.filter((term) => !terms.includes(term));
  const restSum = others.some(({ product }) => product === null)
    ? null
    : others.reduce((total, { product }) => total + (product ?? 0), 0);
  const code = codeElement(tensor.name ?? `(${tensor.label})`, selection.element, tensor.shape);
  const shown = { terms, rest: others.length, restSum, labels: termLabels(picture, sum.terms) };
  const hook = sum.total === null ? null : hookAt(picture.trace, known.call, tensor.id, selection.element);
  const gathered = hook ? { ...sum, total: hook.before } : sum;
  return {
    tensor,
    element: selection.element,
    code,
    sum,
    hook,
    ...shown,
    ...signs(gathered, terms, others.length ? restSum : null),
  };
}

/** @param {Term[]} terms */
function largest(terms) {
  /** @param {Term} term */
  const size = (term) => Math.abs(term.product ?? term.weight);
  return [...terms].sort((a, b) => size(b) - size(a)).slice(0, LARGEST);
}

/** @param {Sum} sum @param {Term[]} terms @param {number | null} rest */
function signs(sum, terms, rest) {
  const exact = terms.every(({ upstream, weight, product }) => {
    if (upstream === null || product === null) return true;
    const shown = readNumber(formatNumber(upstream)) * readNumber(formatNumber(weight));
    return Math.abs(shown - readNumber(formatNumber(product))) <= 1e-9 * Math.max(1, Math.abs(shown));
  });
  const addends = [
    ...terms.map(({ product }) => product ?? 0),
    ...(rest === null ? [] : [rest]),
    sum.seed ?? 0,
  ];
  const exactSum = sum.total === null || addsUp(addends, sum.total);
  return {
    products: exact ? /** @type {const} */ ("=") : /** @type {const} */ ("≈"),
    result: exactSum ? /** @type {const} */ ("=") : /** @type {const} */ ("≈"),
  };
}

/** @param {Picture} picture @param {Term[]} terms */
function termLabels({ trace }, terms) {
  const concerned = new Set(terms.map(({ op }) => op));
  if (concerned.size < 2) return new Map();
  const tensors = byId(trace.tensors);
  return new Map(
    trace.ops.filter(({ id }) => concerned.has(id)).map((op) => [op.id, operationLabel(op, tensors)]),
  );
}

/**
 * Tensors whose drawers the picture's call adds to: leaves, then intermediates that retain their `.grad`.
 * @param {Picture} picture
 * @returns {number[]} ids
 */
export function drawerLeaves({ trace, graph }) {
  if (graph.call === null) return [];
  const { accumulated, retained = [] } = trace.backward[graph.call];
  return [...accumulated, ...retained].map(({ tensor }) => tensor);
}

/** @param {Picture} picture @param {number} tensor */
export function drawerAt({ trace, graph }, tensor) {
  return graph.call === null ? null : drawerOf(trace, graph.call, tensor);
}

/**
 * The symbol of what is differentiated: the root when it is one number, else L = Σ g·root.
 * @param {Picture} picture
 * @returns {{symbol: import("../picture/symbols.js").Symbol | null, roots: TraceTensor[]}}
 */
export function targetOf({ trace, graph, symbols }) {
  const roots = trace.tensors.filter(({ id }) => graph.roots.includes(id));
  const single = roots.length === 1 && roots[0].shape.length === 0;
  return { symbol: single ? (symbols.get(roots[0].id) ?? null) : null, roots };
}
