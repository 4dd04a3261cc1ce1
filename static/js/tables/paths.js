/** "Why this number?": every path from an element to a root, the largest products first; the others counted and summed. */

import { addsUp, toNumber } from "../format.js";
import { leavingEdges, reachOf, stretch } from "./path-graph.js";
import { share, told } from "../trace/scores.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").BackwardCall} BackwardCall
 * @typedef {import("./path-graph.js").PathEdge} PathEdge
 *
 * @typedef {object} Path
 * @property {PathEdge[]} edges   from the element towards the root; empty when the element is itself a root
 * @property {{tensor: number, element: number}} end
 * @property {number} seed        what the end was given
 * @property {number} product     seed times all weights
 *
 * @typedef {object} Expansion
 * @property {Path[]} paths       the largest first
 * @property {number} count       how many paths there are
 * @property {number | null} rest what the paths that are not listed come to; null when all are
 * @property {number} total       the score of the trace
 * @property {"=" | "≈"} sign     before the total
 * @property {boolean} differs    the score is not the sum of its paths: a hook changed one on the way
 */

const LISTED = 12;
/** How far weights in float32 may put a sum of products off, relative to their sizes. */
const ROUNDING = 1e-6;

/**
 * @param {Trace} trace
 * @param {BackwardCall} call
 * @param {{tensor: number, element: number}} place
 * @param {number} [limit]
 * @returns {Expansion | null} null when edges are missing, or no score came here
 */
export function pathsOf(trace, call, place, limit = LISTED) {
  const score = call.scores.find(({ tensor }) => tensor === place.tensor)?.values?.[place.element];
  const total = toNumber(score);
  const leaving = leavingEdges(trace, call);
  if (total === null || !leaving) return null;
  const reach = reachOf(trace, call, leaving);
  const count = reach.count.get(place.tensor)?.[place.element] ?? 0;
  const paths = search(place, leaving, reach, limit);
  const products = paths.map(({ product }) => product);
  if (count > paths.length) {
    const rest = remainder(total, products);
    return {
      paths,
      count,
      rest,
      total,
      sign: addsUp([...products, rest], total) ? "=" : "≈",
      differs: false,
    };
  }
  const differs = !Object.is(told(products, total), total) && products.every(Number.isFinite);
  return { paths, count, rest: null, total, sign: addsUp(products, total) ? "=" : "≈", differs };
}

/** What is left of the score; not what rounding leaves. @param {number} total @param {number[]} products */
function remainder(total, products) {
  const rest = total - products.reduce((sum, product) => sum + product, 0);
  const size = products.reduce((sum, product) => sum + Math.abs(product), 0);
  return Math.abs(rest) <= ROUNDING * size ? 0 : rest;
}

/**
 * @typedef {object} Partial
 * @property {PathEdge[]} edges
 * @property {{tensor: number, element: number}} at
 * @property {number} size    the largest magnitude that its product can come to
 * @property {boolean} done   it ends here
 */

/**
 * Best first: what a beginning can come to at most is known, so paths come out in order of size.
 * @param {{tensor: number, element: number}} place
 * @param {import("./path-graph.js").Leaving} leaving
 * @param {import("./path-graph.js").Reach} reach
 * @param {number} limit
 * @returns {Path[]}
 */
function search(place, leaving, reach, limit) {
  /** @type {Partial[]} */
  const open = [{ edges: [], at: place, size: Number.POSITIVE_INFINITY, done: false }];
  /** @type {Path[]} */
  const found = [];
  while (open.length && found.length < limit) {
    const [next] = open.splice(largest(open), 1);
    if (next.done) found.push(finished(next, reach));
    else open.push(...longer(next, leaving, reach));
  }
  return found.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
}

/** Of equal ones the longest, so that the search goes deep before it goes wide. @param {Partial[]} open */
function largest(open) {
  let best = 0;
  for (let i = 1; i < open.length; i += 1) {
    const [a, b] = [open[i], open[best]];
    if (a.size > b.size || (a.size === b.size && rank(a) > rank(b))) best = i;
  }
  return best;
}

/** @param {Partial} partial */
function rank({ edges, done }) {
  return 2 * edges.length + Number(done);
}

/**
 * @param {Partial} partial
 * @param {import("./path-graph.js").Leaving} leaving
 * @param {import("./path-graph.js").Reach} reach
 * @returns {Partial[]}
 */
function longer({ edges, at }, leaving, reach) {
  const steps = (leaving.get(at.tensor)?.[at.element] ?? []).filter(
    (edge) => (reach.count.get(edge.tensor)?.[edge.element] ?? 0) > 0,
  );
  const found = steps.map((edge) => {
    const way = [...edges, edge];
    const rest = reach.best.get(edge.tensor)?.[edge.element] ?? 0;
    return {
      edges: way,
      at: { tensor: edge.tensor, element: edge.element },
      size: along(way, rest),
      done: false,
    };
  });
  const seed = reach.seeds.get(at.tensor)?.[at.element];
  return seed === undefined
    ? found
    : [...found, { edges, at, size: along(edges, Math.abs(seed)), done: true }];
}

/** @param {PathEdge[]} edges @param {number} size at their end */
function along(edges, size) {
  return [...edges].reverse().reduce((product, edge) => stretch(edge, product), size);
}

/** @param {Partial} partial @param {import("./path-graph.js").Reach} reach @returns {Path} */
function finished({ edges, at }, reach) {
  const seed = reach.seeds.get(at.tensor)?.[at.element] ?? 0;
  const product = [...edges].reverse().reduce((sum, edge) => share(edge.relation, edge.weight, sum), seed);
  return { edges, end: at, seed, product };
}
