/** Asks the server for the curve of a one-to-one operation when the reader wants to see it, and keeps the answer. */

import { requestCurve } from "../../api.js";

/**
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../why/provenance.js").EdgePlace} EdgePlace
 * @typedef {import("../../why/curve-plot.js").Curve} Curve
 */

const KEPT = 20;

/** @param {() => void} redraw */
export function createCurves(redraw) {
  /** @type {Map<string, Curve | null>} null: asked, no answer yet */
  const answers = new Map();
  return {
    /**
     * @param {State} state
     * @param {EdgePlace} place
     * @returns {Curve | null} null while it is on its way
     */
    of(state, { op, relation: position }) {
      const cells = state.cells.filter(({ ran }) => ran !== null).map(({ ran }) => ran ?? "");
      const key = JSON.stringify([cells, op, position]);
      const found = state.trace?.ops.find(({ id }) => id === op);
      // A folded module is the page's own: the server knows no function for it.
      const relation = found?.layer?.parts.length ? undefined : found?.relations[position];
      if (!answers.has(key) && relation?.edges) {
        if (answers.size >= KEPT) answers.clear();
        answers.set(key, null);
        const { input, output, edges } = relation;
        requestCurve(cells, { op, input, output, of_outputs: edges.output }).then(({ data }) => {
          if (data?.curve) answers.set(key, data.curve);
          else answers.delete(key);
          if (data?.curve) redraw();
        });
      }
      return answers.get(key) ?? null;
    },
  };
}
