/** Cubic curves between columns; points are [x, y]. */

/**
 * @typedef {[number, number]} Point
 * @typedef {[Point, Point, Point, Point]} Cubic
 */

/**
 * Horizontal at both ends.
 * @param {Point} from
 * @param {Point} to
 * @param {number} [reach] handle length as a share of the gap
 * @returns {Cubic}
 */
export function cubic(from, to, reach = 0.38) {
  const handle = (to[0] - from[0]) * reach;
  return [from, [from[0] + handle, from[1]], [to[0] - handle, to[1]], to];
}

/**
 * @param {Cubic} curve
 * @param {number} t 0 at the start
 * @returns {Point}
 */
export function pointAt(curve, t) {
  const u = 1 - t;
  const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  /** @param {0 | 1} axis */
  const along = (axis) => curve.reduce((sum, point, i) => sum + weights[i] * point[axis], 0);
  return [along(0), along(1)];
}

/**
 * Where a left-to-right curve crosses a vertical line; the nearer end outside of it.
 * @param {Cubic} curve
 * @param {number} x
 * @returns {number} t
 */
export function crossing(curve, x) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 24; i += 1) {
    const t = (low + high) / 2;
    if (pointAt(curve, t)[0] < x) low = t;
    else high = t;
  }
  return (low + high) / 2;
}

/**
 * An edge through its lanes: curve, straight line across each column on the way, curve.
 * @param {Point[]} stops  start, then entry and exit of each lane, then the end
 * @param {number} [reach]
 * @returns {Cubic[]} the curved pieces; lane crossings are the gaps between them
 */
export function through(stops, reach) {
  /** @type {Cubic[]} */
  const pieces = [];
  for (let i = 0; i < stops.length; i += 2) pieces.push(cubic(stops[i], stops[i + 1], reach));
  return pieces;
}

/**
 * SVG path data of joined pieces.
 * @param {Cubic[]} pieces
 */
export function pathData(pieces) {
  return pieces
    .map((piece, i) => {
      const [a, b, c, d] = piece.map(([x, y]) => `${round(x)} ${round(y)}`);
      return `${i ? "L" : "M"}${a}C${b} ${c} ${d}`;
    })
    .join("");
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
