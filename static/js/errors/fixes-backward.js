/** Repairs of backward calls: missing or misshapen seeds, freed graphs, roots without a way back, unused inputs. */

import { nameOf, rootOf, textOf, torchName } from "./broken.js";
import { callIn, statementAt, statements } from "../code/code-text.js";
import { argumentEdit, insertion, replacement } from "../code/edits.js";
import { leavesBehind, requireGradFixes } from "./fixes-leaves.js";

/**
 * @typedef {import("./broken.js").Broken} Broken
 * @typedef {import("./fixes.js").Fix} Fix
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 */

/** A gradient with more cells than this is written as torch.zeros(…), not cell by cell. */
const WRITTEN = 36;

/** @type {Record<string, import("./fixes.js").Repair>} */
export const backwardFixes = {
  "non-scalar-root": seedFixes,
  "gradient-shape": shapedFixes,
  "second-backward": againFixes,
  "no-grad-fn": (broken) => [...requireGradFixes(broken, leavesBehind(broken)), ...attachFixes(broken)],
  "unused-input": unusedFixes,
};

/** @param {Broken} broken @returns {Fix[]} */
function seedFixes(broken) {
  const { cell, piece } = broken;
  const call = callIn(piece);
  const root = rootOf(broken);
  if (!call || !root) return [];
  const torch = torchName(broken);
  const grads = call.method === "grad";
  const output = grads || call.receiver.text === `${torch}.autograd` ? call.args[0] : call.receiver;
  if (!output) return [];
  const name = output.text;
  const word = grads ? "grad_outputs=" : "";
  const literal = `${word}${zeros(torch, root.shape)}`;
  const mean = insertion(cell, output.to, ".mean()");
  return [
    { edits: [argumentEdit(cell, call, `${word}${torch}.ones_like(${name})`)], label: "ones", values: {} },
    { edits: [mean], label: "mean", values: { count: size(root.shape) } },
    { edits: [argumentEdit(cell, call, literal)], label: "own", values: {}, opens: "gradient" },
  ];
}

/**
 * G filled up to the right shape where it is written, and ones as the plain way out.
 * @param {Broken} broken
 * @returns {Fix[]}
 */
function shapedFixes(broken) {
  const { cell, piece, values } = broken;
  const call = callIn(piece);
  const root = rootOf(broken);
  const given = call?.args.find(({ text }) => !/^(retain_graph|create_graph|inputs)\s*=/.test(text));
  if (!call || !root || !given || !Array.isArray(values.given)) return [];
  const torch = torchName(broken);
  const keyword = /^\w+\s*=\s*/.exec(given.text)?.[0] ?? "";
  const at = { from: given.from + keyword.length, to: given.to };
  const G = givenTensor(broken, given.text.slice(keyword.length));
  const literal = grid(torch, root.shape, G);
  const receiver = call.receiver.text;
  return [
    {
      edits: [replacement(cell, at, literal)],
      label: "shaped",
      values: { name: nameOf(root) },
      opens: "gradient",
    },
    {
      edits: [replacement(cell, at, `${torch}.ones_like(${receiver})`)],
      label: "onesLike",
      values: { name: nameOf(root) },
    },
  ];
}

/** @param {Broken} broken @param {string} text @returns {TraceTensor | null} */
function givenTensor({ trace, values }, text) {
  const fits = trace.tensors.filter(({ shape }) => shape.join() === values.given.join());
  return fits.findLast(({ name, label }) => name === text || label === text) ?? null;
}

/** @param {number[]} shape */
function size(shape) {
  return shape.reduce((product, n) => product * n, 1);
}

/** @param {string} torch @param {number[]} shape */
function zeros(torch, shape) {
  return grid(torch, shape, null);
}

/**
 * A literal of a shape: the numbers of `from` where it has the place, zeros elsewhere.
 * @param {string} torch
 * @param {number[]} shape
 * @param {TraceTensor | null} from
 */
function grid(torch, shape, from) {
  if (size(shape) > WRITTEN) return `${torch}.zeros(${shape.join(", ")})`;
  /** @param {number[]} index */
  const cellAt = (index) => {
    const own = from ? index.slice(index.length - from.shape.length) : [];
    const fits = from !== null && own.every((n, dim) => n < from.shape[dim]);
    const flat = fits ? own.reduce((sum, n, dim) => sum * from.shape[dim] + n, 0) : -1;
    const value = Number(from?.values?.[flat] ?? 0);
    return Number.isInteger(value) ? `${value}.` : String(value);
  };
  /** @param {number[]} index @returns {string} */
  const level = (index) =>
    index.length === shape.length
      ? cellAt(index)
      : `[${Array.from({ length: shape[index.length] }, (_, n) => level([...index, n])).join(", ")}]`;
  return `${torch}.tensor(${level([])})`;
}

