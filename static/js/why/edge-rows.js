/** One operation's edges as the rows of a table, for readers who listen or like lists: from, to, weight, score, product. */

import { codeElement, toNumber } from "../format.js";
import { edgeLink } from "../picture/links.js";
import { share } from "../trace/scores.js";
import { isWeightGone } from "../trace/stops.js";
import { nameOf } from "../trace/tensor-name.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 *
 * @typedef {object} EdgeRow
 * @property {string} link
 * @property {string} from       the input element as code writes it
 * @property {string} to         the output element
 * @property {Scalar} weight     null: what gave it is gone
 * @property {Scalar} score      of the output element; null: it has not come yet
 * @property {number | null} product
 */

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {TraceOp} op
 * @param {number} limit
 * @returns {{rows: EdgeRow[], total: number}}  total: edges that carry a score, listed or not
 */
export function edgeRows(picture, known, op, limit) {
  const carrying = [...op.relations.entries()].filter(([, relation]) => relation.carries);
  const total = carrying.reduce((sum, [, { edge_count: count }]) => sum + count, 0);
  const gone = isWeightGone(picture.trace, known, op.id);
  const code = codeOf(picture);
  /** @type {EdgeRow[]} */
  const rows = [];
  for (const [position, relation] of carrying) {
    const { edges } = relation;
    const [input, output] = [op.inputs[relation.input], op.outputs[relation.output]];
    const scores = known.scores.get(output);
    for (let i = 0; edges && i < edges.weight.length && rows.length < limit; i += 1) {
      const weight = gone ? null : edges.weight[i];
      const score = scores?.[edges.output[i]] ?? null;
      const upstream = toNumber(score);
      const known = upstream !== null && weight !== null;
      rows.push({
        link: edgeLink(op.id, position, i),
        from: code(input, edges.input[i]),
        to: code(output, edges.output[i]),
        weight,
        score,
        product: known ? share(relation, Number(weight), upstream) : null,
      });
    }
  }
  return { rows, total };
}

/** @param {Picture} picture @returns {(tensor: number, element: number) => string} */
function codeOf(picture) {
  const shapes = new Map(picture.trace.tensors.map(({ id, shape }) => [id, shape]));
  return (tensor, element) => codeElement(nameOf(picture, tensor), element, shapes.get(tensor) ?? []);
}
