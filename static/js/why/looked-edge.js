/** The one edge that the reader looks at, and walking from edge to edge of an element. */

import { elementText } from "../element-text.js";
import { formatNumber } from "../format.js";
import { readingOf, wrtOf } from "./reading.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("./provenance.js").EdgePlace} EdgePlace
 * @typedef {import("./reading.js").Look} Look
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {{op: number, place: number, edge: number, weight: number, product: number | null}} Term
 */

/**
 * The edge that was chosen if it is one of these terms, else the one whose term weighs most.
 * @param {EdgePlace | null} chosen
 * @param {Term[]} terms
 * @returns {EdgePlace | null}
 */
export function lookedEdge(chosen, terms) {
  const heaviest = [...terms].sort((a, b) => size(b) - size(a))[0];
  const own = terms.find((term) => isSame(placeOf(term), chosen)) ?? heaviest;
  return own ? placeOf(own) : null;
}

/** @param {Term} term */
function placeOf({ op, place, edge }) {
  return { op, relation: place, edge };
}

/** @param {Term} term */
function size({ product, weight }) {
  return Math.abs(product || weight);
}

/** @param {EdgePlace | null} a @param {EdgePlace | null} b */
export function isSame(a, b) {
  return a !== null && b !== null && a.op === b.op && a.relation === b.relation && a.edge === b.edge;
}

/**
 * The edges of the selected element, as it is read, in the order of their far ends.
 * @param {Picture} picture
 * @param {Look} look
 * @returns {EdgePlace[]}
 */
export function edgesAt({ graph }, look) {
  const { selection } = look;
  if (!selection) return [];
  const by = readingOf(graph, selection.tensor, look.reading);
  return graph.ops.flatMap((op) =>
    op.relations.flatMap(({ carries, edges, input, output }, relation) => {
      const blue = op.inputs[input];
      const wanted =
        by === "input"
          ? blue === selection.tensor
          : op.outputs[output] === selection.tensor && blue === wrtOf(op, { ...look, reading: by });
      if (!wanted || !carries || !edges) return [];
      return edges[by].flatMap((end, edge) =>
        end === selection.element ? [{ op: op.id, relation, edge }] : [],
      );
    }),
  );
}

/**
 * The edge that is looked at, in words for readers who listen.
 * @param {Picture} picture
 * @param {Look} look
 * @returns {Record<string, string | number> | null}
 */
export function edgeFacts(picture, look) {
  const edges = edgesAt(picture, look);
  const at = edges.findIndex((edge) => isSame(edge, look.edge));
  if (at < 0) return null;
  const { op: id, relation: position, edge } = edges[at];
  const op = need(byId(picture.trace.ops), id);
  const relation = op.relations[position];
  const [input, output] = [relation.edges?.input[edge] ?? 0, relation.edges?.output[edge] ?? 0];
  return {
    index: at + 1,
    count: edges.length,
    from: elementText(picture, { tensor: op.inputs[relation.input], element: input }),
    to: elementText(picture, { tensor: op.outputs[relation.output], element: output }),
    weight: formatNumber(relation.edges?.weight[edge]),
  };
}

/**
 * The next or the previous edge of the selected element; the first one when none of them was looked at.
 * @param {Picture} picture
 * @param {Look} look
 * @param {1 | -1} by
 * @returns {EdgePlace | null}
 */
export function nextEdge(picture, look, by) {
  const edges = edgesAt(picture, look);
  const at = edges.findIndex((edge) => isSame(edge, look.edge));
  return (at < 0 ? edges[0] : edges[Math.max(0, Math.min(edges.length - 1, at + by))]) ?? null;
}