/** @param {Broken} broken @returns {Fix[]} */
function againFixes(broken) {
  return [...retainFixes(broken), ...forwardFixes(broken)];
}

/**
 * retain_graph=True in the call that freed what this one needs.
 * @param {Broken} broken
 * @returns {Fix[]}
 */
function retainFixes(broken) {
  const first = freeingCall(broken);
  const span = first === null ? null : broken.trace.backward[first].span;
  const piece = textOf(broken, span);
  const call = piece && callIn(piece);
  if (first === null || !span || !call) return [];
  const stated = call.args.find(({ text }) => /^retain_graph\s*=/.test(text));
  const edit = stated
    ? replacement(span.cell, stated, "retain_graph=True")
    : argumentEdit(span.cell, call, "retain_graph=True");
  return [{ edits: [edit], label: "retain", values: { first: first + 1 } }];
}

/**
 * @param {{trace: import("../trace/trace-types.js").Trace, call: number | null}} broken
 * @returns {number | null} position of the last earlier call that walked the operation and kept nothing
 */
export function freeingCall({ trace, call }) {
  const op = call === null ? null : trace.backward[call].error?.op;
  if (call === null || op === null || op === undefined) return null;
  const found = trace.backward.findLastIndex(
    ({ order, retain_graph }, position) => position < call && !retain_graph && order.includes(op),
  );
  return found < 0 ? null : found;
}

/**
 * The forward statements once more before the failing call, where all of them stand at the margin.
 * @param {Broken} broken
 * @returns {Fix[]}
 */
function forwardFixes(broken) {
  const { trace, call, cell, source, piece } = broken;
  const target = statementAt(source, piece.from);
  if (call === null || !target || target.indent) return [];
  const lines = forwardStatements(broken, ancestorsOf(trace, call));
  if (!lines) return [];
  const edits = [insertion(cell, target.from, `${lines.join("\n")}\n`)];
  return [{ edits, label: "forward", values: {} }];
}

/** @param {import("../trace/trace-types.js").Trace} trace @param {number} call */
function ancestorsOf(trace, call) {
  const wanted = new Set(trace.backward[call].roots.map(({ tensor }) => tensor));
  return trace.ops
    .filter((op) => op.grad_fn !== null)
    .reverse()
    .filter((op) => {
      const used = op.outputs.some((id) => wanted.has(id));
      if (used) for (const id of op.inputs) wanted.add(id);
      return used;
    })
    .reverse();
}

/** @param {Broken} broken @param {import("../trace/trace-types.js").TraceOp[]} ops @returns {string[] | null} */
function forwardStatements({ sources }, ops) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const { span } of ops) {
    const source = span ? sources[span.cell] : undefined;
    if (!span || source === undefined) return null;
    const line = statements(source).find(({ from, to }) => between(source, span, from, to));
    if (!line || line.indent) return null;
    found.set(`${span.cell} ${line.from}`, source.slice(line.from, line.to));
  }
  const lines = [...found.values()];
  return lines.length && lines.every((line) => /^\w+\s*=[^=]/.test(line)) ? lines : null;
}

/** @param {string} source @param {import("../trace/trace-types.js").Span} span @param {number} from @param {number} to */
function between(source, span, from, to) {
  const line = source.slice(0, from).split("\n").length;
  return line <= span.line && span.line <= line + source.slice(from, to).split("\n").length - 1;
}

/** Scores find the way back where a detach is taken out. @param {Broken} broken @returns {Fix[]} */
function attachFixes(broken) {
  const { trace, sources } = broken;
  return trace.ops
    .filter(({ name, span }) => name === "detach" && span !== null)
    .slice(-1)
    .flatMap(({ span }) => {
      const piece = textOf(broken, span);
      const cut = piece ? piece.text.lastIndexOf(".detach()") : -1;
      if (!span || !piece || cut < 0) return [];
      const range = { from: piece.from + cut, to: piece.from + cut + ".detach()".length };
      return sources[span.cell]
        ? [{ edits: [replacement(span.cell, range, "")], label: "attach", values: {} }]
        : [];
    });
}

/** @param {Broken} broken @returns {Fix[]} */
function unusedFixes({ cell, piece }) {
  const call = callIn(piece);
  if (!call) return [];
  return [{ edits: [argumentEdit(cell, call, "allow_unused=True")], label: "allowUnused", values: {} }];
}
