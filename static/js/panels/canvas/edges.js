/**
 * Edges under the hand: a click on one looks at it; Enter on a node and then the arrows go through its edges, Esc
 * leaves them. Pointing at one tells where its weight comes from.
 */

import { element } from "../../element.js";
import { linkedEdge } from "../../picture/links.js";
import { edgeFacts, nextEdge } from "../../why/looked-edge.js";
import { pictureAt } from "../../picture/picture.js";
import { chooseEdge } from "./choose-edge.js";

/** @typedef {import("../../store.js").Store} Store */

/**
 * @param {HTMLElement} canvas
 * @param {HTMLElement} inspector
 * @param {Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountEdges(canvas, inspector, store, t) {
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
  const spoken = element("p", { class: "unseen edge-spoken", "aria-live": "polite" });
  canvas.append(spoken);
  canvas.addEventListener(
    "keydown",
    (event) => {
      if (walk(store, event)) spoken.textContent = told(store, t);
    },
    true,
  );
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

/** The edge that the keys have come to, for readers who listen. @param {Store} store @param {import("../../i18n.js").Translate} t */
function told(store, t) {
  const state = store.get();
  const picture = pictureAt(state.trace, state.steps, state.step);
  const facts = picture && edgeFacts(picture, state);
  return facts ? t("page.look.edge", facts) : "";
}

/** @param {Store} store @param {KeyboardEvent} event @returns {boolean} whether the key meant something here */
function walk(store, event) {
  const node = event.target instanceof Element ? event.target.closest(".node, .card") : null;
  if (!node || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const state = store.get();
  const picture = pictureAt(state.trace, state.steps, state.step);
  const inside = state.edge !== null;
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!picture || !isSelected(node, state.selection)) return false;
  if (event.key === "Escape" && inside) store.set({ edge: null });
  else if (event.key === "Enter" && !inside) store.set({ edge: nextEdge(picture, state, 1) });
  else if (by !== 0 && inside) store.set({ edge: nextEdge(picture, state, by) });
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
