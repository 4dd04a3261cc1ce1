/** Three different zeros, told apart: no edge, an edge of weight 0, terms that cancel. */

import { elementText } from "../element-text.js";
import { elementCount, formatNumber } from "../format.js";
import { usesOf } from "../trace/scores.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("./inspection.js").WrittenSum} WrittenSum
 * @typedef {import("./hand-out.js").HandOut} HandOut
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {{tensor: number, element: number}} Place
 * @typedef {{kind: "none" | "weight" | "cancel", key: string, values: Record<string, string>}} Zero  a sentence of the locales
 */

/** So many elements are named; more end in "…". */
const NAMED = 4;
const MOST = 64;

/**
 * The zeros in a gathered sum.
 * @param {Picture} picture
 * @param {WrittenSum} written
 * @returns {Zero[]}
 */
export function zerosOfSum(picture, { tensor, element, sum }) {
  const own = { tensor: tensor.id, element };
  const users = picture.graph.ops.filter((op) => usesOf(op, tensor.id).length);
  const apart = users.flatMap((op) => apartFrom(picture, op, own, "input", usesOf(op, tensor.id)));
  const flat = sum.terms.filter(({ weight }) => weight === 0);
  const moving = sum.terms.filter(({ product }) => product);
  const cancels = sum.total === 0 && moving.length > 1;
  return [
    ...sentence("none", "noEdgeTo", own, apart, picture),
    ...sentence("weight", "zeroTo", own, flat, picture),
    ...(cancels ? [cancelled(moving.map(({ product }) => product ?? 0))] : []),
  ];
}

/**
 * The zeros in a score that is handed out.
 * @param {Picture} picture
 * @param {HandOut} given
 * @returns {Zero[]}
 */
export function zerosOfHandOut(picture, { op, tensor, element, input, all }) {
  const own = { tensor: tensor.id, element };
  const apart = apartFrom(picture, op, own, "output", usesOf(op, input));
  const flat = all.filter(({ weight }) => weight === 0);
  return [
    ...sentence("none", "noEdgeFrom", own, apart, picture),
    ...sentence("weight", "zeroFrom", own, flat, picture),
  ];
}

/**
 * The elements at the other side that no edge joins with this one. Of a large tensor nothing is told.
 * @param {Picture} picture
 * @param {TraceOp} op
 * @param {Place} own
 * @param {"input" | "output"} side  which side `own` is on
 * @param {import("../trace/trace-types.js").Relation[]} relations
 * @returns {Place[]}
 */
function apartFrom({ trace }, op, own, side, relations) {
  const [first] = relations;
  if (!first || relations.some(({ edges, complete }) => !edges || !complete)) return [];
  const far = side === "input" ? "output" : "input";
  const tensor = side === "input" ? op.outputs[first.output] : op.inputs[first.input];
  const count = elementCount(need(byId(trace.tensors), tensor).shape);
  if (count > MOST) return [];
  /** @type {Set<number>} */
  const joined = new Set();
  for (const { edges } of relations)
    edges?.[side].forEach((element, edge) => {
      if (element === own.element) joined.add(edges[far][edge]);
    });
  const elements = Array.from({ length: count }, (_, element) => element);
  return elements.filter((element) => !joined.has(element)).map((element) => ({ tensor, element }));
}

/**
 * @param {Zero["kind"]} kind
 * @param {string} key
 * @param {Place} own
 * @param {Place[]} places
 * @param {Picture} picture
 * @returns {Zero[]}
 */
function sentence(kind, key, own, places, picture) {
  if (!places.length) return [];
  const names = places
    .slice(0, places.length > NAMED ? NAMED - 1 : NAMED)
    .map((place) => elementText(picture, place));
  const others = [...names, ...(places.length > NAMED ? ["…"] : [])].join(", ");
  return [{ kind, key, values: { own: elementText(picture, own), others } }];
}

/** @param {number[]} products @returns {Zero} */
function cancelled(products) {
  const shown = products.slice(0, NAMED).map((product) => (product > 0 ? "+" : "") + formatNumber(product));
  const terms = [...shown, ...(products.length > NAMED ? ["…"] : [])].join(" ");
  return { kind: "cancel", key: "cancels", values: { terms } };
}
