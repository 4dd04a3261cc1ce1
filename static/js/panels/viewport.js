/** Pan and zoom of the canvas: drag on empty space, Ctrl+wheel from 50 to 300 %, fit. */

import { select, zoom, zoomIdentity } from "vendor/d3.js";
import { fitting, MARGIN, READABLE, shift } from "../layout/fitting.js";

/**
 * @typedef {import("../layout/fitting.js").Bounds} Bounds
 * @typedef {object} Viewport
 * @property {(bounds: Bounds) => void} fit      shows all of it, or its top left where it would be too small to read
 * @property {(bounds: Bounds) => void} reveal   moves just far enough to bring this part into sight
 * @property {(factor: number) => void} scaleBy
 * @property {() => boolean} touched  the reader has moved it since it was last fitted
 */

const LEAST = 0.25;
const MOST = 3;

/**
 * @param {SVGSVGElement} svg
 * @param {SVGGElement} world  the layer that moves
 * @returns {Viewport}
 */
export function createViewport(svg, world) {
  const surface = select(svg);
  let touched = false;
  const behaviour = zoom()
    .scaleExtent([LEAST, MOST])
    .filter((event) => allowed(event))
    .wheelDelta((event) => -event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.004))
    .on("zoom", ({ transform, sourceEvent }) => {
      touched = touched || Boolean(sourceEvent);
      world.setAttribute("transform", `translate(${transform.x} ${transform.y}) scale(${transform.k})`);
      world.style.setProperty("--zoom", String(Math.max(READABLE, transform.k)));
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
      const across = { from: bounds.x * box.a + box.e, size: bounds.width * box.a };
      const down = { from: bounds.y * box.a + box.f, size: bounds.height * box.a };
      const right = shift(across, MARGIN.side, svg.clientWidth - MARGIN.side);
      const below = shift(down, MARGIN.top, svg.clientHeight - MARGIN.bottom);
      if (right || below) move(box.e + right, box.f + below, box.a);
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
