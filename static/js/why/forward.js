/** How an element was computed, in symbols and in numbers: o₁ = w₁₁·x₁ + w₁₂·x₂ = 1 × 2 + 3 × 1 = 5. */

import { formatNumber } from "../format.js";
import { provenanceOf } from "./provenance.js";
import { bracketedTex, elementTexOf, numberTex } from "./sum-latex.js";
import { parseSymbol } from "./symbol-parse.js";
import { aligned, valueAt } from "./symbol-site.js";
import { texOf } from "./symbol-tex.js";
import { computed } from "./symbol-value.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("./symbol-value.js").Place} Place
 * @typedef {import("./symbol-value.js").Site} Site
 * @typedef {import("./symbol-parse.js").Tree} Tree
 * @typedef {Pick<Picture, "trace" | "symbols">} Named
 * @typedef {{symbols: string, numbers: string, value: number}} Written
 */

const LISTED = 4;
const CLOSE = 1e-3;

/**
 * @param {Named} picture
 * @param {TraceOp} op     that made it
 * @param {Place} output
 * @returns {{steps: string[], last: "=" | "≈"} | null} null where the trace's formulas do not tell
 */
export function forwardOf(picture, op, output) {
  const tensors = byId(picture.trace.tensors);
  const told = valueAt(tensors, output);
  const relations = op.relations.filter((relation) => op.outputs[relation.output] === output.tensor);
  const written = byEdges(picture, op, relations, output) ?? byFormula(picture, op, relations, output);
  if (!written || !(Math.abs(written.value - told) <= CLOSE * Math.max(1, Math.abs(told)))) return null;
  const steps = [written.symbols, written.numbers, numberTex(told)];
  const exact = formatNumber(written.value) === formatNumber(told);
  return { steps: steps.filter((step, i) => i === 0 || step !== steps[i - 1]), last: exact ? "=" : "≈" };
}

/**
 * Where the edges tell all: an element that is passed on, or a sum of weight times element.
 * @param {Named} picture
 * @param {TraceOp} op
 * @param {Relation[]} relations
 * @param {Place} output
 * @returns {Written | null}
 */
function byEdges(picture, op, relations, output) {
  const linear = relations.some(({ structure }) => structure === "contraction");
  const moved = relations.every(({ structure }) => structure === "rearrangement" || structure === "explicit");
  if (!linear && !moved) return null;
  // Of a product the edges of one operand tell all: the other's stand in their weights.
  const once = linear
    ? relations.filter(
        (relation, i) =>
          isOperand(relation) && relations.findIndex((r) => r.structure === relation.structure) === i,
      )
    : relations;
  const terms = once.flatMap((relation) => termsOf(picture, op, relation, output));
  if (!terms.length || (moved && terms.length > 1)) return null;
  /** @param {(term: (typeof terms)[number]) => string} write */
  const row = (write) => {
    const all = terms.map(write);
    return (all.length > LISTED ? [...all.slice(0, 2), "\\cdots", all[all.length - 1]] : all).join(" + ");
  };
  return {
    symbols: row((term) =>
      pair(term, label(picture, term.place), term.factor && label(picture, term.factor), "\\cdot"),
    ),
    numbers: row((term) =>
      pair(term, shownNumber(term.value, terms.length), term.factor && bracketedTex(term.weight), "\\times"),
    ),
    value: terms.reduce((total, { weight, value }) => total + weight * value, 0),
  };
}

/** A term's two factors in the order of the operands, or the one that it has. @param {{first: boolean}} term @param {string} own @param {string | null} factor @param {string} sign */
function pair({ first }, own, factor, sign) {
  if (factor === null) return own;
  return first ? `${factor} ${sign} ${own}` : `${own} ${sign} ${factor}`;
}

/** @param {number} value @param {number} count  of terms; one alone needs no brackets */
function shownNumber(value, count) {
  return count === 1 ? numberTex(value) : bracketedTex(value);
}

/** @param {Relation} relation */
function isOperand({ structure, symbols }) {
  return structure === "contraction" || symbols[0]?.tex === "1";
}

