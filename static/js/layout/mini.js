/** A relation as a small diagram: where its few elements stand, and the edges between them. */

import { formatNumber, subscript, toNumber } from "../format.js";
import { symbolsOf } from "../picture/symbols.js";
import { chipAt } from "./chips.js";
import { cubic } from "./curves.js";
import { place } from "./place.js";

/**
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("./tensors.js").NodeMark} NodeMark
 * @typedef {import("./edges.js").Edge} Edge
 *
 * @typedef {object} Column
 * @property {string | null} name
 * @property {number[]} shape
 * @property {number[]} elements  flat positions
 * @property {Scalar[]} values
 * @property {Scalar[] | null} scores
 *
 * @typedef {object} RelationPicture  What the server tells of one relation, to be drawn small.
 * @property {string | null} kind
 * @property {number} edge_count  of the whole relation; the picture may have fewer
 * @property {boolean} carries
 * @property {Column} input
 * @property {Column} output
 * @property {{input: number[], output: number[], weight: Scalar[]}} edges
 *
 * @typedef {object} Mini
 * @property {number} width
 * @property {number} height
 * @property {NodeMark[]} nodes   inputs, then outputs
 * @property {Edge[]} edges
 */

export const INPUT = 0;
export const OUTPUT = 1;
export const WIDTH = 286;
/** Room for selection rings, which stand out of their nodes. */
const MARGIN = 6;
/** Decimals of a value: x₁₂ leaves less room than x₁. */
const BESIDE_A_LONG_NAME = 3;
const NODE = { width: 96, tall: 38, low: 32 };
/** Few rows stand apart, so that weights fit between them. */
const GAPS = [26, 26, 26, 26, 8];
const LEAST = 7;
/** Between rows of a matrix. */
const APART = 7;
/** How far a weight may lie over its nodes' rims. */
const OVER = 6;

/**
 * @param {RelationPicture} picture
 * @returns {Mini}
 */
export function miniOf(picture) {
  const rows = Math.max(picture.input.elements.length, picture.output.elements.length);
  const height = rows < GAPS.length ? NODE.tall : NODE.low;
  const tops = topsOf(picture, height, GAPS[rows] ?? LEAST);
  const symbols = symbolsOf([named(INPUT, picture.input), named(OUTPUT, picture.output)], []);
  /** @param {number} side @param {Column} column @param {number} x @returns {NodeMark[]} */
  const nodes = (side, column, x) =>
    column.elements.map((element, i) => ({
      tensor: side,
      element,
      x,
      y: tops.get(`${side} ${element}`) ?? 0,
      width: NODE.width,
      height,
      scale: "T",
      role: picture.carries ? (side === INPUT ? "input" : "output") : side === INPUT ? "input" : "grey",
      focus: side === INPUT ? "in" : "out",
      symbol: symbols.get(side) ?? null,
      index: column.shape.length ? subscript(element, column.shape) : "",
      value: formatNumber(column.values[i], column.shape.length > 1 ? BESIDE_A_LONG_NAME : undefined),
      score: column.scores?.[i],
      waiting: null,
      selected: false,
      now: false,
      ghost: false,
      used: 0,
    }));
  const span = /** @type {[number, number]} */ ([MARGIN + NODE.width, WIDTH - MARGIN - NODE.width]);
  return {
    width: WIDTH,
    height: Math.max(...tops.values()) + height + MARGIN,
    nodes: [...nodes(INPUT, picture.input, MARGIN), ...nodes(OUTPUT, picture.output, span[1])],
    edges: edgesOf(picture, span, (key) => (tops.get(key) ?? 0) + height / 2),
  };
}

/**
 * @param {RelationPicture} picture
 * @param {[number, number]} span
 * @param {(key: string) => number} level  the middle of a node
 * @returns {Edge[]}
 */
