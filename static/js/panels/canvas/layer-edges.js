/** Asks the server for the edges over a whole folded layer where the reader looks at its end and the page has them not. */

import { requestBetween } from "../../api.js";
import { isOutdated } from "../../code/cells.js";
import { retold } from "../../modules/fold-modules.js";
import { layerQuestions, putLayer } from "../../modules/layer-edges.js";

/** A reader who walks through elements is not followed by a request for each, ms. */
const PAUSE = 150;

/** @param {import("../../store.js").Store} store */
export function mountLayerEdges(store) {
  /** Asked, and not to be asked again. @type {WeakSet<import("../../trace/trace-types.js").Relation>} */
  const asked = new WeakSet();
  let pause = 0;

  async function next() {
    const state = store.get();
    const question = layerQuestions(state).find(({ relation }) => !asked.has(relation));
    if (!question || isOutdated(state.cells, state.sources.length)) return;
    asked.add(question.relation);
    const { data, failure } = await requestBetween(state.sources, question.from, question.to);
    if (!data && !failure) asked.delete(question.relation);
    if (!data?.edges) return;
    putLayer(question, { ...data, edges: data.edges });
    const now = store.get();
    if (now.trace?.ops.includes(question.op)) store.set(retold(now));
    return next();
  }

  store.subscribe((state, previous) => {
    const keys = /** @type {const} */ (["trace", "selection"]);
    if (!keys.some((key) => state[key] !== previous[key])) return;
    clearTimeout(pause);
    pause = setTimeout(next, PAUSE);
  });
}
