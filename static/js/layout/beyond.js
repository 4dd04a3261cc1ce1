/** What of the picture lies outside the view, and on which side. */

/**
 * @typedef {import("./layout.js").Layout} Layout
 * @typedef {"left" | "right" | "up" | "down"} Side
 * @typedef {{side: Side, ops: number}} Beyond  operations whose chip lies beyond that side
 */

/** Less than this reaches over without being missed, px on screen. */
const SLACK = 24;

/**
 * @param {Layout} layout
 * @param {{x: number, y: number, k: number}} at  the transform of the picture
 * @param {{width: number, height: number}} view  px
 * @returns {Beyond[]} one entry for each side over which the picture reaches
 */
export function beyond(layout, { x, y, k }, view) {
  const { bounds } = layout;
  const spots = spotsOf(layout).map((spot) => ({ x: spot.x * k + x, y: spot.y * k + y, ops: spot.ops }));
  const over = {
    left: -(bounds.x * k + x),
    right: (bounds.x + bounds.width) * k + x - view.width,
    up: -(bounds.y * k + y),
    down: (bounds.y + bounds.height) * k + y - view.height,
  };
  /** @param {(spot: {x: number, y: number}) => boolean} outside */
  const count = (outside) => spots.filter(outside).reduce((sum, spot) => sum + spot.ops, 0);
  const ops = {
    left: count((spot) => spot.x < 0),
    right: count((spot) => spot.x > view.width),
    up: count((spot) => spot.y < 0),
    down: count((spot) => spot.y > view.height),
  };
  const sides = /** @type {Side[]} */ (["left", "right", "up", "down"]);
  return sides.filter((side) => over[side] > SLACK).map((side) => ({ side, ops: ops[side] }));
}

/** Where operations are named. @param {Layout} layout */
function spotsOf({ bands, folded }) {
  return [
    ...[...bands.values()].map((band) => ({ x: band.chipX, y: band.chipY, ops: 1 })),
    ...folded.map(({ x, y, ops }) => ({ x, y, ops: ops.length })),
  ];
}
