/** Which part of a picture the canvas shows, and how large: never so small that its text cannot be read. */

/** @typedef {{x: number, y: number, width: number, height: number}} Bounds */

/** Below it text can no longer make up for the scale (type grows as the picture shrinks). */
export const READABLE = 0.8;
const LARGEST_FIT = 1.25;
const MARGIN = { top: 52, side: 22, bottom: 20 };
/** Narrower than the margins, so that stepping through a picture that fits never moves it. */
export const SIGHT = { top: 36, side: 8, bottom: 6 };

/**
 * The transform that shows the bounds in the view: centred, never so small that numbers cannot be read.
 * @param {Bounds} bounds
 * @param {{width: number, height: number}} view
 */
export function fitting(bounds, view) {
  const { width, height } = room(view);
  const k = Math.max(scaleOf(bounds, view), READABLE);
  const x =
    bounds.width * k > width
      ? MARGIN.side - bounds.x * k
      : (view.width - bounds.width * k) / 2 - bounds.x * k;
  const y = MARGIN.top + Math.max(0, (height - bounds.height * k) / 2) - bounds.y * k;
  return { x, y, k };
}

/** What the canvas's own controls leave. @param {{width: number, height: number}} view */
function room(view) {
  return {
    width: Math.max(1, view.width - 2 * MARGIN.side),
    height: Math.max(1, view.height - MARGIN.top - MARGIN.bottom),
  };
}

/**
 * The scale at which all of the picture is in the view.
 * @param {Bounds} bounds
 * @param {{width: number, height: number}} view
 */
export function scaleOf(bounds, view) {
  const { width, height } = room(view);
  return Math.min(width / bounds.width, height / bounds.height, LARGEST_FIT);
}

/** How far a picture may be shrunk before the canvas asks for its tight form. */
const ROOMY = 0.85;

/** @param {Bounds} bounds @param {{width: number, height: number}} view */
export function needsTight(bounds, view) {
  return (view.height - MARGIN.top - MARGIN.bottom) / bounds.height < ROOMY;
}

/**
 * The smallest move that brings a stretch between two limits; one that is longer than the room shows its beginning.
 * @param {{from: number, size: number}} stretch
 * @param {number} low
 * @param {number} high
 */
export function shift({ from, size }, low, high) {
  const last = Math.max(low, high - size);
  return Math.min(Math.max(from, low), last) - from;
}
