/** Pan and zoom of the canvas: drag on empty space, Ctrl+wheel from 50 to 300 %, fit. */

import { select, zoom, zoomIdentity } from "vendor/d3.js";
import { fitting, READABLE, revealing } from "../../layout/fitting.js";

/**
 * @typedef {import("../../layout/fitting.js").Bounds} Bounds
 * @typedef {object} Viewport
 * @property {(bounds: Bounds) => void} fit      shows all of it, or its top left where it would be too small to read
 * @property {(bounds: Bounds) => void} reveal   moves just far enough to bring this part into sight
 * @property {(x: number, y: number) => void} panBy  px, by the reader
 * @property {(factor: number) => void} scaleBy
 * @property {() => boolean} touched  the reader has moved it since it was last fitted
 */

const LEAST = 0.25;
const MOST = 3;

/**
 * @param {SVGSVGElement} svg
 * @param {SVGGElement} world  the layer that moves
 * @param {() => import("../../layout/fitting.js").Frame} frame  of the room that the canvas is in
 * @param {(transform: {x: number, y: number, k: number}) => void} [tell]  what else moves with it
 * @returns {Viewport}
 */
export function createViewport(svg, world, frame, tell = () => {}) {
  const surface = select(svg);
  let touched = false;
  /** What was last set; the browser's own answer (getCTM) may still be the one before. */
  let here = { x: 0, y: 0, k: 1 };
  const behaviour = zoom()
    .scaleExtent([LEAST, MOST])
    .filter((event) => allowed(event))
    .wheelDelta((event) => -event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.004))
    .on("zoom", ({ transform, sourceEvent }) => {
      touched = touched || Boolean(sourceEvent);
      here = { x: transform.x, y: transform.y, k: transform.k };
      world.setAttribute("transform", `translate(${transform.x} ${transform.y}) scale(${transform.k})`);
      world.style.setProperty("--zoom", String(Math.max(READABLE, transform.k)));
      tell(here);
    });
  surface.call(/** @type {any} */ (behaviour)).on("dblclick.zoom", null);
  /** @param {number} x @param {number} y @param {number} k */
  const move = (x, y, k) => {
    surface.call(/** @type {any} */ (behaviour).transform, zoomIdentity.translate(x, y).scale(k));
  };
  return {
    fit(bounds) {
      const view = { width: svg.clientWidth, height: svg.clientHeight };
      const { x, y, k } = fitting(bounds, view, frame());
      move(x, y, k);
      touched = false;
    },
    touched: () => touched,
    reveal(bounds) {
      const { x, y, k } = here;
      const size = { width: bounds.width * k, height: bounds.height * k };
      const part = { x: bounds.x * k + x, y: bounds.y * k + y, ...size };
      const view = { width: svg.clientWidth, height: svg.clientHeight };
      const { right, down } = revealing(part, view, frame());
      if (right || down) move(x + right, y + down, k);
    },
    panBy(x, y) {
      touched = true;
      move(here.x + x, here.y + y, here.k);
    },
    scaleBy(factor) {
      surface.call(/** @type {any} */ (behaviour).scaleBy, factor);
    },
  };
}

/** The wheel scrolls the page unless Ctrl is held; the mouse drags with its first button. @param {any} event */
function allowed(event) {
  if (event.type === "wheel") return event.ctrlKey || event.metaKey;
  return !event.ctrlKey && !event.button;
}
