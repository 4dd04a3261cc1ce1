/** Where in the code a root's gradient was written: in the call itself, or where the variable was set that the call names. */

import { callIn, pieceAt, split } from "../code/code-text.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").BackwardCall} BackwardCall
 * @typedef {import("../code/code-text.js").Piece} Piece
 *
 * @typedef {object} Literal  One expression; it may serve several calls, in a loop or through a variable.
 * @property {number} cell
 * @property {number} from       offsets in the cell's source as it ran
 * @property {number} to
 * @property {string} text
 * @property {string | null} name  the variable that holds it
 * @property {boolean} plain     it makes numbers out of nothing, so that only they change with it
 * @property {number[]} shape
 * @property {string} dtype
 * @property {number[]} tensors  the entries that it made
 * @property {{call: number, root: number}[]} serves  positions of calls, ids of roots
 */

const MAKERS =
  /^[\w.]*\.(?:tensor|Tensor|FloatTensor|ones|zeros|full|(?:ones|zeros|full)_like|eye|arange|linspace)\(/;

/**
 * @param {Trace} trace
 * @param {string[]} sources  as they ran
 * @returns {Literal[]} each expression once, in the order of the first calls
 */
export function literalsOf(trace, sources) {
  const tensors = byId(trace.tensors);
  /** @type {Map<string, Literal>} */
  const found = new Map();
  for (const [call, backward] of trace.backward.entries()) {
    for (const [i, { tensor, gradient }] of backward.roots.entries()) {
      const root = need(tensors, tensor);
      const argument = argumentOf(backward, sources, i);
      if (!argument || !gradient || !backward.span) continue;
      const literal = madeAt(trace, sources, { argument, cell: backward.span.cell }, root, gradient);
      const key = `${literal.cell} ${literal.from}`;
      const known = found.get(key) ?? literal;
      known.serves.push({ call, root: tensor });
      known.tensors = [...new Set([...known.tensors, ...literal.tensors])];
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/**
 * The text of the gradient of a call's nth root.
 * @param {BackwardCall} backward
 * @param {string[]} sources
 * @param {number} nth
 * @returns {Piece | null} null when the call was given none
 */
function argumentOf(backward, sources, nth) {
  const source = backward.span ? sources[backward.span.cell] : undefined;
  if (source === undefined || !backward.span) return null;
  const call = callIn(pieceAt(source, backward.span));
  if (!call) return null;
  const { keyword, position } = parameter(backward, call.head.text);
  const named = call.args.find(({ text }) => new RegExp(`^${keyword}\\s*=(?!=)`).test(text));
  const positional = call.args.filter(({ text }) => !/^\w+\s*=(?!=)/.test(text));
  const given = named ? afterName(named) : (positional[position] ?? null);
  if (!given) return null;
  const list = /^[[(]/.test(given.text) ? split(inside(given), ",") : null;
  return list?.length === backward.roots.length ? list[nth] : backward.roots.length === 1 ? given : null;
}

/** @param {BackwardCall} backward @param {string} head */
function parameter({ call }, head) {
  if (call === "grad") return { keyword: "grad_outputs", position: 2 };
  if (/\bautograd\s*\.\s*backward$/.test(head)) return { keyword: "grad_tensors", position: 1 };
  return { keyword: "gradient", position: 0 };
}

/** @param {Piece} argument  `name=value` */
function afterName({ from, to, text }) {
  const lead = /^\w+\s*=\s*/.exec(text)?.[0].length ?? 0;
  return { from: from + lead, to, text: text.slice(lead) };
}

/** @param {Piece} list  with its brackets */
function inside({ from, text }) {
  return { from: from + 1, text: text.slice(1, -1) };
}

/**
 * @param {Trace} trace
 * @param {string[]} sources
 * @param {{argument: Piece, cell: number}} place
 * @param {TraceTensor} root
 * @param {import("../trace/trace-types.js").Scalar[]} gradient
 * @returns {Literal}
 */
function madeAt(trace, sources, { argument, cell }, root, gradient) {
  const common = { shape: root.shape, dtype: root.dtype, serves: [] };
  const equal = trace.tensors.filter((entry) => isGradient(entry, root, gradient));
  const named = /^[A-Za-z_]\w*$/.test(argument.text)
    ? equal.findLast(({ name, span }) => name === argument.text && span)
    : undefined;
  if (named?.span) {
    const { span } = named;
    const piece = pieceAt(sources[span.cell], span);
    const tensors = equal.filter(
      (entry) => String(Object.values(entry.span ?? {})) === String(Object.values(span)),
    );
    const ids = tensors.map(({ id }) => id);
    return {
      ...common,
      ...piece,
      cell: span.cell,
      name: named.name,
      plain: MAKERS.test(piece.text),
      tensors: ids,
    };
  }
  const own = equal.filter(
    ({ label, name, span }) => !name && label === argument.text && span?.cell === cell,
  );
  const plain = MAKERS.test(argument.text) && own.length > 0;
  return { ...common, ...argument, cell, name: null, plain, tensors: own.map(({ id }) => id) };
}

/** @param {TraceTensor} entry @param {TraceTensor} root @param {import("../trace/trace-types.js").Scalar[]} gradient */
function isGradient(entry, root, gradient) {
  const made = entry.op === null && !entry.requires_grad && !entry.constant;
  const alike = String(entry.shape) === String(root.shape) && entry.dtype === root.dtype;
  return made && alike && (entry.values?.every((value, i) => Object.is(value, gradient[i])) ?? false);
}
