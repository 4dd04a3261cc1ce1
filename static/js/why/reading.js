/** Two ways to read an element, and with respect to which operand: what the reader chose, and what that means here. */

/**
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../layout/graph.js").Graph} Graph
 * @typedef {{tensor: number, element: number}} Place
 * @typedef {"input" | "output"} Reading  gather into a blue node, or hand out from a green one
 *
 * @typedef {object} Look  How the reader looks at the picture; the fields of the page's state with these names.
 * @property {Place | null} selection
 * @property {Reading} reading
 * @property {Record<number, number>} wrt
 * @property {{op: number, relation: number, edge: number} | null} edge
 * @property {boolean} [weights]  every weight is written on its edge
 */

/** The fields of the page's state that say how the reader looks, and what has come for it. */
export const LOOKED = /** @type {const} */ (["selection", "reading", "wrt", "edge", "more", "weights"]);

/**
 * The operation of the picture that made a tensor and can send its score on.
 * @param {Graph} graph
 * @param {number} tensor
 * @returns {TraceOp | null}
 */
export function makerOf({ ops }, tensor) {
  return ops.find((op) => op.outputs.includes(tensor) && relationsInto(op, tensor).length > 0) ?? null;
}

/**
 * @param {Graph} graph
 * @param {number} tensor
 * @returns {TraceOp[]} the operations of the picture that send a score to it
 */
export function usersOf({ ops }, tensor) {
  return ops.filter((op) => operandsOf(op).includes(tensor));
}

/** @param {TraceOp} op @param {number} tensor  an output */
function relationsInto(op, tensor) {
  return op.relations.filter((relation) => relation.carries && op.outputs[relation.output] === tensor);
}

/**
 * How an element is read: only one end of it may have edges, whatever the reader chose.
 * @param {Graph} graph
 * @param {number} tensor
 * @param {Reading} wanted
 * @returns {Reading}
 */
export function readingOf(graph, tensor, wanted) {
  if (!makerOf(graph, tensor)) return "input";
  return usersOf(graph, tensor).length ? wanted : "output";
}

/**
 * The tensors that an operation sends scores to, in the order of its inputs.
 * @param {TraceOp} op
 * @returns {number[]}
 */
export function operandsOf(op) {
  const places = op.relations.filter(({ carries }) => carries).map(({ input }) => input);
  return [...new Set([...places].sort((a, b) => a - b).map((place) => op.inputs[place]))];
}

/**
 * The operand that the reader asks about: that of the selected blue node, else the chosen one, else the first.
 * @param {TraceOp} op
 * @param {Look} look
 * @returns {number | null} null when no score goes to any
 */
export function wrtOf(op, { selection, reading, wrt }) {
  const operands = operandsOf(op);
  if (reading === "input" && selection && operands.includes(selection.tensor)) return selection.tensor;
  return operands.find((id) => id === wrt[op.id]) ?? operands[0] ?? null;
}
