/** How large each tensor is drawn: nodes in full, narrow nodes, or a folded card; decided per column. */

import { elementCount, formatNumber } from "../format.js";

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
export const HEADER = 54;
const ROOMY = 5;
const FULL = 8;
const NARROW = 16;
const CARD_PAD = 8;
const CARD_ROWS = 64;
const LANE_PITCH = 7;
const CELL = { width: 42, height: 25, gap: 3, columns: 6, rows: 8 };

/**
 * Sizes of one column's slots. More than 8 elements: narrow nodes; more than 16: the largest tensors fold to cards.
 * Tensors that no score is sent to are cards from the start.
 * @param {Slot[]} column
 * @param {Map<number, Member>} members
 * @param {number} wide   width that the column's numbers need in nodes of size M
 * @returns {Map<string, Size>}
 */
export function sizes(column, members, wide) {
  const tensors = column.filter((slot) => slot.lane === null && !slot.aside);
  const folded = foldedSlots(tensors, members);
  const open = tensors.filter((slot) => !folded.has(slot.key));
  const scored = open.filter((slot) => members.get(slot.tensor)?.role !== "grey");
  const total = scored.reduce((sum, slot) => sum + countOf(slot, members), 0);
  const scale = total > FULL ? "S" : total > ROOMY ? "T" : "M";
  /** @type {Map<string, Size>} */
  const result = new Map();
  for (const slot of column) {
    const member = /** @type {Member} */ (members.get(slot.tensor));
    if (slot.lane !== null) result.set(slot.key, laneSize(elementCount(member.tensor.shape)));
    else if (slot.aside && elementCount(member.tensor.shape) === 1)
      result.set(slot.key, constantSize(member));
    else if (folded.has(slot.key) || isGreyTable(member)) result.set(slot.key, cardSize(member.tensor));
    else result.set(slot.key, nodesSize(member.tensor.shape, scale, wide));
  }
  return result;
}

/** @param {Slot} slot @param {Map<number, Member>} members */
function countOf(slot, members) {
  return elementCount(members.get(slot.tensor)?.tensor.shape ?? []);
}

/** @param {Slot[]} tensors @param {Map<number, Member>} members @returns {Set<string>} */
function foldedSlots(tensors, members) {
  const own = tensors.filter((slot) => !isGreyTable(/** @type {Member} */ (members.get(slot.tensor))));
  const byCount = own.sort((a, b) => countOf(b, members) - countOf(a, members));
  let total = byCount.reduce((sum, slot) => sum + countOf(slot, members), 0);
  /** @type {Set<string>} */
  const folded = new Set();
  for (const slot of byCount) {
    if (total <= NARROW) break;
    folded.add(slot.key);
    total -= countOf(slot, members);
  }
  return folded;
}

/**
 * Width of size M nodes that holds label and the longest number of a tensor without touching.
 * @param {Member} member
 * @param {(import("../trace-types.js").Scalar | undefined)[]} numbers
 */
export function neededWidth(member, numbers) {
  const longest = Math.max(0, ...numbers.map((value) => formatNumber(value).length));
  const { name, shape } = member.tensor;
  const label = 9 * Math.min(6, name?.length ?? 1) + 7 * shape.length + 6;
  return Math.max(NODE.M.width, Math.ceil((32 + label + longest * 8.5) / 4) * 4);
}

/** @param {Member} member */
function isGreyTable({ role, tensor }) {
  return role === "grey" && tensor.shape.length > 0;
}

/** @param {number[]} shape @param {"M" | "T" | "S"} scale @param {number} wide @returns {Size} */
function nodesSize(shape, scale, wide) {
  const node = NODE[scale];
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
    scale,
    width,
    height,
    header: HEADER,
    cell: node.height,
    cellWidth: width,
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
    numbers: false,
    count: 1,
    cells: [{ x: 0, y: 0 }],
  };
}

/** @param {number} count @returns {Size} */
function laneSize(count) {
  const height = Math.max(1, Math.min(count, NARROW)) * LANE_PITCH;
  return {
    mode: "lane",
    scale: "M",
    width: 0,
    height,
    header: 0,
    cell: LANE_PITCH,
    cellWidth: 0,
    numbers: false,
    count,
    cells: [],
  };
}

/**
 * Width of a card's cells that holds its longest number.
 * @param {import("../trace-types.js").TraceTensor} tensor
 */
function cellWidth({ values }) {
  const longest = Math.max(0, ...(values ?? []).map((value) => formatNumber(value, 3).length));
  return Math.max(CELL.width, longest * 7.6 + 8);
}

/**
 * A folded tensor: the last two dims as a grid of tiles, leading dims as grids one under the other, in two columns
 * when there are many. Beyond 64 rows only the outline stays.
 * @param {import("../trace-types.js").TraceTensor} tensor
 * @returns {Size}
 */
function cardSize(tensor) {
  const { shape } = tensor;
  const across = shape[shape.length - 1];
  const down = shape.length > 1 ? shape[shape.length - 2] : 1;
  if (shape.length <= 2 && across <= CELL.columns && down <= CELL.rows)
    return tableSize(across, down, cellWidth(tensor));
  const grids = elementCount(shape) / Math.max(1, across * down);
  const beside = Math.max(1, Math.min(grids, Math.round(Math.sqrt((grids * down) / Math.max(1, across)))));
  const stacked = Math.ceil(grids / beside);
  const rows = stacked * down;
  const columns = beside * across;
  const outline = {
    mode: /** @type {const} */ ("card"),
    scale: /** @type {const} */ ("M"),
    header: HEADER,
    numbers: false,
  };
  const count = elementCount(shape);
  if (rows > CARD_ROWS || columns > CARD_ROWS)
    return { ...outline, width: 104, height: 72, cell: 0, cellWidth: 0, count, cells: [] };
  const cell = Math.max(8, Math.min(16, Math.floor(320 / Math.max(rows, columns, 1))));
  const cells = Array.from({ length: count }, (_, i) => {
    const grid = Math.floor(i / (across * down));
    const [gx, gy] = [grid % beside, Math.floor(grid / beside)];
    const inner = i % (across * down);
    return {
      x: CARD_PAD + gx * (across * cell + 8) + (inner % across) * cell,
      y: CARD_PAD + gy * (down * cell + 8) + Math.floor(inner / across) * cell,
    };
  });
  const width = 2 * CARD_PAD + columns * cell + (beside - 1) * 8;
  const height = 2 * CARD_PAD + rows * cell + (stacked - 1) * 8;
  return { ...outline, width: Math.max(width, 56), height, cell, cellWidth: cell, count, cells };
}

/**
 * A small matrix with its numbers.
 * @param {number} across
 * @param {number} down
 * @param {number} wide  of a cell
 * @returns {Size}
 */
function tableSize(across, down, wide) {
  const [stepX, stepY] = [wide + CELL.gap, CELL.height + CELL.gap];
  const cells = Array.from({ length: across * down }, (_, i) => ({
    x: CARD_PAD + (i % across) * stepX,
    y: CARD_PAD + Math.floor(i / across) * stepY,
  }));
  const width = 2 * CARD_PAD + across * stepX - CELL.gap;
  const height = 2 * CARD_PAD + down * stepY - CELL.gap;
  const cell = { cell: CELL.height, cellWidth: wide, numbers: true };
  return { mode: "card", scale: "M", width, height, header: HEADER, ...cell, count: across * down, cells };
}
