/** Choosing an element of the diagram: by a click, or by walking there with the arrow keys. */

import { focus, focusedPlace, placeOf } from "./focus.js";
import { moveInDiagram } from "./roving.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("./focus.js").Place} Place
 */

/**
 * @param {SVGSVGElement} svg
 * @param {Store} store
 * @param {() => Picture | null} current
 */
export function listen(svg, store, current) {
  svg.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-toggle]")) return;
    const place = placeOf(target);
    choose(store, current(), place);
  });
  svg.addEventListener("keydown", (event) => {
    const picture = current();
    const from = focusedPlace(svg);
    if (event.key === "Escape") return choose(store, picture, null);
    if (!picture || !from) return;
    const to = event.key === "Enter" || event.key === " " ? from : moveInDiagram(picture, from, event);
    if (!to) return;
    event.preventDefault();
    choose(store, picture, to);
    focus(svg, to);
  });
}

/**
 * Grey elements take part but receive no score, and a block is no element: there is nothing to ask about them.
 * @param {Store} store
 * @param {Picture | null} picture
 * @param {Place | null} place
 */
function choose(store, picture, place) {
  const box = place && picture?.layout.boxes.get(place.tensor);
  const askable = box && box.member.role !== "grey" && !box.size.blocks;
  store.set({ selection: askable ? place : null, edge: null });
}
