/** Choosing one edge, wherever it is shown: its line, its weight, its term, its cell of a table. */

import { isSame } from "../../why/looked-edge.js";

/**
 * The end of it that is being read is selected with it. A second time puts it down.
 * @param {import("../../store.js").Store} store
 * @param {import("../../why/provenance.js").EdgePlace} edge
 */
export function chooseEdge(store, edge) {
  const { trace, edge: before, reading, selection: kept } = store.get();
  const op = trace?.ops.find(({ id }) => id === edge.op);
  const relation = op?.relations[edge.relation];
  if (!op || !relation?.edges) return;
  const from = { tensor: op.inputs[relation.input], element: relation.edges.input[edge.edge] };
  const to = { tensor: op.outputs[relation.output], element: relation.edges.output[edge.edge] };
  const own = [from, to].some((end) => end.tensor === kept?.tensor && end.element === kept.element);
  const selection = own ? kept : reading === "output" ? to : from;
  store.set({ selection, edge: isSame(before, edge) ? null : edge });
}
