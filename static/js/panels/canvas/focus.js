/** Where the focus is in the diagram, and where the Tab key enters it. */

/** @typedef {{tensor: number, element: number}} Place */

/** @param {Element} target @returns {Place | null} */
export function placeOf(target) {
  const mark = /** @type {SVGElement | null} */ (target.closest("[data-tensor]"));
  if (!mark) return null;
  const tile = /** @type {SVGElement | null} */ (target.closest("[data-tile]"));
  return {
    tensor: Number(mark.dataset.tensor),
    element: Number(tile ? tile.dataset.tile : mark.dataset.element),
  };
}

/** @param {SVGSVGElement} svg */
export function focusedPlace(svg) {
  const active = document.activeElement;
  return active && svg.contains(active) ? placeOf(active) : null;
}

/** @param {Place} place */
function selectorOf({ tensor, element: index }) {
  return `.node[data-tensor="${tensor}"][data-element="${index}"], .card[data-tensor="${tensor}"]`;
}

/** @param {SVGSVGElement} svg @param {Place} place */
export function focus(svg, place) {
  const mark = /** @type {SVGElement | null} */ (svg.querySelector(selectorOf(place)));
  mark?.focus({ preventScroll: true });
}

/**
 * One stop for the Tab key: the selected element, else the first. A redraw keeps the focus where it was.
 * @param {SVGSVGElement} svg
 * @param {Place | null} selection
 * @param {Place | null} held
 */
export function rove(svg, selection, held) {
  const wanted = selection && svg.querySelector(selectorOf(selection));
  const stop = wanted ?? svg.querySelector(".node:not(.node-grey), .card");
  for (const other of svg.querySelectorAll(".node[tabindex='0'], .card[tabindex='0']"))
    if (other !== stop) other.setAttribute("tabindex", "-1");
  stop?.setAttribute("tabindex", "0");
  if (held) focus(svg, held);
}
