/** How large each tensor is drawn: nodes in full, narrow nodes, or a folded card; decided per column. */

import { elementCount, formatNumber } from "../format.js";
import { cardSize, HEADER } from "./cards.js";
import { EXIT } from "./columns.js";

/**
 * @typedef {import("./columns.js").Slot} Slot
 * @typedef {import("./graph.js").Member} Member
 *
 * @typedef {object} Cell  Where one element stands inside its block; units: px from the block's top left.
 * @property {number} x
 * @property {number} y
 *
 * @typedef {object} Size
 * @property {"nodes" | "card" | "constant" | "lane"} mode
 * @property {"M" | "T" | "S"} scale  of nodes
 * @property {number} width
 * @property {number} height          without the header
 * @property {number} header          px above the block
 * @property {number} cell            height of a node or of a card's cell
 * @property {number} cellWidth
 * @property {boolean} blocks         cells stand for blocks of elements, not for elements
 * @property {boolean} numbers        a card whose cells are large enough for numbers
 * @property {number} count           elements, or passing edges of a lane
 * @property {Cell[]} cells           top left of each element's node or tile
 */

/** Full nodes, tight ones, and narrow ones with a single number. */
export const NODE = {
  M: { width: 104, height: 48, pitch: 64, group: 16 },
  T: { width: 104, height: 40, pitch: 48, group: 10 },
  S: { width: 128, height: 29, pitch: 34, group: 8 },
};
/** The same where the canvas is low: closer together, and wide enough for type that grows as the picture shrinks. */
const TIGHT = {
  M: { width: 104, height: 38, pitch: 47, group: 8 },
  T: { width: 104, height: 38, pitch: 43, group: 6 },
  S: { width: 138, height: 29, pitch: 32, group: 6 },
};
const ROOMY = 5;
const FULL = 8;
const NARROW = { roomy: 16, tight: 10 };
const LANE_PITCH = 7;

/**
 * Sizes of one column's slots. More than 8 elements: narrow nodes; more than 16: the largest tensors fold to cards.
 * Tensors that no score is sent to are cards from the start.
 * @param {Slot[]} column
 * @param {Map<number, Member>} members
 * @param {number} wide   width that the column's numbers need in nodes of size M
 * @param {boolean} [tight]  the canvas is low: fold sooner, stand closer
 * @returns {Map<string, Size>}
 */
export function sizes(column, members, wide, tight = false) {
  const tensors = column.filter((slot) => slot.lane === null && !slot.aside);
  const put = tensors.filter((slot) => members.get(slot.tensor)?.folded);
  const free = tensors.filter((slot) => !put.includes(slot));
  const folded = foldedSlots(free, members, tight ? NARROW.tight : NARROW.roomy);
  for (const slot of put) folded.add(slot.key);
  const open = tensors.filter((slot) => !folded.has(slot.key));
  const scored = open.filter((slot) => members.get(slot.tensor)?.role !== "grey");
  const total = scored.reduce((sum, slot) => sum + countOf(slot, members), 0);
  const scale = total > FULL ? "S" : total > ROOMY ? "T" : "M";
  /** @type {Map<string, Size>} */
  const result = new Map();
  for (const slot of column) {
    const member = /** @type {Member} */ (members.get(slot.tensor));
    if (slot.lane !== null)
      result.set(slot.key, laneSize(slot.lane === EXIT ? 1 : elementCount(member.tensor.shape)));
    else if (slot.aside && elementCount(member.tensor.shape) === 1)
      result.set(slot.key, constantSize(member));
    else if (folded.has(slot.key) || isGreyTable(member)) result.set(slot.key, cardSize(member.tensor));
    else {
      const own = member.role === "grey" ? "S" : scale; // no score will come: one row is enough
      result.set(slot.key, nodesSize(member.tensor.shape, own, wide, tight));
    }
  }
  return result;
}

/** @param {Slot} slot @param {Map<number, Member>} members */
function countOf(slot, members) {
  return elementCount(members.get(slot.tensor)?.tensor.shape ?? []);
}

/** @param {Slot[]} tensors @param {Map<number, Member>} members @param {number} most @returns {Set<string>} */
function foldedSlots(tensors, members, most) {
  const own = tensors.filter((slot) => !isGreyTable(/** @type {Member} */ (members.get(slot.tensor))));
  const byCount = own.sort((a, b) => countOf(b, members) - countOf(a, members));
  let total = byCount.reduce((sum, slot) => sum + countOf(slot, members), 0);
  /** @type {Set<string>} */
  const folded = new Set();
  for (const slot of byCount) {
    if (total <= most) break;
    folded.add(slot.key);
    total -= countOf(slot, members);
  }
  return folded;
}

/**
 * Width of size M nodes that holds label and the longest number of a tensor without touching.
 * @param {Member} member
 * @param {(import("../trace/trace-types.js").Scalar | undefined)[]} numbers
 */
export function neededWidth(member, numbers) {
  const longest = Math.max(0, ...numbers.map((value) => formatNumber(value).length));
  const { name, shape } = member.tensor;
  const label = 9 * Math.min(6, name?.length ?? 1) + 7 * shape.length + 6;
  return Math.max(NODE.M.width, Math.ceil((32 + label + longest * 8.5) / 4) * 4);
}

/**
 * What no score is sent to is a table, except a version that is written over: its cut wires are what there is to see.
 * @param {Member} member
 */
function isGreyTable({ role, tensor, written }) {
  const small = elementCount(tensor.shape) <= FULL;
  return role === "grey" && tensor.shape.length > 0 && !(written && small);
}

/**
 * @param {number[]} shape
 * @param {"M" | "T" | "S"} scale
 * @param {number} wide
 * @param {boolean} tight
 * @returns {Size}
 */
function nodesSize(shape, scale, wide, tight) {
  const node = (tight ? TIGHT : NODE)[scale];
  const count = elementCount(shape);
  const row = shape.length > 1 ? shape[shape.length - 1] : count;
  const cells = Array.from({ length: count }, (_, i) => ({
    x: 0,
    y: i * node.pitch + Math.floor(i / row) * node.group,
  }));
  const height = count ? cells[count - 1].y + node.height : node.height;
  const width = scale === "S" ? node.width : Math.max(node.width, wide);
  return {
    mode: "nodes",
    scale: tight && scale === "M" ? "T" : scale,
    width,
    height,
    header: HEADER,
    cell: node.height,
    cellWidth: width,
    blocks: false,
    numbers: false,
    count,
    cells,
  };
}

/** @param {Member} member @returns {Size} */
function constantSize(member) {
  const text = formatNumber(member.tensor.values?.[0]);
  const width = Math.max(40, text.length * 8 + 20);
  return {
    mode: "constant",
    scale: "M",
    width,
    height: 26,
    header: 0,
    cell: 26,
    cellWidth: width,
    blocks: false,
    numbers: false,
    count: 1,
    cells: [{ x: 0, y: 0 }],
  };
}

/** @param {number} count @returns {Size} */
function laneSize(count) {
  const height = Math.max(1, Math.min(count, NARROW.roomy)) * LANE_PITCH;
  return {
    mode: "lane",
    scale: "M",
    width: 0,
    height,
    header: 0,
    cell: LANE_PITCH,
    cellWidth: 0,
    blocks: false,
    numbers: false,
    count,
    cells: [],
  };
}
