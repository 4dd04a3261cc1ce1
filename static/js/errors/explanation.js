/** What an error means, with the names and numbers of this program in it: title, sentence, picture, lines. */

import { brokenBy, nameOf, rootOf } from "./broken.js";
import { callIn } from "../code/code-text.js";
import { codeOf } from "./faults.js";
import { freeingCall } from "./fixes-backward.js";
import { changedName, clashOf } from "./fixes-writes.js";
import { operationLabel } from "../trace/operation-label.js";
import { byId } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").Span} Span
 * @typedef {import("./faults.js").Fault} Fault
 *
 * @typedef {object} Explanation
 * @property {string} code
 * @property {boolean} told                     a sentence of its own, beside the hint
 * @property {Record<string, unknown>} values   of all its sentences
 * @property {{wanted: number[], given: number[]} | null} grids      two shapes that should be the same
 * @property {{left: number[], right: number[], clash: [number, number][]} | null} shapes
 *   two shapes that should meet; clash: positions in left and right, −1 for neither
 */

/** Codes with a sentence made for the card; the others are explained by their hint alone. */
const TOLD = new Set([
  "non-scalar-root",
  "second-backward",
  "inplace-leaf",
  "inplace-leaf-view",
  "inplace-saved",
  "no-grad-fn",
  "matmul-shape",
  "broadcast-shape",
  "gradient-shape",
  "integer-requires-grad",
]);

/**
 * @param {Trace} trace
 * @param {string[]} sources
 * @param {Fault} fault
 * @returns {Explanation}
 */
export function explanationOf(trace, sources, fault) {
  const code = codeOf(fault);
  const given = fault.error.hint?.values ?? {};
  const grids =
    code === "gradient-shape" && given.wanted ? { wanted: given.wanted, given: given.given } : null;
  const values = { ...given, ...aboutCall(trace, fault), ...aboutName(trace, sources, fault) };
  return {
    code,
    told: TOLD.has(code) && isFilled(code, values),
    values,
    grids,
    shapes: shapesOf(code, given),
  };
}

/** A sentence that speaks of two backward calls needs both. @param {string} code @param {Record<string, unknown>} values */
function isFilled(code, values) {
  return code !== "second-backward" || "first" in values;
}

/** @param {Trace} trace @param {Fault} fault @returns {Record<string, unknown>} */
function aboutCall(trace, fault) {
  if (fault.call === null) return {};
  const op = trace.ops.find(({ id }) => id === trace.backward[/** @type {number} */ (fault.call)].error?.op);
  const first = freeingCall({ trace, call: fault.call });
  return {
    call: fault.call + 1,
    ...(op ? { op: operationLabel(op, byId(trace.tensors)) } : {}),
    ...(first === null ? {} : { first: first + 1 }),
  };
}

/**
 * The tensor that the sentences are about.
 * @param {Trace} trace
 * @param {string[]} sources
 * @param {Fault} fault
 * @returns {Record<string, unknown>}
 */
function aboutName(trace, sources, fault) {
  const code = codeOf(fault);
  const broken = brokenBy(trace, sources, fault);
  if (!broken) return {};
  if (code === "inplace-saved") {
    const clash = clashOf(trace, fault.call);
    return { name: clash ? nameOf(clash.tensor) : "" };
  }
  if (code === "inplace-leaf" || code === "inplace-leaf-view") return { name: changedName(broken) };
  if (code === "numpy-requires-grad") return { name: callIn(broken.piece)?.receiver.text ?? "" };
  const root = rootOf(broken);
  return root ? { name: nameOf(root) } : {};
}

/**
 * @param {string} code
 * @param {Record<string, any>} values
 * @returns {Explanation["shapes"]}
 */
function shapesOf(code, { left, right }) {
  if (!Array.isArray(left) || !Array.isArray(right) || !left.length || !right.length) return null;
  if (code === "matmul-shape") {
    const [a, b] = [left.length - 1, Math.max(0, right.length - 2)];
    return left[a] === right[b] ? null : { left, right, clash: [[a, b]] };
  }
  if (code !== "broadcast-shape") return null;
  /** @type {[number, number][]} */
  const clash = [];
  for (let back = 1; back <= Math.min(left.length, right.length); back += 1) {
    const [a, b] = [left.length - back, right.length - back];
    if (left[a] !== right[b] && left[a] !== 1 && right[b] !== 1) clash.push([a, b]);
  }
  return { left, right, clash };
}

/**
 * Lines that belong to an error besides its own: where a value was saved, and where it was changed.
 * @param {Trace} trace
 * @param {Fault | null} fault
 * @returns {{key: "save" | "edit", span: Span}[]}
 */
export function relatedLines(trace, fault) {
  const clash = fault && codeOf(fault) === "inplace-saved" ? clashOf(trace, fault.call) : null;
  if (!clash?.save.span || !clash.edit.span) return [];
  return [
    { key: "save", span: clash.save.span },
    { key: "edit", span: clash.edit.span },
  ];
}
