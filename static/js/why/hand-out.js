/** Looking at a green node: how its score is handed out, weight by weight, to the elements that it was computed from. */

import { codeElement, toNumber } from "../format.js";
import { makerOf, wrtOf } from "./reading.js";
import { share, usesOf } from "../trace/scores.js";
import { need } from "../trace/trace-types.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("./reading.js").Look} Look
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 *
 * @typedef {object} Share   What one edge takes from the green node's score.
 * @property {number} op
 * @property {import("../trace/trace-types.js").Relation} relation
 * @property {number} place    position in op.relations
 * @property {number} edge     position in relation.edges
 * @property {number} tensor   input tensor
 * @property {number} element  its element
 * @property {number} weight
 * @property {number | null} product
 * @property {number} use      which of the operation's uses of this tensor, from 1
 * @property {number} uses
 *
 * @typedef {object} HandOut
 * @property {TraceOp} op
 * @property {import("../trace/trace-types.js").TraceTensor} tensor
 * @property {number} element
 * @property {string} code          how code writes the element
 * @property {number} input         the tensor that it is handed out to
 * @property {number | null} score  null while it has not arrived
 * @property {Share[]} all
 * @property {Share[]} shares       all of them up to four, else the three largest
 * @property {number} rest          how many more
 * @property {boolean} complete     false when the trace does not hold all edges
 */

const FULL = 4;
const LARGEST = 3;

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {Look} look
 * @returns {HandOut | null} null when no operation of the picture made the selected element
 */
export function handOutOf({ trace, graph }, known, look) {
  const op = look.selection && makerOf(graph, look.selection.tensor);
  const input = op && wrtOf(op, { ...look, reading: "output" });
  if (!look.selection || !op || input === null) return null;
  const { tensor: id, element } = look.selection;
  const tensor = need(new Map(trace.tensors.map((entry) => [entry.id, entry])), id);
  const score = toNumber(known.scores.get(id)?.[element]);
  const all = sharesOf(op, input, id, element, score);
  const shares = all.length > FULL ? largest(all) : all;
  return {
    op,
    tensor,
    element,
    code: codeElement(tensor.name ?? `(${tensor.label})`, element, tensor.shape),
    input,
    score,
    all,
    shares,
    rest: all.length - shares.length,
    complete: usesOf(op, input).every((relation) => relation.complete && relation.edges !== null),
  };
}

/**
 * @param {TraceOp} op
 * @param {number} input   tensor
 * @param {number} output  tensor
 * @param {number} element of the output
 * @param {number | null} score
 * @returns {Share[]} in the order of the operation's inputs
 */
function sharesOf(op, input, output, element, score) {
  const relations = usesOf(op, input).filter((relation) => op.outputs[relation.output] === output);
  return relations.flatMap((relation, nth) => {
    const place = op.relations.indexOf(relation);
    const use = { use: nth + 1, uses: relations.length };
    /** @type {Share[]} */
    const shares = [];
    relation.edges?.output.forEach((end, edge) => {
      if (end !== element || !relation.edges) return;
      const weight = /** @type {number} */ (toNumber(relation.edges.weight[edge]));
      const product = score === null ? null : share(relation, weight, score);
      const to = { tensor: input, element: relation.edges.input[edge] };
      shares.push({ op: op.id, relation, place, edge, ...to, weight, product, ...use });
    });
    return shares;
  });
}

/** @param {Share[]} shares */
function largest(shares) {
  return [...shares].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, LARGEST);
}