/** @param {Named} picture @param {TraceOp} op @param {Relation} relation @param {Place} output */
function termsOf(picture, op, relation, output) {
  const tensors = byId(picture.trace.tensors);
  const edges = relation.edges ?? { input: [], output: [], weight: [] };
  return edges.input.flatMap((element, edge) => {
    if (edges.output[edge] !== output.element) return [];
    const place = { tensor: op.inputs[relation.input], element };
    const found = provenanceOf(picture, { op: op.id, relation: op.relations.indexOf(relation), edge });
    const factor = relation.structure === "contraction" ? (found?.sources[0] ?? null) : null;
    const first = factor !== null && op.inputs.indexOf(factor.tensor) < relation.input;
    return [{ place, factor, first, weight: Number(edges.weight[edge]), value: valueAt(tensors, place) }];
  });
}

/**
 * The operation's own formula, read at one output element.
 * @param {Named} picture
 * @param {TraceOp} op
 * @param {Relation[]} relations
 * @param {Place} output
 * @returns {Written | null}
 */
function byFormula(picture, op, relations, output) {
  const structures = relations.map(({ structure }) => structure);
  if (!op.forward || structures.includes("rearrangement") || structures.includes("implicit")) return null;
  const site = siteAt(picture, op, relations, output, null);
  const tree = withMean(parseSymbol(op.forward), site);
  /** @param {Place} place */
  const name = (place) => label(picture, place);
  return {
    symbols: texOf(tree, site, { label: name, numbers: false }),
    numbers: texOf(tree, site, { label: name, numbers: true }),
    value: computed(tree, site),
  };
}

/** A mean is written out: 1/n of a sum. @param {Tree} tree @param {Site} site @returns {Tree} */
function withMean(tree, site) {
  if (tree.kind !== "mean") return tree;
  const count = /** @type {Tree} */ ({ kind: "number", value: site.fellows(tree.letter).length });
  const one = /** @type {Tree} */ ({ kind: "number", value: 1 });
  const inner = /** @type {Tree} */ ({ kind: "place", letter: tree.letter, place: "" });
  return {
    kind: "product",
    factors: [
      { kind: "fraction", above: one, below: count },
      { kind: "over", how: "sum", inner },
    ],
  };
}

/**
 * @param {Named} picture
 * @param {TraceOp} op
 * @param {Relation[]} relations
 * @param {Place} output
 * @param {Place | null} fellow  the element that a sum has come to
 * @returns {Site}
 */
function siteAt(picture, op, relations, output, fellow) {
  const tensors = byId(picture.trace.tensors);
  const shape = need(tensors, output.tensor).shape;
  /** @param {string} letter */
  const find = (letter) => {
    const position = letter === "x" ? 0 : letter.charCodeAt(0) - 97;
    const tensor = op.inputs[position];
    if (tensor === undefined) return null;
    if (fellow?.tensor === tensor) return fellow;
    const relation = relations.find(({ input }) => input === position) ?? relations[0];
    const element = aligned(op, relation, position, output.element, need(tensors, tensor).shape, shape);
    return element === null ? null : { tensor, element };
  };
  const [{ edges, input }] = relations;
  const fellows = (edges?.input ?? [])
    .filter((_, edge) => edges?.output[edge] === output.element)
    .map((element) => ({ tensor: op.inputs[input], element }));
  return {
    own: fellow ?? { tensor: -1, element: -1 },
    find,
    value: (place) => valueAt(tensors, place),
    fellows: () => fellows,
    from: (place) => siteAt(picture, op, relations, output, place),
    coordinate: Number.NaN,
    index: Number.NaN,
    written: false,
  };
}

/** An element by its label, a constant by its number. @param {Named} picture @param {Place} place */
function label(picture, place) {
  const named = picture.symbols.has(place.tensor);
  return named
    ? elementTexOf(/** @type {Picture} */ (picture), place.tensor, place.element)
    : numberTex(valueAt(byId(picture.trace.tensors), place));
}
