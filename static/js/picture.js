/** The picture that belongs to a step, kept until another graph is needed. */

import { edgesOf } from "./layout/edges.js";
import { graphAt } from "./layout/graph.js";
import { layoutOf } from "./layout/layout.js";
import { symbolsOf } from "./symbols.js";

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./layout/scene.js").Picture} Picture
 * @typedef {import("./steps.js").Step} Step
 */

/** @type {WeakMap<Trace, Map<string, Picture>>} */
const kept = new WeakMap();

/**
 * @param {Trace | null} trace
 * @param {Step[]} steps
 * @param {number} k
 * @returns {Picture | null} null when there is nothing to draw
 */
export function pictureAt(trace, steps, k) {
  const graph = trace && graphAt(trace, steps[k] ?? null);
  if (!trace || !graph?.members.length) return null;
  const pictures = kept.get(trace) ?? new Map();
  kept.set(trace, pictures);
  const known = pictures.get(graph.key);
  if (known) return known;
  const layout = layoutOf(trace, graph);
  const names = trace.tensors.map((tensor) => tensor.name).filter((name) => name !== null);
  const symbols = symbolsOf(
    graph.members.map((member) => member.tensor),
    names,
  );
  const picture = { trace, graph, layout, lines: edgesOf(graph, layout), symbols };
  pictures.set(graph.key, picture);
  return picture;
}
