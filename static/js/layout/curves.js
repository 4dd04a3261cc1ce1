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
  return [0, 1].map((axis) => curve.reduce((sum, point, i) => sum + weights[i] * point[axis], 0));
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
