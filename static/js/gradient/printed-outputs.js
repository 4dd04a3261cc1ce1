/** What the cells print after some numbers changed: each old print of them gives way to the new one, where it is sure which. */

import { printedTensor } from "./printed-tensor.js";

/**
 * @typedef {import("./live-trace.js").Change} Change
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../code/cells.js").CellAnswer} CellAnswer
 *
 * @typedef {object} Given   A gradient that the code names.
 * @property {string | null} name
 * @property {number[]} tensors  its entries
 * @property {Change} change
 *
 * @typedef {object} Printed
 * @property {string} stdout
 * @property {string | null} result
 * @property {boolean} dated   it still says, or may still say, something of the run before
 */

/** What a cell shows by itself: arguments of print and the last line. */
const SHOWN = /\bprint\s*\(([^\n]*)\)|([^\n]*)\s*$/g;
/** `.grad` as it is; anything behind it makes another number out of it. */
const GRAD = /\.grad\b/g;
const BARE = /\.grad\b(?=\s*(?:[,)}\]]|$|=(?!=)))/g;

/**
 * @param {Trace} trace      as the server answered
 * @param {string[]} sources the code
 * @param {Change[]} changes    of `.grad` and of answers of autograd.grad, also those that stayed as they were
 * @param {Given[]} given       the gradients that were changed
 * @returns {Printed[]} one per cell
 */
export function printedOutputs(trace, sources, changes, given) {
  const answers = /** @type {CellAnswer[]} */ (trace.cells);
  const swaps = swapsOf(trace, sources, changes, given);
  return answers.map(({ stdout, result }, cell) => {
    const said = replaced(stdout, swaps.sure);
    const last = result === null ? null : replaced(result, swaps.sure);
    const told = said.count + (last?.count ?? 0);
    const all = `${stdout}\n${result ?? ""}`;
    const unsure = swaps.unsure.some((text) => all.includes(text));
    const dated = unsure || isDoubtful(sources[cell] ?? "", told, changes);
    return { stdout: said.text, result: last?.text ?? null, dated: dated && all.trim() !== "" };
  });
}

/**
 * Old prints with the new ones. Where two changes, or a change and a number that stays, print alike, nobody can say which.
 * @param {Trace} trace
 * @param {string[]} sources
 * @param {Change[]} changes
 * @param {Given[]} given
 */
function swapsOf(trace, sources, changes, given) {
  const shown = sources.flatMap((source) =>
    [...source.matchAll(SHOWN)].map((found) => found[1] ?? found[2] ?? ""),
  );
  const names = new Set(shown.flatMap((text) => text.match(/\w+/g) ?? []));
  /** @type {Map<string, Set<string>>} */
  const targets = new Map();
  /** @param {string} from @param {string} to */
  const aim = (from, to) => targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const named = given.filter(({ name }) => names.has(name ?? "")).map(({ change }) => change);
  for (const { from, to, shape, dtype } of [...changes, ...named])
    aim(printedTensor(from, shape, dtype), printedTensor(to, shape, dtype));
  for (const { name, values, shape, dtype, requires_grad, id } of trace.tensors) {
    const own = given.some(({ tensors }) => tensors.includes(id));
    if (requires_grad || own || !name || !values || !names.has(name)) continue;
    const text = printedTensor(values, shape, dtype);
    aim(text, text);
  }
  const pairs = [...targets].map(([from, to]) => ({ from, to: [...to] }));
  return {
    sure: pairs.filter(({ to }) => to.length === 1).map(({ from, to }) => [from, to[0]]),
    unsure: pairs.filter(({ to }) => to.length > 1).map(({ from }) => from),
  };
}

/**
 * One pass from the left, so that what was just written is not replaced again.
 * @param {string} text
 * @param {string[][]} swaps
 */
function replaced(text, swaps) {
  let written = "";
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const swap = text.startsWith("tensor(", at)
      ? swaps.find(([from]) => text.startsWith(from, at))
      : undefined;
    written += swap ? swap[1] : text[at];
    at += swap ? swap[0].length : 1;
    count += swap ? 1 : 0;
  }
  return { text: written, count };
}

/**
 * The cell shows a gradient, but not one that was found, or something made from one.
 * @param {string} source
 * @param {number} told
 * @param {Change[]} changes
 */
function isDoubtful(source, told, changes) {
  const code = source.replace(/#[^\n]*/g, "");
  const made = (code.match(GRAD) ?? []).length > (code.match(BARE) ?? []).length;
  const shown = [...code.trimEnd().matchAll(SHOWN)].some((found) => /\.grad\b(?!\s*=)/.test(found[0]));
  return made || (shown && changes.length > 0 && told === 0);
}
