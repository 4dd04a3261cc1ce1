/**
 * Edges under the hand: a click on one looks at it; Enter on a node and then the arrows go through its edges, Esc
 * leaves them. Pointing at one tells where its weight comes from.
 */

import { linkedEdge } from "../links.js";
import { nextEdge } from "../looked-edge.js";
import { pictureAt } from "../picture.js";
import { chooseEdge } from "./choose-edge.js";

/** @typedef {import("../store.js").Store} Store */

/**
 * @param {HTMLElement} canvas
 * @param {HTMLElement} inspector
 * @param {Store} store
 */
export function mountEdges(canvas, inspector, store) {
  canvas.addEventListener(
    "click",
    (event) => {
      const mark = event.target instanceof Element ? event.target.closest(".edge, .chip") : null;
      const edge = mark && edgeOf(mark);
      if (!edge) return;
      event.stopPropagation();
      chooseEdge(store, edge);
    },
    true,
  );
  canvas.addEventListener("keydown", (event) => walk(store, event), true);
  inspector.addEventListener("click", ({ target }) => {
    const mark = target instanceof Element ? target.closest(".sum [data-link], .share") : null;
    const edge = mark && edgeOf(mark);
    if (edge) chooseEdge(store, edge);
  });
}

/** @param {Element} mark */
function edgeOf(mark) {
  return linkedEdge(mark.getAttribute("data-link")?.split(" ")[0] ?? "");
}

/** @param {Element} node @param {{tensor: number, element: number} | null} selection */
function isSelected(node, selection) {
  const own =
    node.classList.contains("card") || node.getAttribute("data-element") === String(selection?.element);
  return own && node.getAttribute("data-tensor") === String(selection?.tensor);
}

/** @param {Store} store @param {KeyboardEvent} event */
function walk(store, event) {
  const node = event.target instanceof Element ? event.target.closest(".node, .card") : null;
  if (!node || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const state = store.get();
  const picture = pictureAt(state.trace, state.steps, state.step);
  const inside = state.edge !== null;
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!picture || !isSelected(node, state.selection)) return;
  if (event.key === "Escape" && inside) store.set({ edge: null });
  else if (event.key === "Enter" && !inside) store.set({ edge: nextEdge(picture, state, 1) });
  else if (by !== 0 && inside) store.set({ edge: nextEdge(picture, state, by) });
  else return;
  event.preventDefault();
  event.stopPropagation();
}