function edgesOf({ edges, carries }, span, level) {
  const weights = edges.weight.map((weight) => toNumber(weight) ?? Number.NaN);
  const sizes = weights.map(Math.abs).filter(Number.isFinite);
  const most = Math.max(...sizes, Number.MIN_VALUE);
  return weights.map((weight, i) =>
    within({
      key: `0 0 ${i}`,
      op: 0,
      relation: 0,
      index: i,
      from: { tensor: INPUT, element: edges.input[i] },
      to: { tensor: OUTPUT, element: edges.output[i] },
      weight,
      width: weight === 0 ? 1.6 : 1.2 + 3.6 * (Number.isFinite(weight) ? Math.abs(weight) / most : 0),
      carries,
      shift: 0,
      use: 0,
      span,
      pieces: [
        cubic(
          [span[0], level(`${INPUT} ${edges.input[i]}`)],
          [span[1], level(`${OUTPUT} ${edges.output[i]}`)],
        ),
      ],
    }),
  );
}

/**
 * The edge with its weight's place kept clear of the nodes, however wide the number is.
 * @param {Edge} edge
 * @returns {Edge}
 */
function within(edge) {
  const half = Math.min(chipAt(edge, 0.5).width / 2 - OVER, (edge.span[1] - edge.span[0]) / 2);
  return { ...edge, span: [edge.span[0] + half, edge.span[1] - half] };
}

/**
 * Tops of all nodes by "side element": every node close to what it is joined with.
 * @param {RelationPicture} picture
 * @param {number} height  of a node
 * @param {number} gap
 */
function topsOf(picture, height, gap) {
  const columns = [slots(INPUT, picture.input, height, gap), slots(OUTPUT, picture.output, height, gap)];
  /** @type {Map<string, Set<string>>} */
  const links = new Map(columns.flat().map(({ key }) => [key, new Set()]));
  picture.edges.input.forEach((input, i) => {
    const ends = [`${INPUT} ${input}`, `${OUTPUT} ${picture.edges.output[i]}`];
    links.get(ends[0])?.add(ends[1]);
    links.get(ends[1])?.add(ends[0]);
  });
  const tops = place(columns, links);
  const shift = MARGIN - Math.min(...tops.values());
  return new Map([...tops].map(([key, top]) => [key, top + shift]));
}

/** @param {number} side @param {Column} column @param {number} height @param {number} gap @returns {import("./place.js").Item[]} */
function slots(side, { elements, shape }, height, gap) {
  const row = shape.length > 1 ? (shape.at(-1) ?? 1) : Number.POSITIVE_INFINITY;
  return elements.map((element, i) => {
    const parted = i > 0 && Math.floor(element / row) !== Math.floor(elements[i - 1] / row);
    const free = i === 0 ? 0 : parted && gap < 2 * APART ? gap + APART : gap;
    return { key: `${side} ${element}`, height, anchor: height / 2, weight: 1, gap: free };
  });
}

/**
 * The two tensors in the form in which symbols are given out.
 * @param {number} id
 * @param {Column} column
 * @returns {TraceTensor}
 */
export function named(id, { name, shape }) {
  const unknown = {
    label: name ?? "",
    version: 0,
    constant: false,
    dtype: "",
    requires_grad: true,
    is_leaf: false,
  };
  return { id, name, shape, ...unknown, op: null, values: null, grad: null, span: null };
}

/**
 * The sum of one input element: its terms and what they add up to.
 * @param {RelationPicture} picture
 * @param {number} element
 * @returns {{terms: {upstream: Scalar, weight: Scalar}[], sum: Scalar} | null} null where no score came
 */
export function sumOf({ input, output, edges }, element) {
  const { scores } = output;
  const sum = input.scores?.[input.elements.indexOf(element)];
  if (!scores || sum === undefined) return null;
  const terms = edges.input.flatMap((from, i) =>
    from === element
      ? [{ upstream: scores[output.elements.indexOf(edges.output[i])], weight: edges.weight[i] }]
      : [],
  );
  return { terms, sum };
}

/**
 * The input whose sum is shown before anybody points at one: the middle one.
 * @param {RelationPicture} picture
 */
export function middleInput({ input }) {
  return input.elements[Math.floor((input.elements.length - 1) / 2)];
}
