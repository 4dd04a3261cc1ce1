/** Which Jacobian table belongs to the moment: of the selected element's operation, or of the current one. */

import { jacobianOf } from "./jacobian.js";
import { usesOf } from "../trace/scores.js";
import { isWeightGone } from "../trace/stops.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("./jacobian.js").Asked} Asked
 * @typedef {Pick<import("../store.js").State, "selection" | "edge" | "reading" | "wrt" | "run">} Looked  what the reader looks at
 * @typedef {{op: TraceOp, asked: Omit<Asked, "view">}} Subject
 */

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {Looked} looked
 * @param {import("./jacobian.js").View | null} view
 */
export function tableAt(picture, known, looked, view) {
  const subject = subjectOf(picture, known, looked);
  if (!subject) return null;
  const shapes = new Map(picture.trace.tensors.map((tensor) => [tensor.id, tensor.shape]));
  const table = jacobianOf(subject.op, shapes, { ...subject.asked, view }, known.scores);
  if (!table || !isWeightGone(picture.trace, known, table.op)) return table;
  return { ...table, gone: true, foot: table.foot.map(() => null), merged: [] };
}

/**
 * The operation that the reader looks at: of the table, else the last of the picture.
 * @param {Picture} picture
 * @param {Known} known
 * @param {Looked} looked
 * @returns {TraceOp | null}
 */
export function operationLooked(picture, known, looked) {
  return subjectOf(picture, known, looked)?.op ?? picture.graph.ops.at(-1) ?? null;
}

const NOTHING = { tensor: -1, element: 0 };

/** @param {Picture} picture @param {Known} known @param {Looked} looked @returns {Subject | null} */
function subjectOf(picture, known, looked) {
  const current = picture.graph.ops.find(({ id }) => id === known.step?.op) ?? null;
  if (!looked.selection) return current && handedOut(current, looked, null);
  const ops = byId(picture.trace.ops);
  const walk = picture.graph.walk.map((id) => need(ops, id));
  return looked.reading === "output"
    ? (byOutput(walk, looked) ?? byInput(walk, current, looked))
    : (byInput(walk, current, looked) ?? byOutput(walk, looked));
}

/**
 * A green node: the operation that made it, and its row.
 * @param {TraceOp[]} walk
 * @param {Looked} looked
 */
function byOutput(walk, looked) {
  const { tensor, element } = looked.selection ?? NOTHING;
  const maker = walk.find((op) => op.outputs.includes(tensor));
  return maker ? handedOut(maker, looked, { tensor, element }) : null;
}

/**
 * @param {TraceOp} op
 * @param {Looked} looked
 * @param {{tensor: number, element: number} | null} output
 * @returns {Subject | null}
 */
function handedOut(op, { wrt, run }, output) {
  const carrying = op.inputs.filter((id) => usesOf(op, id).length);
  const input = carrying.find((id) => id === wrt[op.id]) ?? carrying[0];
  if (input === undefined) return null;
  const asked = {
    input,
    output: output?.tensor,
    column: null,
    row: output?.element ?? null,
    run: run[op.id],
  };
  return { op, asked };
}

/**
 * A blue node: an operation that uses it, and its column.
 * @param {TraceOp[]} walk
 * @param {TraceOp | null} current
 * @param {Looked} looked
 * @returns {Subject | null}
 */
function byInput(walk, current, { selection, edge, run }) {
  const { tensor, element } = selection ?? NOTHING;
  const users = walk.filter((op) => usesOf(op, tensor).length);
  const joined = users.filter((op) => usesOf(op, tensor).some(({ edges }) => edges?.input.includes(element)));
  const op = joined.find(({ id }) => id === edge?.op) ?? joined.find((user) => user === current) ?? joined[0];
  const user = op ?? users[0];
  return user ? { op: user, asked: { input: tensor, column: element, row: null, run: run[user.id] } } : null;
}
