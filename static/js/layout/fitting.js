/** Which part of a picture the canvas shows, and how large: never so small that its text cannot be read. */

/** @typedef {{x: number, y: number, width: number, height: number}} Bounds */

/** Below it text can no longer make up for the scale (type grows as the picture shrinks). */
export const READABLE = 0.8;

/**
 * @typedef {object} Frame  How a room shows a picture: scales, and what its own controls cover, px.
 * @property {number} least   smallest scale; what does not fit then is reached by walking and dragging
 * @property {number} most    largest scale that a picture is fitted at
 * @property {number} top
 * @property {number} side
 * @property {number} bottom
 * @property {Foot} [foot]    the switches at the foot, which only a wide picture meets
 * @property {{top: number, side: number, bottom: number}} [sight]  narrower than the margins, so that stepping
 *   through a picture that fits never moves it
 * @typedef {{height: number, left: number, right: number}} Foot  how far they reach from the canvas's corners, px
 */

/** The same at every step, whichever switches it shows, so that no step moves the picture. @type {Frame} */
const STUDY = {
  least: READABLE,
  most: 1.25,
  top: 52,
  side: 22,
  bottom: 20,
  foot: { height: 52, left: 420, right: 200 },
  sight: { top: 50, side: 22, bottom: 6 },
};
/** A narrow canvas has its controls in two rows above the picture and one below it (folds.css). @type {Frame} */
const PHONE = {
  ...STUDY,
  top: 92,
  side: 12,
  bottom: 54,
  foot: undefined,
  sight: { top: 86, side: 12, bottom: 50 },
};
const NARROW = 860;
/** Nodes of 150 × 64 in the frame of somebody else's page. */
const EMBED = { least: READABLE, most: 1.45, top: 14, side: 14, bottom: 12 };
/** Nodes of 200 × 92 in a window of 1280 × 720, growing and shrinking with the window. */
const PROJECTOR = { least: 1.4, most: 1.92, top: 18, side: 22, bottom: 14 };

/**
 * @param {"study" | "projector" | "embed"} place
 * @param {number} unit  of the projector, px: 1 in a window of 1280 × 720
 * @param {number} [width]  of the canvas, px
 * @returns {Frame}
 */
export function frameOf(place, unit, width = NARROW) {
  if (place === "study") return width < NARROW ? PHONE : STUDY;
  if (place === "embed") return EMBED;
  const sizes = Object.entries(PROJECTOR).map(([name, size]) => [name, size * unit]);
  return /** @type {Frame} */ (Object.fromEntries(sizes));
}
/** Where a frame says nothing else. */
const SIGHT = { top: 36, side: 8, bottom: 6 };

/**
 * The transform that shows the bounds in the view: centred, never so small that numbers cannot be read.
 * @param {Bounds} bounds
 * @param {{width: number, height: number}} view
 * @param {Frame} [frame]
 */
export function fitting(bounds, view, frame = STUDY) {
  const whole = placing(bounds, view, frame);
  const { foot } = frame;
  if (!foot || !meets(bounds, view, whole, foot)) return whole;
  return placing(bounds, view, { ...frame, bottom: foot.height });
}

/**
 * Whether a picture so placed would lie under the switches at the foot.
 * @param {Bounds} bounds
 * @param {{width: number, height: number}} view
 * @param {{x: number, y: number, k: number}} at
 * @param {Foot} foot
 */
function meets(bounds, view, { x, y, k }, foot) {
  const left = bounds.x * k + x;
  const low = (bounds.y + bounds.height) * k + y > view.height - foot.height;
  return low && (left < foot.left || left + bounds.width * k > view.width - foot.right);
}

/** @param {Bounds} bounds @param {{width: number, height: number}} view @param {Frame} frame */
function placing(bounds, view, frame) {
  const { width, height } = room(view, frame);
  const k = Math.max(scaleOf(bounds, view, frame), frame.least);
  const x =
    bounds.width * k > width ? frame.side - bounds.x * k : (view.width - bounds.width * k) / 2 - bounds.x * k;
  const y = frame.top + Math.max(0, (height - bounds.height * k) / 2) - bounds.y * k;
  return { x, y, k };
}

/** What the canvas's own controls leave. @param {{width: number, height: number}} view @param {Frame} frame */
function room(view, frame) {
  return {
    width: Math.max(1, view.width - 2 * frame.side),
    height: Math.max(1, view.height - frame.top - frame.bottom),
  };
}

/**
 * The scale at which all of the picture is in the view.
 * @param {Bounds} bounds
 * @param {{width: number, height: number}} view
 * @param {Frame} [frame]
 */
export function scaleOf(bounds, view, frame = STUDY) {
  const { width, height } = room(view, frame);
  return Math.min(width / bounds.width, height / bounds.height, frame.most);
}

/** How far a picture may be shrunk before the canvas asks for its tight form. */
const ROOMY = 0.85;

/** @param {Bounds} bounds @param {{width: number, height: number}} view @param {Frame} [frame] */
export function needsTight(bounds, view, frame = STUDY) {
  const comfortable = (ROOMY / READABLE) * frame.least;
  return (view.height - frame.top - frame.bottom) / bounds.height < comfortable;
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

/**
 * The smallest move that brings a part of the picture into sight, also from under the switches at the foot.
 * @param {Bounds} part  on screen, px
 * @param {{width: number, height: number}} view
 * @param {Frame} frame
 */
export function revealing(part, view, { sight = SIGHT, foot }) {
  const { top, side, bottom } = sight;
  const right = shift({ from: part.x, size: part.width }, side, view.width - side);
  const left = part.x + right;
  const covered = foot && (left < foot.left || left + part.width > view.width - foot.right);
  const floor = view.height - (covered ? Math.max(bottom, foot.height) : bottom);
  return { right, down: shift({ from: part.y, size: part.height }, top, floor) };
}
