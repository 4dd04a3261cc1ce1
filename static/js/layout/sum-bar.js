/** The landing, drawn: one bar per product, each from where the one before ended, so that the last ends at the score. */

import { formatNumber, subscript } from "../format.js";
import { LANDED } from "../trace/moves.js";
import { isInPart } from "../trace/parts.js";
import { readingOf } from "../why/reading.js";
import { sumOf } from "../trace/scores.js";

/**
 * @typedef {import("./scene.js").Picture} Picture
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("./layout.js").Box} Box
 * @typedef {{x: number, y: number, width: number, height: number}} Area
 *
 * @typedef {object} SumRow
 * @property {number} value
 * @property {string} text
 * @property {number} from   x of the running total before it
 * @property {number} to     x of the running total after it
 * @property {number} y      top
 *
 * @typedef {object} SumBar
 * @property {number} tensor
 * @property {number} element
 * @property {SumRow[]} rows
 * @property {number} zero   x of 0
 * @property {number} end    x of the sum
 * @property {number} top
 * @property {number} bottom
 * @property {{symbol: import("../picture/symbols.js").Symbol, index: string, x: number} | null} title  whose sum it is, where the bars
 *   stand away from the node
 */

const MOST = 6;
const ROW = 15;
export const BAR = 10;
const LETTER = 7.4;
const AIR = { node: 9, side: 4, text: 5, title: 26, foot: 12 };
const SPAN = 58;

/**
 * The bars of the selected element's products, when its score has just landed and there is room beside its node.
 * @param {Picture} picture
 * @param {Known} known
 * @param {import("../why/reading.js").Look} look
 * @returns {SumBar | null}
 */
export function sumBarOf(picture, known, { selection, reading }) {
  if (!selection || readingOf(picture.graph, selection.tensor, reading) === "output") return null;
  const { tensor, element } = selection;
  const box = picture.layout.boxes.get(tensor);
  const landed = known.step?.kind === "backward" && known.beat === LANDED && isInPart(known.part, selection);
  if (!box || !landed || box.size.mode !== "nodes" || !known.step?.reached.includes(tensor)) return null;
  const call = picture.trace.backward[/** @type {number} */ (known.call)];
  const { terms, complete } = sumOf(picture.trace, call, picture.graph.walk, tensor, element, known.scores);
  const products = terms.flatMap(({ product }) =>
    product === null || !Number.isFinite(product) ? [] : [product],
  );
  if (!complete || products.length !== terms.length || products.length < 2 || products.length > MOST)
    return null;
  const cell = box.size.cells[selection.element];
  const node = { x: box.x + cell.x, y: box.y + cell.y, width: box.size.cellWidth, height: box.size.cell };
  const shape = shapeOf(products);
  const height = products.length * ROW + 2;
  const near = freeArea(picture, besides(node, shape.width, height));
  if (near) return { ...selection, ...placed(products, shape, near), title: null };
  const foot = freeArea(picture, [atFoot(box, AIR.title + shape.width, height)]);
  const symbol = picture.symbols.get(selection.tensor);
  if (!foot || !symbol) return null;
  const index = box.member.tensor.shape.length ? subscript(selection.element, box.member.tensor.shape) : "";
  const bars = placed(products, shape, { ...foot, x: foot.x + AIR.title });
  return { ...selection, ...bars, title: { symbol, index, x: foot.x } };
}

/** Scale and width of the bars with their numbers. @param {number[]} products */
function shapeOf(products) {
  const totals = [0];
  for (const product of products) totals.push(totals[totals.length - 1] + product);
  const [low, high] = [Math.min(...totals), Math.max(...totals)];
  const scale = SPAN / (high - low || 1);
  const rights = products.map((product, i) => {
    const right = (Math.max(totals[i], totals[i + 1]) - low) * scale;
    return right + AIR.text + signed(product).length * LETTER;
  });
  return { totals, low, scale, width: Math.max(...rights) };
}

/** @param {number[]} products @param {ReturnType<typeof shapeOf>} shape @param {Area} area */
function placed(products, { totals, low, scale }, area) {
  /** @param {number} value */
  const at = (value) => area.x + (value - low) * scale;
  const rows = products.map((value, i) => ({
    value,
    text: signed(value),
    from: at(totals[i]),
    to: at(totals[i + 1]),
    y: area.y + 1 + i * ROW + (ROW - BAR) / 2,
  }));
  const end = at(totals[totals.length - 1]);
  return { rows, zero: at(0), end, top: area.y, bottom: area.y + area.height };
}

/** @param {number} value */
function signed(value) {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

/**
 * Under the node, else over it.
 * @param {Area} node
 * @param {number} width
 * @param {number} height
 * @returns {Area[]}
 */
function besides(node, width, height) {
  const size = { x: node.x + Math.max(AIR.side, (node.width - width) / 2), width, height };
  return [node.y + node.height + AIR.node, node.y - AIR.node - height].map((y) => ({ ...size, y }));
}

/**
 * At the foot of the node's column, in line with its right edge: chips of operations stand to the right of it.
 * @param {Box} box
 * @param {number} width
 * @param {number} height
 * @returns {Area}
 */
function atFoot(box, width, height) {
  return {
    x: box.x + box.size.width - width,
    y: box.y + box.size.height + box.kept + AIR.foot,
    width,
    height,
  };
}

/** @param {Picture} picture @param {Area[]} places @returns {Area | null} the first that nothing else needs */
function freeArea({ layout }, places) {
  const taken = obstacles(layout);
  return places.find((area) => taken.every((other) => apart(area, other))) ?? null;
}

/** @param {import("./layout.js").Layout} layout @returns {Area[]} */
function obstacles({ boxes, bands, lanes, bounds }) {
  const bodies = [...boxes.values()].flatMap((box) => {
    const head = { x: box.x, y: box.headerY - 16, width: box.size.width, height: 38 };
    const body = { x: box.x, y: box.y, width: box.size.width, height: box.size.height + box.kept };
    const cells = box.size.cells.map((cell) => ({
      x: box.x + cell.x,
      y: box.y + cell.y,
      width: box.size.cellWidth,
      height: box.size.cell,
    }));
    return [head, ...(box.size.mode === "nodes" && !box.kept ? cells : [body])];
  });
  const chips = [...bands.values()].map(({ chipX, chipY, chipWidth }) => ({
    x: chipX - chipWidth / 2,
    y: chipY - 16,
    width: chipWidth,
    height: 62,
  }));
  const ways = [...lanes.values()].map((lane) => ({
    x: lane.x0,
    y: lane.y,
    width: lane.x1 - lane.x0,
    height: lane.count * lane.pitch,
  }));
  const above = { x: bounds.x, y: bounds.y - 1000, width: bounds.width, height: 1000 };
  const below = { x: bounds.x, y: bounds.y + bounds.height + 12, width: bounds.width, height: 1000 };
  return [...bodies, ...chips, ...ways, above, below];
}

/** @param {Area} a @param {Area} b */
function apart(a, b) {
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}
