/** Pan and zoom of the canvas: drag on empty space, Ctrl+wheel from 50 to 300 %, fit. */

import { select, zoom, zoomIdentity } from "vendor/d3.js";

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Bounds
 * @typedef {object} Viewport
 * @property {(bounds: Bounds) => void} fit      shows all of it, or its left end where it would be too small to read
 * @property {(bounds: Bounds) => void} reveal   moves only if this part is out of sight
 * @property {(factor: number) => void} scaleBy
 * @property {() => boolean} touched  the reader has moved it since it was last fitted
 */

const LEAST = 0.5;
const MOST = 3;
const READABLE = 0.66;
const LARGEST_FIT = 1.25;
const MARGIN = { top: 52, side: 22, bottom: 20 };

/**
 * @param {SVGSVGElement} svg
 * @param {SVGGElement} world  the layer that moves
 * @returns {Viewport}
 */
export function createViewport(svg, world) {
  const surface = select(svg);
  let touched = false;
  const behaviour = zoom()
    .scaleExtent([LEAST / 2, MOST])
    .filter((event) => allowed(event))
    .wheelDelta((event) => -event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.004))
    .on("zoom", ({ transform, sourceEvent }) => {
      touched = touched || Boolean(sourceEvent);
      world.setAttribute("transform", `translate(${transform.x} ${transform.y}) scale(${transform.k})`);
    });
  surface.call(/** @type {any} */ (behaviour)).on("dblclick.zoom", null);
  /** @param {number} x @param {number} y @param {number} k */
  const move = (x, y, k) => {
    surface.call(/** @type {any} */ (behaviour).transform, zoomIdentity.translate(x, y).scale(k));
  };
  return {
    fit(bounds) {
      const view = { width: svg.clientWidth, height: svg.clientHeight };
      const { x, y, k } = fitting(bounds, view);
      move(x, y, k);
      touched = false;
    },
    touched: () => touched,
    reveal(bounds) {
      const box = world.getCTM();
      if (!box) return;
      const left = bounds.x * box.a + box.e;
      const right = (bounds.x + bounds.width) * box.a + box.e;
      const middle = (bounds.y + bounds.height / 2) * box.a + box.f;
      const across = left >= 0 && right <= svg.clientWidth;
      const down = middle >= 0 && middle <= svg.clientHeight;
      const x = across ? box.e : svg.clientWidth / 2 - (bounds.x + bounds.width / 2) * box.a;
      const y = down ? box.f : svg.clientHeight / 2 - (bounds.y + bounds.height / 2) * box.a;
      if (!across || !down) move(x, y, box.a);
    },
    scaleBy(factor) {
      surface.call(/** @type {any} */ (behaviour).scaleBy, factor);
    },
  };
}

/**
 * The transform that shows the bounds in the view: centred, never so small that numbers cannot be read.
 * @param {Bounds} bounds
 * @param {{width: number, height: number}} view
 */
export function fitting(bounds, view) {
  const width = Math.max(1, view.width - 2 * MARGIN.side);
  const height = Math.max(1, view.height - MARGIN.top - MARGIN.bottom);
  const wanted = Math.min(width / bounds.width, height / bounds.height, LARGEST_FIT);
  const k = Math.max(wanted, Math.min(READABLE, height / bounds.height), LEAST);
  const x =
    bounds.width * k > width
      ? MARGIN.side - bounds.x * k
      : (view.width - bounds.width * k) / 2 - bounds.x * k;
  const y = MARGIN.top + Math.max(0, (height - bounds.height * k) / 2) - bounds.y * k;
  return { x, y, k };
}

/** The wheel scrolls the page unless Ctrl is held; the mouse drags with its first button. @param {any} event */
function allowed(event) {
  if (event.type === "wheel") return event.ctrlKey || event.metaKey;
  return !event.ctrlKey && !event.button;
}
