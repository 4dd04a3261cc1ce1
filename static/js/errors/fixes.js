/** Repairs of a failed program: each is a small edit of its code, named in the reader's language and shown as code. */

import { brokenBy } from "./broken.js";
import { backwardFixes } from "./fixes-backward.js";
import { floatFixes, missingGradFixes } from "./fixes-leaves.js";
import { nameFixes } from "./fixes-names.js";
import { shapeFixes } from "./fixes-shapes.js";
import { typeFixes } from "./fixes-types.js";
import { writeFixes } from "./fixes-writes.js";

/**
 * @typedef {import("./broken.js").Broken} Broken
 * @typedef {import("../code/edits.js").Edit} Edit
 *
 * @typedef {object} Fix
 * @property {Edit[]} edits
 * @property {string} label                     key under page.fix
 * @property {Record<string, unknown>} values   for the label
 * @property {"gradient"} [opens]               what the reader goes on with
 *
 * @typedef {(broken: Broken) => Fix[]} Repair
 */

/** @type {Record<string, Repair>} */
const REPAIRS = { ...backwardFixes, ...writeFixes, ...nameFixes, ...shapeFixes, ...typeFixes };

/**
 * @param {import("../trace/trace-types.js").Trace} trace
 * @param {string[]} sources  as they ran
 * @param {import("./faults.js").Fault} fault
 * @returns {Fix[]} best first; empty where the page knows none
 */
export function fixesOf(trace, sources, fault) {
  const broken = brokenBy(trace, sources, fault);
  const repair = REPAIRS[fault.error.hint?.code ?? ""];
  return broken && repair ? repair(broken).filter((fix) => fits(fix, sources)) : [];
}

/** Lines between the prompts of a pasted transcript are output, so nothing is written there. */
const PROMPT = /^\s*(?:>>>|In ?\[)/m;

/** @param {Fix} fix @param {string[]} sources */
function fits({ edits }, sources) {
  return edits.every(({ cell, insert }) => !insert.includes("\n") || !PROMPT.test(sources[cell]));
}

/**
 * What can be done about a remark.
 * @param {import("../trace/trace-types.js").Trace} trace
 * @param {string[]} sources
 * @param {number} cell  position in the run
 * @param {import("../code/cells.js").Notice} notice
 * @returns {Fix[]}
 */
export function noticeFixes(trace, sources, cell, { code, line }) {
  if (code === "integer-requires-grad") return floatFixes(sources[cell] ?? "", cell, line);
  const remark = { type: "", message: "", line };
  const broken = brokenBy(trace, sources, { cell, call: null, error: remark });
  return broken && code === "nonleaf-grad" ? missingGradFixes(broken, line) : [];
}
