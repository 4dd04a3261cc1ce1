/** A weight in symbols: the relation's rule with the elements of this very edge put in, such as o_2 (1 - o_2). */

import { elementCount, unravel } from "./format.js";

/**
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").Relation} Relation
 * @typedef {(tensor: number, element: number) => string | null} Write  LaTeX of one element: its label, or its number
 *
 * @typedef {object} Spot   One edge, with what the letters of the rule stand for at it.
 * @property {TraceOp} op
 * @property {Relation} relation
 * @property {number} input    flat positions of its ends
 * @property {number} output
 * @property {Map<number, number[]>} shapes  by tensor
 * @property {Head} head
 *
 * @typedef {{out: string, outAt: string, own: string, ownAt: string}} Head  letters and indices of ∂o_j / ∂x_i
 */

const LEFT = /^\\frac\{\\partial ([a-z])(?:_\{?([a-z1]+)\}?)?\}\{\\partial ([a-z])(?:_\{?([a-z1]+)\}?)?\}/;
/** Commands with their words stay; a letter of an operand with its index is an element. */
const TOKEN =
  /\\(?:operatorname|mathrm)\{[^}]*\}|\\bar\{[a-z]\}|\\[a-zA-Z]+|([a-dox])(?:_(?:\{([a-z1]+)\}|([a-z1])))?(?![a-zA-Z])/g;
const PRODUCT = /\\prod_\{[^}]*k \\ne i\} x_k/;
const LETTERS = "abcd";

/**
 * @param {TraceOp} op
 * @param {number} relation  position
 * @param {number} edge      position
 * @param {Map<number, number[]>} shapes  by tensor
 * @param {Write} write
 * @returns {string | null} null where the rule says more than one edge can show
 */
export function weightTex(op, relation, edge, shapes, write) {
  const found = op.relations[relation];
  const head = headOf(found?.local ?? "");
  if (!found?.edges || !head) return null;
  const [input, output] = [found.edges.input[edge], found.edges.output[edge]];
  const where = input === output ? "diagonal" : "off-diagonal";
  const rule = found.symbols.find((symbol) => symbol.where === "all" || symbol.where === where);
  if (!rule) return null;
  const spot = { op, relation: found, input, output, shapes, head };
  const whole = rule.tex.replace(PRODUCT, () => others(spot, write) ?? "\\prod");
  return put(whole, rule.tex === whole ? spot : null, write);
}

/** @param {string} local @returns {Head | null} */
function headOf(local) {
  const parts = LEFT.exec(local);
  return parts && { out: parts[1], outAt: parts[2] ?? "", own: parts[3], ownAt: parts[4] ?? "" };
}

/**
 * The product over all other elements that the same output is made of.
 * @param {Spot} spot
 * @param {Write} write
 */
function others({ op, relation, input, output }, write) {
  const edges = relation.edges ?? { input: [], output: [] };
  const factors = edges.input.filter((element, i) => edges.output[i] === output && element !== input);
  const texts = factors.map((element) => write(op.inputs[relation.input], element));
  if (!texts.length) return "1";
  return texts.every((text) => text !== null) ? texts.join(" \\cdot ") : null;
}

/**
 * @param {string} rule
 * @param {Spot | null} spot  null when all elements are in place already
 * @param {Write} write
 */
function put(rule, spot, write) {
  if (spot === null) return rule.includes("\\prod") ? null : rule;
  let whole = true;
  const text = rule.replace(TOKEN, (token, letter, long, short) => {
    if (letter === undefined)
      return token.startsWith("\\bar") || token.startsWith("\\operatorname{index") ? miss() : token;
    const written = elementAt(spot, letter, long ?? short ?? "", write);
    return written ?? miss();
  });
  function miss() {
    whole = false;
    return "";
  }
  return whole ? text : null;
}

/** @param {Spot} spot @param {string} letter @param {string} index @param {Write} write */
function elementAt(spot, letter, index, write) {
  const { op, relation, head, shapes } = spot;
  const position = letter === head.own ? relation.input : LETTERS.indexOf(letter);
  const tensor = letter === head.out ? op.outputs[relation.output] : op.inputs[position];
  const shape = shapes.get(tensor);
  if (tensor === undefined || !shape) return null;
  const element = placeOf(spot, tensor, shape, index);
  return element === null ? null : write(tensor, element);
}

/**
 * Which element of a tensor an index means at this edge.
 * @param {Spot} spot
 * @param {number} tensor
 * @param {number[]} shape
 * @param {string} index
 * @returns {number | null}
 */
function placeOf({ op, relation, head, input, output, shapes }, tensor, shape, index) {
  if (elementCount(shape) === 1) return 0;
  const [own, out] = [op.inputs[relation.input], op.outputs[relation.output]];
  if (relation.structure === "contraction") return byAxes(index, shape, axesAt());
  if (tensor === out && index === head.outAt) return output;
  if (tensor === own && index === head.ownAt) return input;
  const element = index === head.ownAt && index !== head.outAt ? input : output;
  const from =
    shapes.get(element === input && index === head.ownAt && index !== head.outAt ? own : out) ?? [];
  return index ? aligned(element, from, shape) : null;

  function axesAt() {
    const axes = new Map([...head.ownAt].map((c, i) => [c, unravel(input, shapes.get(own) ?? [])[i]]));
    for (const [i, c] of [...head.outAt].entries()) axes.set(c, unravel(output, shapes.get(out) ?? [])[i]);
    return axes;
  }
}

/** @param {string} index @param {number[]} shape @param {Map<string, number>} axes */
function byAxes(index, shape, axes) {
  const places = [...index].map((c, axis) => (shape[axis] === 1 ? 0 : axes.get(c)));
  if (places.length !== shape.length || places.some((place) => place === undefined)) return null;
  return (
    places.reduce((flat, place, axis) => /** @type {number} */ (flat) * shape[axis] + Number(place), 0) ??
    null
  );
}

/** Under broadcasting, where one element of a tensor stands in another. @param {number} element @param {number[]} from @param {number[]} to */
function aligned(element, from, to) {
  const place = unravel(element, from);
  const shift = from.length - to.length;
  if (shift < 0) return elementCount(from) === elementCount(to) ? element : null;
  return to.reduce((flat, size, axis) => flat * size + (size === 1 ? 0 : place[axis + shift]), 0);
}
