/** Repairs where the leaves are: requires_grad=True, numbers with a point, `.retain_grad()`. */

import { nameOf, tensorNamed, textOf } from "./broken.js";
import { callIn, matches, offsetOf, pieceAt, statementAt } from "../code/code-text.js";
import { argumentEdit, insertion, replacement } from "../code/edits.js";
import { byId } from "../trace/trace-types.js";

/**
 * @typedef {import("./broken.js").Broken} Broken
 * @typedef {import("./fixes.js").Fix} Fix
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 */

const MOST = 2;

/**
 * Tensors that the program made by itself and that the root was computed from, nearest to its beginning first.
 * @param {Broken} broken
 * @returns {TraceTensor[]}
 */
export function leavesBehind({ trace, call }) {
  const tensors = byId(trace.tensors);
  const wanted = new Set(call === null ? [] : trace.backward[call].roots.map(({ tensor }) => tensor));
  for (const op of [...trace.ops].reverse())
    if (op.outputs.some((id) => wanted.has(id))) for (const id of op.inputs) wanted.add(id);
  return [...wanted]
    .sort((a, b) => a - b)
    .map((id) => tensors.get(id))
    .filter((tensor) => tensor !== undefined)
    .filter(({ op, constant, requires_grad }) => op === null && !constant && !requires_grad);
}

/**
 * @param {Broken} broken
 * @param {TraceTensor[]} leaves
 * @returns {Fix[]}
 */
export function requireGradFixes(broken, leaves) {
  return leaves
    .flatMap((leaf) => {
      const piece = textOf(broken, leaf.span);
      const call = piece && callIn(piece);
      if (!leaf.span || !call) return [];
      const points = /int|bool/.test(leaf.dtype)
        ? pointEdits(broken.sources[leaf.span.cell], leaf.span.cell, piece)
        : [];
      const edits = [...points, argumentEdit(leaf.span.cell, call, "requires_grad=True")];
      return [{ edits, label: "requireGrad", values: { name: nameOf(leaf) } }];
    })
    .slice(0, MOST);
}

/**
 * A point behind every integer of a literal.
 * @param {string} source
 * @param {number} cell
 * @param {{from: number, to: number}} within
 */
function pointEdits(source, cell, within) {
  const literal = source.indexOf("[", within.from);
  if (literal < 0 || literal >= within.to) return [];
  const end = source.lastIndexOf("]", within.to);
  return matches(source, /(?<![\w.])\d+(?![\w.])/g, { from: literal, to: end }).map(({ to }) =>
    insertion(cell, to, "."),
  );
}

/**
 * The statement at a line whose integers are to be derived: "1 → 1.", or a dtype where there is no literal.
 * @param {string} source
 * @param {number} cell
 * @param {number} line  from 1
 * @returns {Fix[]}
 */
export function floatFixes(source, cell, line) {
  const at = offsetOf(source, line, 0);
  const statement = statementAt(source, at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0));
  if (!statement) return [];
  const points = pointEdits(source, cell, statement);
  if (points.length) return [{ edits: points, label: "points", values: {} }];
  const text = source.slice(statement.from, statement.to);
  const start = statement.from + (/^\w+\s*=\s*/.exec(text)?.[0].length ?? 0);
  const call = callIn({ from: start, to: statement.to, text: source.slice(start, statement.to) });
  if (!call || call.args.some((argument) => argument.text.startsWith("dtype"))) return [];
  return [{ edits: [argumentEdit(cell, call, "dtype=torch.float32")], label: "dtype", values: {} }];
}

/**
 * The first `y.grad` of a line that found None: y lost its leaf to `y = y - …`, or y is a result in the middle.
 * @param {Broken} broken
 * @param {number} line  from 1
 * @returns {Fix[]}
 */
export function missingGradFixes(broken, line) {
  const whole = { line, column: 0, end_line: line, end_column: Number.MAX_SAFE_INTEGER };
  const name = /(\w+)\.grad\b/.exec(pieceAt(broken.source, whole).text)?.[1];
  const tensor = name ? tensorNamed(broken, name) : null;
  if (!name || !tensor?.span || tensor.is_leaf) return [];
  const { cell } = tensor.span;
  const source = broken.sources[cell];
  const statement = statementAt(source, offsetOf(source, tensor.span.line, tensor.span.column));
  if (!statement) return [];
  const updated = broken.trace.tensors.some((each) => each.name === name && each.is_leaf);
  const rest = updated && ownDifference(source.slice(statement.from, statement.to), name);
  if (rest) {
    const text = `with torch.no_grad():\n${statement.indent}    ${name} -= ${rest}`;
    return [{ edits: [replacement(cell, statement, text)], label: "noGrad", values: {} }];
  }
  const edit = insertion(cell, statement.to, `\n${statement.indent}${name}.retain_grad()`);
  return [{ edits: [edit], label: "retainGrad", values: { name } }];
}

/** What `w = w - …` takes away. @param {string} statement @param {string} name @returns {string | null} */
function ownDifference(statement, name) {
  return new RegExp(`^${name}\\s*=\\s*${name}\\s*-\\s*([^+-]+)$`).exec(statement)?.[1] ?? null;
}
