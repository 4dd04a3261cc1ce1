/** The picture that belongs to a step, kept until another graph is needed. */

import { partAt } from "../layout/alone.js";
import { edgesOf } from "../layout/edges.js";
import { withFrames } from "../layout/frames.js";
import { layoutOf } from "../layout/layout.js";
import { usesIn } from "../layout/uses.js";
import { cutsOf } from "../layout/versions.js";
import { symbolsOf } from "./symbols.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../trace/steps.js").Step} Step
 */

/**
 * By `trace.ops`: a trace with another gradient (live-trace.js) shares them, and so has the same graph and layout.
 * @type {WeakMap<Trace["ops"], Map<string, Picture>>}
 */
const kept = new WeakMap();

/**
 * @param {Trace | null} trace
 * @param {Step[]} steps
 * @param {number} k
 * @param {boolean} [tight]  for a low canvas
 * @param {import("./room.js").Part} [part]
 * @returns {Picture | null} null when there is nothing to draw
 */
export function pictureAt(trace, steps, k, tight = false, part = "whole") {
  const step = steps[k] ?? null;
  const graph = trace && partAt(trace, step, part);
  if (!trace || !graph?.members.length) return null;
  const pictures = kept.get(trace.ops) ?? new Map();
  kept.set(trace.ops, pictures);
  const key = `${graph.key}${tight ? " tight" : ""}`;
  const known = pictures.get(key);
  if (known?.trace === trace) return known;
  const picture = known ? { ...known, trace } : drawn(trace, graph, tight);
  pictures.set(key, picture);
  return picture;
}

/**
 * @param {Trace} trace
 * @param {import("../layout/graph.js").Graph} graph
 * @param {boolean} tight
 * @returns {Picture}
 */
function drawn(trace, graph, tight) {
  const layout = withFrames(trace, graph, layoutOf(trace, graph, tight));
  const names = trace.tensors.map((tensor) => tensor.name).filter((name) => name !== null);
  const symbols = symbolsOf(tensorsOf(trace, graph), names);
  const lines = edgesOf(graph, layout);
  return { trace, graph, layout, lines, cuts: cutsOf(trace, graph, layout), uses: usesIn(graph), symbols };
}

/**
 * The tensors that formulas may name: those in the picture, and those of operations outside its window.
 * @param {Trace} trace
 * @param {import("../layout/graph.js").Graph} graph
 */
function tensorsOf(trace, graph) {
  const shown = new Set(graph.members.map(({ tensor }) => tensor.id));
  const walk = new Set(graph.walk);
  const all = trace.ops.filter((op) => walk.has(op.id)).flatMap((op) => [...op.inputs, ...op.outputs]);
  const named = new Set([...shown, ...all]);
  return trace.tensors.filter(({ id }) => named.has(id));
}
