/** What stays in the picture slides to its new place when operations unfold or fold; what is new appears. */

const SLIDE = 320;
const FADE = 80;
const EASING = "cubic-bezier(0.4, 0, 0.2, 1)";
/** A cell of a card and the node that it becomes are the same element. */
const MOVING = ".node, .card [data-tile], .fold, .op, .region-head, .frame";
const FADING =
  ".layer-edges, .layer-chosen, .layer-chips, .layer-wires, .layer-ribbons, .layer-headers, .layer-tints, .region-body, .region-unit, .card-body, .card-number, .layer-seeds, .layer-drawers";

/** @typedef {Map<string, {x: number, y: number}>} Places  centres on screen, px */

/**
 * @param {SVGSVGElement} svg
 * @returns {Places}
 */
export function placesOf(svg) {
  /** @type {Places} */
  const places = new Map();
  for (const mark of marks(svg)) {
    const { x, y, width, height } = mark.getBoundingClientRect();
    places.set(keyOf(mark), { x: x + width / 2, y: y + height / 2 });
  }
  return places;
}

/**
 * @param {SVGSVGElement} svg
 * @param {Places} before
 * @param {boolean} calm   no travel
 */
export function slide(svg, before, calm) {
  const scale = zoomOf(svg);
  if (calm) {
    svg.querySelector(".world")?.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
    return;
  }
  const timing = { duration: SLIDE, easing: EASING };
  const moves = marks(svg).map((mark) => ({ mark, from: before.get(keyOf(mark)), now: centre(mark) }));
  for (const { mark, from, now } of moves) {
    if (!from) mark.animate([{ opacity: 0 }, { opacity: 1 }], timing);
    else if (Math.hypot(from.x - now.x, from.y - now.y) > 1) {
      const start = `translate(${(from.x - now.x) / scale}px, ${(from.y - now.y) / scale}px)`;
      mark.animate([{ transform: start }, { transform: "translate(0, 0)" }], { ...timing, composite: "add" });
    }
  }
  for (const part of svg.querySelectorAll(FADING))
    part.animate([{ opacity: 0 }, { opacity: 0, offset: 0.4 }, { opacity: 1 }], timing);
}

/** @param {SVGSVGElement} svg */
function marks(svg) {
  return /** @type {SVGElement[]} */ ([...svg.querySelectorAll(MOVING)]);
}

/** @param {Element} mark */
function centre(mark) {
  const { x, y, width, height } = mark.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

/** @param {SVGSVGElement} svg */
function zoomOf(svg) {
  const matrix = /** @type {SVGGElement | null} */ (svg.querySelector(".world"))?.getCTM();
  return matrix?.a ?? 1;
}

/** @param {SVGElement} mark */
function keyOf(mark) {
  const { tensor, element, tile, op, module } = mark.dataset;
  if (module !== undefined) return `m ${module}`;
  if (op !== undefined) return `o ${op}`;
  if (element !== undefined && mark.matches(".node")) return `n ${tensor} ${element}`;
  const card = /** @type {SVGElement | null} */ (mark.closest(".card"));
  return `n ${card?.dataset.tensor} ${tile}`;
}
