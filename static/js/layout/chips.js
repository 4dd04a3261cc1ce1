/** Where weight chips stand on their edges: on the operation's own stretch, never closer than they can be read. */

import { formatNumber } from "../format.js";
import { crossing, pointAt } from "./curves.js";

/**
 * @typedef {import("./edges.js").Edge} Edge
 *
 * @typedef {object} Chip
 * @property {Edge} edge
 * @property {string} text
 * @property {string} use    (1), (2) … on parallel edges, else empty
 * @property {number} x      centre
 * @property {number} y      centre
 * @property {number} width
 */

export const CHIP = { height: 21, type: 12.5 };
const APART = 21;
export const REST = 8;
const NUDGE = 2;
const AT_REST = [0.5, 0.36, 0.64, 0.27, 0.74];
/** Far from the selected element, where the fan is wide; beside the other ends where there are eight edges or more. */
const CHOSEN = { input: [0.64, 0.56, 0.72, 0.46, 0.8], output: [0.34, 0.44, 0.26, 0.54, 0.2] };
const CROWDED = { input: [0.88, 0.8, 0.72], output: [0.12, 0.2, 0.28] };

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Obstacle  something written, by its centre
 */

/**
 * Chips at rest: every weight of a band with at most 8 edges.
 * @param {Edge[]} edges
 * @param {Obstacle[]} [obstacles]
 * @param {boolean} [all]  also where there are more: those that find a place
 * @returns {Chip[]}
 */
export function restingChips(edges, obstacles = [], all = false) {
  /** @type {Map<number, Edge[]>} */
  const byOp = new Map();
  for (const edge of edges.filter(({ carries }) => carries))
    byOp.set(edge.op, [...(byOp.get(edge.op) ?? []), edge]);
  return [...byOp.values()]
    .filter((band) => all || band.length <= REST)
    .flatMap((band) => spread(band, AT_REST, obstacles));
}

/**
 * Chips of the selected element's edges.
 * @param {Edge[]} edges
 * @param {Obstacle[]} obstacles
 * @param {"input" | "output"} side  which end of them is selected
 * @param {string} [first]  key of the edge that is looked at: it chooses its place before all others
 * @returns {Chip[]}
 */
export function chosenChips(edges, obstacles, side, first) {
  return spread(edges, (edges.length >= REST ? CROWDED : CHOSEN)[side], obstacles, first);
}

/**
 * Heaviest weights choose first; one that finds no free place on its edge stays hidden (the sum lists it).
 * @param {Edge[]} edges
 * @param {number[]} wishes  places across the band, 0 at its blue end
 * @param {Obstacle[]} obstacles
 * @param {string} [first]
 * @returns {Chip[]}
 */
function spread(edges, wishes, obstacles, first) {
  /** @type {Chip[]} */
  const chips = [];
  /** @param {Edge} edge */
  const rank = ({ key, weight }) => (key === first ? Number.POSITIVE_INFINITY : Math.abs(weight));
  for (const edge of [...edges].sort((a, b) => rank(b) - rank(a))) {
    const free = wishes
      .map((t) => chipAt(edge, t))
      .find(
        (chip) =>
          chips.every((other) => clear(chip, other, APART)) &&
          obstacles.every((other) => clear(chip, other, (CHIP.height + other.height) / 2)),
      );
    if (free) chips.push(free);
  }
  return chips;
}

/**
 * @param {Edge} edge
 * @param {number} share  place across the operation's band, 0 at its blue end
 * @returns {Chip}
 */
export function chipAt(edge, share) {
  const text = `×${formatNumber(edge.weight)}`;
  const curve = edge.pieces[edge.pieces.length - 1];
  const [x, y] = pointAt(curve, crossing(curve, edge.span[0] + share * (edge.span[1] - edge.span[0])));
  const use = edge.use ? `(${edge.use})` : "";
  const width = (text.length + use.length) * CHIP.type * 0.605 + 12;
  return { edge, text, use, x, y: y + NUDGE * Math.sign(edge.shift), width };
}

/** @param {Chip} a @param {{x: number, y: number, width: number}} b @param {number} apart centre to centre */
function clear(a, b, apart) {
  return Math.abs(a.y - b.y) >= apart || Math.abs(a.x - b.x) >= (a.width + b.width) / 2 + 2;
}
