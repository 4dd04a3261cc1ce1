/** What the switches of the canvas show and do: which end of the edges is looked at, and which operand is asked about. */

import { selectedEdges } from "../layout/edges.js";
import { provenanceOf } from "./provenance.js";
import { makerOf, operandsOf, readingOf, usersOf, wrtOf } from "./reading.js";
import { parseSymbol } from "./symbol-parse.js";
import { byId } from "../trace/trace-types.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("./reading.js").Look} Look
 * @typedef {import("./reading.js").Reading} Reading
 * @typedef {import("./reading.js").Place} Place
 *
 * @typedef {object} Operands  Of an operation that sends scores to several tensors.
 * @property {number} op
 * @property {{tensor: number, name: string}[]} operands
 * @property {number | null} current
 * @property {string | null} source   the tensor that the weights are read from, where it is another operand
 */

/**
 * @param {Picture} picture
 * @param {Look} look
 * @returns {Reading}
 */
export function readingShown({ graph }, { selection, reading }) {
  return selection ? readingOf(graph, selection.tensor, reading) : reading;
}

/**
 * The selection for a reading: the same element, or the far end of its heaviest edge where it has no such edges.
 * @param {Picture} picture
 * @param {Look} look
 * @param {Reading} reading  the one wanted
 * @returns {Place | null}
 */
export function otherEnd({ graph, layout }, look, reading) {
  if (!look.selection || readingOf(graph, look.selection.tensor, reading) === reading) return look.selection;
  const [heaviest] = selectedEdges(graph, layout, { ...look, reading });
  return heaviest ? heaviest[reading === "output" ? "to" : "from"] : look.selection;
}

/**
 * @param {Picture} picture
 * @param {number | null | undefined} stepped  the step's operation
 * @param {Look} look
 * @returns {Operands | null} null where there is nothing to choose
 */
export function wrtShown({ trace, graph, symbols }, stepped, look) {
  const op = askedOp(graph, stepped, look);
  const ids = op ? operandsOf(op) : [];
  if (!op || ids.length < 2) return null;
  const tensors = byId(trace.tensors);
  /** @param {number} tensor */
  const nameOf = (tensor) =>
    tensors.get(tensor)?.name ?? symbols.get(tensor)?.text ?? tensors.get(tensor)?.label ?? "";
  const current = wrtOf(op, look);
  const source = sourceOf(trace, symbols, op, current);
  const operands = ids.map((tensor) => ({ tensor, name: nameOf(tensor) }));
  return { op: op.id, operands, current, source: source === null ? null : nameOf(source) };
}

/**
 * With respect to X the weights of A @ X are the numbers of A.
 * @param {Picture["trace"]} trace
 * @param {Picture["symbols"]} symbols
 * @param {import("../trace/trace-types.js").TraceOp} op
 * @param {number | null} current
 */
function sourceOf(trace, symbols, op, current) {
  const relation = op.relations.findIndex(({ carries, input }) => carries && op.inputs[input] === current);
  const plain = parseSymbol(op.relations[relation]?.symbols[0]?.tex ?? "").kind === "place";
  const found = !plain ? null : provenanceOf({ trace, symbols }, { op: op.id, relation, edge: 0 });
  const sources = [...new Set(found?.sources.map(({ tensor }) => tensor) ?? [])];
  return sources.length === 1 && sources[0] !== current && op.inputs.includes(sources[0]) ? sources[0] : null;
}

/**
 * The operation whose operands can be switched: the step's, else the selected element's.
 * @param {Picture["graph"]} graph
 * @param {number | null | undefined} stepped
 * @param {Look} look
 */
function askedOp(graph, stepped, { selection, reading }) {
  const own = graph.ops.find(({ id }) => id === stepped);
  if (own || !selection) return own ?? null;
  const { tensor } = selection;
  const gathered = readingOf(graph, tensor, reading) === "input";
  const near = gathered ? usersOf(graph, tensor) : [makerOf(graph, tensor)];
  return near.find((op) => op && operandsOf(op).length > 1) ?? null;
}

/**
 * Asks about another operand. A selected element of the old one gives way to the first of the new one.
 * @param {Picture} picture
 * @param {Look} look
 * @param {Operands} shown
 * @param {number | null} tensor  null: the next one
 * @returns {{wrt: Record<number, number>, selection: Place | null}}
 */
export function otherOperand({ graph }, look, { op, operands, current }, tensor) {
  const at = operands.findIndex((operand) => operand.tensor === current);
  const wanted = tensor ?? operands[(at + 1) % operands.length].tensor;
  const { selection } = look;
  const left =
    selection !== null &&
    readingOf(graph, selection.tensor, look.reading) === "input" &&
    operands.some((operand) => operand.tensor === selection.tensor);
  return {
    wrt: { ...look.wrt, [op]: wanted },
    selection: left && selection.tensor !== wanted ? { tensor: wanted, element: 0 } : selection,
  };
}
