/** Edges of a folded layer that the page cannot multiply out itself, because not all of those inside it were sent. */

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {{op: TraceOp, relation: Relation, from: number, to: number}} LayerQuestion  from, to: tensors
 * @typedef {Pick<Relation, "kind" | "units" | "edge_count" | "edges">} LayerAnswer
 */

/**
 * @param {Pick<State, "trace" | "selection">} state
 * @returns {LayerQuestion[]} about the layers that the looked-at tensor goes into or comes from
 */
export function layerQuestions({ trace, selection }) {
  if (!trace || !selection) return [];
  const layers = trace.ops.filter(({ layer }) => layer?.parts.length);
  return layers.flatMap((op) =>
    op.relations
      .filter(({ carries, complete }) => carries && !complete)
      .map((relation) => ({ op, relation, from: op.inputs[relation.input], to: op.outputs[relation.output] }))
      .filter(({ from, to }) => from === selection.tensor || to === selection.tensor),
  );
}

/**
 * The layer knows its edges from now on, however often it is unfolded and folded again.
 * @param {LayerQuestion} question
 * @param {LayerAnswer} answer
 */
export function putLayer({ op, relation }, { kind, units, edge_count, edges }) {
  const whole = { ...relation, kind, units, edge_count, edges, complete: true };
  op.relations = op.relations.map((one) => (one === relation ? whole : one));
}
