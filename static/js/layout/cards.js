/** Folded tensors: a small matrix with its numbers, a grid of tiles, or blocks of a tensor too large to be sent. */

import { elementCount, formatNumber } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("./blocks.js").Size} Size
 */

export const HEADER = 54;
const PAD = 8;
const ROWS = 64;
const CELL = { width: 42, height: 25, gap: 3, columns: 6, rows: 8 };
const TILE = { least: 8, most: 16, side: 320 };
const GRID_GAP = 8;

/** Type grows as the picture shrinks: what a number's letter takes at most, px. */
export const SHRUNK = 9.1;

/**
 * Numbers up to 8 × 6, tiles up to 64 × 64, blocks of 16 × 16 where the values were not sent; beyond, an outline.
 * @param {TraceTensor} tensor
 * @param {import("../trace/trace-types.js").Scalar[]} [scores]  other numbers that its cells will show
 * @param {number} [letter]  px
 * @returns {Size}
 */
export function cardSize(tensor, scores = [], letter = 7.6) {
  const { shape, values, summary } = tensor;
  const count = elementCount(shape);
  if (!values) return summary ? gridSize(summary.blocks.shape, count, true) : outlineSize(count);
  const [down, across] = lastTwo(shape);
  if (shape.length <= 2 && across <= CELL.columns && down <= CELL.rows)
    return tableSize([...values, ...scores], across, down, letter);
  return gridSize(shape, count, false);
}

/** Rows and columns of a grid; a vector is one row, a scalar one cell. @param {number[]} shape */
function lastTwo(shape) {
  return [1, 1, ...shape].slice(-2);
}

/** Room for "4096 elements", also where the type has grown because the picture was shrunk, px. */
const OUTLINE = 128;
/** @type {Size} */
const BARE = {
  mode: "card",
  scale: "M",
  header: HEADER,
  width: 104,
  height: 72,
  cell: 0,
  cellWidth: 0,
  blocks: false,
  numbers: false,
  count: 0,
  cells: [],
};

/** @param {number} count @returns {Size} */
function outlineSize(count) {
  return { ...BARE, width: OUTLINE, count };
}

/**
 * The last two dims as a grid of tiles; leading dims as grids beside and under each other.
 * @param {number[]} shape
 * @param {number} count    elements of the tensor
 * @param {boolean} blocks  a tile stands for a block
 * @returns {Size}
 */
function gridSize(shape, count, blocks) {
  const [down, across] = lastTwo(shape);
  const tiles = elementCount(shape);
  const grids = tiles / Math.max(1, across * down);
  const beside = Math.max(1, Math.min(grids, Math.round(Math.sqrt((grids * down) / Math.max(1, across)))));
  const stacked = Math.ceil(grids / beside);
  const [rows, columns] = [stacked * down, beside * across];
  if (rows > ROWS || columns > ROWS) return outlineSize(count);
  const cell = Math.max(TILE.least, Math.min(TILE.most, Math.floor(TILE.side / Math.max(rows, columns, 1))));
  const cells = Array.from({ length: tiles }, (_, i) => {
    const [grid, inner] = [Math.floor(i / (across * down)), i % (across * down)];
    const [gx, gy] = [grid % beside, Math.floor(grid / beside)];
    return {
      x: PAD + gx * (across * cell + GRID_GAP) + (inner % across) * cell,
      y: PAD + gy * (down * cell + GRID_GAP) + Math.floor(inner / across) * cell,
    };
  });
  const width = Math.max(56, 2 * PAD + columns * cell + (beside - 1) * GRID_GAP);
  const height = 2 * PAD + rows * cell + (stacked - 1) * GRID_GAP;
  return { ...BARE, width, height, cell, cellWidth: cell, blocks, count, cells };
}

/**
 * @param {import("../trace/trace-types.js").Scalar[]} numbers
 * @param {number} across
 * @param {number} down
 * @param {number} letter
 * @returns {Size}
 */
function tableSize(numbers, across, down, letter) {
  const cellWidth = numberWidth(numbers, letter);
  const [stepX, stepY] = [cellWidth + CELL.gap, CELL.height + CELL.gap];
  const cells = Array.from({ length: across * down }, (_, i) => ({
    x: PAD + (i % across) * stepX,
    y: PAD + Math.floor(i / across) * stepY,
  }));
  const size = { width: 2 * PAD + across * stepX - CELL.gap, height: 2 * PAD + down * stepY - CELL.gap };
  return { ...BARE, ...size, cell: CELL.height, cellWidth, numbers: true, count: across * down, cells };
}

/** Width of cells that holds the longest number. @param {import("../trace/trace-types.js").Scalar[]} numbers @param {number} letter */
function numberWidth(numbers, letter) {
  const longest = Math.max(0, ...numbers.map((value) => formatNumber(value, 3).length));
  return Math.max(CELL.width, longest * letter + 8);
}
