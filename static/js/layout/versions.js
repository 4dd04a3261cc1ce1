/** In-place writes: a tensor's versions side by side. A slot that was written over has lost its wire to the old value. */

import { byId } from "../trace/trace-types.js";
import { anchor } from "./edges.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Layout} Layout
 *
 * @typedef {object} Cut  The two loose ends of a wire that a write has cut, px.
 * @property {number} tensor   the old version
 * @property {number} element
 * @property {[number, number]} from  where the wire left the old value
 * @property {[number, number]} to    where it would have met the slot
 */

/** Where on the slot the loose end points, as a share of its height: the new value's edge ends in the middle. */
const BESIDE = 0.24;

/**
 * The version that an operation wrote into, if that is what it did: its first input, changed in place.
 * @param {TraceOp} op
 * @param {Map<number, import("../trace/trace-types.js").TraceTensor>} tensors
 * @returns {number | null}
 */
export function writtenOver(op, tensors) {
  const [old, made] = [tensors.get(op.inputs[0]), tensors.get(op.outputs[0])];
  const later = old && made && made.version > old.version && old.name === made.name;
  return later && String(old.shape) === String(made.shape) ? old.id : null;
}

/**
 * Slots of the picture that have no edge from their own older version.
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Layout} layout
 * @returns {Cut[]}
 */
export function cutsOf(trace, graph, layout) {
  const tensors = byId(trace.tensors);
  return graph.ops.flatMap((op) => {
    const old = writtenOver(op, tensors);
    const [before, after] = [layout.boxes.get(old ?? -1), layout.boxes.get(op.outputs[0])];
    const kept = op.relations.find(({ input, output }) => input === 0 && output === 0)?.edges;
    if (old === null || !before || !after || !kept?.output.length || !layout.bands.has(op.id)) return [];
    if (before.size.mode !== "nodes" || after.size.mode !== "nodes") return [];
    const joined = new Set(kept.output);
    return before.size.cells.flatMap((_cell, element) => {
      if (joined.has(element)) return [];
      const from = anchor(before, element, "right");
      const [x, y] = anchor(after, element, "left");
      return [
        {
          tensor: old,
          element,
          from,
          to: /** @type {[number, number]} */ ([x, y - after.size.cell * BESIDE]),
        },
      ];
    });
  });
}
