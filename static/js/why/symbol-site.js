/** What the letters of a weight's formula stand for at one edge: elements of the operation's operands and output. */

import { toNumber, unravel } from "../format.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("./symbol-value.js").Site} Site
 * @typedef {import("./symbol-value.js").Place} Place
 */

/** The left side of a relation's rule names the letters of its ends. */
const LOCAL = /^\\frac\{\\partial o(?:_\{?(\w+?)\}?)?\}\{\\partial ([a-hx])(?:_\{?(\w+?)\}?)?\}/;

/**
 * @param {Trace} trace
 * @param {{op: number, relation: number, edge: number}} place  positions in the trace
 * @returns {Site | null} null when the trace does not hold the edge
 */
export function siteOf(trace, { op: id, relation: position, edge }) {
  const op = byId(trace.ops).get(id);
  const relation = op?.relations[position];
  if (!op || !relation?.edges || edge >= relation.edges.input.length) return null;
  return siteAt(trace, op, relation, relation.edges.input[edge], relation.edges.output[edge]);
}

/**
 * @param {Trace} trace
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {number} input   element
 * @param {number} output  element
 * @returns {Site}
 */
function siteAt(trace, op, relation, input, output) {
  const tensors = byId(trace.tensors);
  const own = { tensor: op.inputs[relation.input], element: input };
  const edges = relation.edges ?? { input: [], output: [], weight: [] };
  const axis = axisOf(op, need(tensors, own.tensor));
  return {
    own,
    find: finder(tensors, op, relation, input, output),
    value: (place) => valueAt(tensors, place),
    fellows: () =>
      edges.input
        .filter((_, i) => edges.output[i] === output)
        .map((element) => ({ tensor: own.tensor, element })),
    from: ({ element }) => siteAt(trace, op, relation, element, output),
    coordinate: axis === null ? 0 : unravel(input, need(tensors, own.tensor).shape)[axis],
    index: valueAt(tensors, op.outputs[1] === undefined ? null : { tensor: op.outputs[1], element: output }),
    written: isWritten(op, relation, edges, input, output),
  };
}

/** @param {Map<number, TraceTensor>} tensors @param {Place | null} place */
export function valueAt(tensors, place) {
  return (place && toNumber(tensors.get(place.tensor)?.values?.[place.element])) ?? Number.NaN;
}

/** @param {TraceOp} op @param {TraceTensor} tensor */
function axisOf({ params }, { shape }) {
  const dim = Number(params.dim);
  return Number.isInteger(dim) && shape.length ? (dim + shape.length) % shape.length : null;
}

/**
 * A write's edge lies in the written part if it is no plain wire: another operand reaches the same output, or the weight is not 1.
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {{input: number[], output: number[], weight: import("../trace/trace-types.js").Scalar[]}} edges
 * @param {number} input
 * @param {number} output
 */
function isWritten(op, relation, edges, input, output) {
  const others = op.relations.filter((other) => other !== relation && other.output === relation.output);
  if (others.length) return others.some((other) => other.edges?.output.includes(output));
  const edge = edges.input.findIndex((from, i) => from === input && edges.output[i] === output);
  return Number(edges.weight[edge]) !== 1;
}

/** @typedef {(letter: string, place: string) => Place | null} Find */

/**
 * @param {Map<number, TraceTensor>} tensors
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {number} input
 * @param {number} output
 * @returns {Find}
 */
function finder(tensors, op, relation, input, output) {
  const [, outPlace = "", own = "", ownPlace = ""] = LOCAL.exec(relation.local ?? "") ?? [];
  const made = op.outputs[relation.output];
  /** @param {number} position */
  const shapeOf = (position) => need(tensors, op.inputs[position]).shape;
  const places = new Map([
    ...bound(outPlace, output, need(tensors, made).shape),
    ...bound(ownPlace, input, shapeOf(relation.input)),
  ]);
  return (letter, place) => {
    if (letter === "o") return { tensor: made, element: place === outPlace ? output : input };
    const position = letter === "x" ? 0 : letter.charCodeAt(0) - 97;
    if (op.inputs[position] === undefined) return null;
    const tensor = op.inputs[position];
    if (letter === own && place === ownPlace) return { tensor, element: input };
    // A loss reduces what it has made of its operands place by place: they are read where its input is.
    if (relation.structure === "reduction" && shapeOf(position).join() === shapeOf(relation.input).join())
      return { tensor, element: input };
    if (relation.structure === "contraction")
      return { tensor, element: ravel(place, places, shapeOf(position)) };
    const element = aligned(op, relation, position, output, shapeOf(position), need(tensors, made).shape);
    return element === null ? null : { tensor, element };
  };
}

/** What each letter of a place stands for. @param {string} place @param {number} flat @param {number[]} shape @returns {[string, number][]} */
function bound(place, flat, shape) {
  const index = unravel(flat, shape);
  return [...place].map((letter, axis) => /** @type {[string, number]} */ ([letter, index[axis] ?? 0]));
}

/** @param {string} place @param {Map<string, number>} places @param {number[]} shape */
function ravel(place, places, shape) {
  return shape.reduce((flat, size, axis) => {
    const at = size === 1 ? 0 : (places.get(place[axis]) ?? 0);
    return flat * size + at;
  }, 0);
}

/**
 * The element of another operand that meets this output element: by broadcasting, or, in a write, by its own edges.
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {number} position  of the operand
 * @param {number} output    element
 * @param {number[]} shape   of the operand
 * @param {number[]} made    of the output
 * @returns {number | null}
 */
export function aligned(op, relation, position, output, shape, made) {
  if (shape.every((size) => size === 1)) return 0;
  if (relation.structure !== "elementwise" && shape.join() !== made.join()) {
    const other = op.relations.find((one) => one.input === position && one.output === relation.output);
    const edge = other?.edges?.output.indexOf(output) ?? -1;
    return edge < 0 ? null : (other?.edges?.input[edge] ?? null);
  }
  const index = unravel(output, made).slice(made.length - shape.length);
  return shape.reduce((flat, size, axis) => flat * size + (size === 1 ? 0 : index[axis]), 0);
}
