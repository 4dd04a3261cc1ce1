/** Outlines of nodes: round ends for inputs, square ends for outputs. Path data from the node's top left. */

export const SQUARE = 4;

/**
 * @param {number} width
 * @param {number} height
 * @param {number} left   corner radius
 * @param {number} right  corner radius
 * @param {number} [grow] px added on every side
 */
export function outline(width, height, left, right, grow = 0) {
  const [l, r] = [left + grow, right + grow];
  const [x0, y0, x1, y1] = [-grow, -grow, width + grow, height + grow];
  return (
    `M${x0 + l} ${y0}H${x1 - r}A${r} ${r} 0 0 1 ${x1} ${y0 + r}V${y1 - r}A${r} ${r} 0 0 1 ${x1 - r} ${y1}` +
    `H${x0 + l}A${l} ${l} 0 0 1 ${x0} ${y1 - l}V${y0 + l}A${l} ${l} 0 0 1 ${x0 + l} ${y0}Z`
  );
}

/**
 * @param {number} width
 * @param {number} height
 * @param {number} left
 * @param {number} right
 */
export function upperHalf(width, height, left, right) {
  const middle = height / 2;
  return (
    `M0 ${middle}V${left}A${left} ${left} 0 0 1 ${left} 0H${width - right}` +
    `A${right} ${right} 0 0 1 ${width} ${right}V${middle}Z`
  );
}

/**
 * @param {number} width
 * @param {number} height
 * @param {number} left
 * @param {number} right
 */
export function lowerHalf(width, height, left, right) {
  const middle = height / 2;
  return (
    `M0 ${middle}V${height - left}A${left} ${left} 0 0 0 ${left} ${height}H${width - right}` +
    `A${right} ${right} 0 0 0 ${width} ${height - right}V${middle}Z`
  );
}

/**
 * The blue cap: what a round right end cuts off beyond `width − cap`.
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 * @param {number} cap
 */
export function roundCap(width, height, radius, cap) {
  const half = height / 2;
  const x = width - cap;
  const depth = Math.max(0, radius - cap);
  const flat = half - radius;
  const reach = flat + Math.sqrt(Math.max(0, radius * radius - depth * depth));
  const arc = `A${radius} ${radius} 0 0 1`;
  return flat > 0.01
    ? `M${x} ${half - reach}${arc} ${width} ${radius}V${height - radius}${arc} ${x} ${half + reach}Z`
    : `M${x} ${half - reach}${arc} ${x} ${half + reach}Z`;
}

/**
 * The green cap on a square left end.
 * @param {number} height
 * @param {number} cap
 */
export function squareCap(height, cap) {
  return `M${cap} 0H${SQUARE}A${SQUARE} ${SQUARE} 0 0 0 0 ${SQUARE}V${height - SQUARE}A${SQUARE} ${SQUARE} 0 0 0 ${SQUARE} ${height}H${cap}Z`;
}
