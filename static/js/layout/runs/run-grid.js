/** A tensor as a grid beside the enlarged run: planes of its last two dims, with numbers where there is room. */

import { elementCount, formatNumber } from "../../format.js";

/**
 * @typedef {import("../../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {{x: number, y: number, width: number, height: number}} Rect
 * @typedef {{x: number, y: number, text: string, end: boolean}} Label  end: it ends at x, else its middle is there
 *
 * @typedef {object} Grid   Geometry from the grid's top left, px.
 * @property {Rect[]} cells      of the elements, or of blocks of them
 * @property {boolean} numbers   cells are large enough for numbers
 * @property {number[] | null} blocks  rows and columns of blocks; null where a cell is an element
 * @property {Label[]} labels    indices beside rows, columns and planes
 * @property {number} width
 * @property {number} height
 */

const NUMBER = { least: 42, height: 25, gap: 3, columns: 6, rows: 10, letter: 7.6, air: 8 };
const TILE = { least: 6, most: 13, tall: 300, wide: 190, gap: 1 };
const PLANE = { numbers: 22, tiles: 8 };
const EVERY = 5;

/**
 * @param {TraceTensor} tensor
 * @param {string[]} letters  the loop variable of each dim, empty for none
 * @returns {Grid}
 */
export function gridOf(tensor, letters) {
  const { shape, summary, values } = tensor;
  if (!values && summary?.blocks && elementCount(shape) > 256) return blockGrid(summary.blocks.shape);
  const [down, across] = [1, 1, ...shape].slice(-2);
  const planes = elementCount(shape) / Math.max(1, down * across);
  const tall = planes * down <= NUMBER.rows && across <= NUMBER.columns;
  return tall ? numberGrid(tensor, planes, down, across, letters) : tileGrid(planes, down, across);
}

/**
 * @param {TraceTensor} tensor
 * @param {number} planes
 * @param {number} down
 * @param {number} across
 * @param {string[]} letters
 * @returns {Grid}
 */
function numberGrid({ values, shape }, planes, down, across, letters) {
  const longest = Math.max(0, ...(values ?? []).map((value) => formatNumber(value, 3).length));
  const width = Math.max(NUMBER.least, longest * NUMBER.letter + NUMBER.air);
  const [stepX, stepY] = [width + NUMBER.gap, NUMBER.height + NUMBER.gap];
  const step = down * stepY + PLANE.numbers;
  const cells = Array.from({ length: planes * down * across }, (_, i) => {
    const [plane, inner] = [Math.floor(i / (down * across)), i % (down * across)];
    const y = plane * step + Math.floor(inner / across) * stepY;
    return { x: (inner % across) * stepX, y, width, height: NUMBER.height };
  });
  const size = { width: across * stepX - NUMBER.gap, height: planes * step - PLANE.numbers - NUMBER.gap };
  const rank = shape.length;
  const lead = letters.slice(0, -2).find((letter) => letter) ?? "";
  /** @type {Label[]} */
  const labels = [];
  if (lead && rank === 3)
    for (let plane = 0; plane < planes; plane += 1)
      labels.push({ x: -12, y: plane * step + (down * stepY) / 2 + 3, text: `${lead}=${plane}`, end: true });
  const row = rank > 1 ? letters[rank - 2] : "";
  if (row && rank === 2)
    for (let r = 0; r < down; r += 1)
      labels.push({ x: -12, y: r * stepY + 17, text: `${row}=${r}`, end: true });
  const column = rank > 0 ? letters[rank - 1] : "";
  if (column)
    for (let c = 0; c < across; c += 1)
      labels.push({ x: c * stepX + width / 2, y: size.height + 19, text: `${column}=${c}`, end: false });
  return { cells, numbers: true, blocks: null, labels, ...size };
}

/** @param {number} planes @param {number} down @param {number} across @returns {Grid} */
function tileGrid(planes, down, across) {
  const beside = Math.max(1, Math.min(planes, Math.round(Math.sqrt((planes * down) / Math.max(1, across)))));
  const stacked = Math.ceil(planes / beside);
  const room = Math.min(TILE.tall / (stacked * down), TILE.wide / (beside * across));
  const cell = Math.max(TILE.least, Math.min(TILE.most, Math.floor(room)));
  const [stepX, stepY] = [across * cell + PLANE.tiles, down * cell + PLANE.tiles];
  const cells = Array.from({ length: planes * down * across }, (_, i) => {
    const [plane, inner] = [Math.floor(i / (down * across)), i % (down * across)];
    const x = (plane % beside) * stepX + (inner % across) * cell;
    const y = Math.floor(plane / beside) * stepY + Math.floor(inner / across) * cell;
    return { x, y, width: cell - TILE.gap, height: cell - TILE.gap };
  });
  const labels = planes === 1 && down > 1 ? rowNumbers(down, cell) : [];
  const size = { width: beside * stepX - PLANE.tiles, height: stacked * stepY - PLANE.tiles };
  return { cells, numbers: false, blocks: null, labels, ...size };
}

/** Every fifth row and the last. @param {number} down @param {number} cell @returns {Label[]} */
function rowNumbers(down, cell) {
  const rows = Array.from({ length: down }, (_, row) => row);
  const shown = rows.filter((row) => (row % EVERY === 0 && down - 1 - row >= 2) || row === down - 1);
  return shown.map((row) => ({ x: -10, y: row * cell + cell / 2 + 4, text: String(row), end: true }));
}

/** @param {[number, number]} shape @returns {Grid} */
function blockGrid([down, across]) {
  return { ...tileGrid(1, down, across), labels: [], blocks: [down, across] };
}

/**
 * The cell that shows an element.
 * @param {Grid} grid
 * @param {number} element
 * @param {number[]} shape
 */
export function cellAt(grid, element, shape) {
  if (!grid.blocks) return element;
  const [down, across] = [1, 1, ...shape].slice(-2);
  const inner = element % (down * across);
  const row = blockAt(Math.floor(inner / across), down, grid.blocks[0]);
  return row * grid.blocks[1] + blockAt(inner % across, across, grid.blocks[1]);
}

/**
 * The first element of a block of the last two dims.
 * @param {number} block
 * @param {[number, number]} blocks  rows and columns of blocks
 * @param {number[]} shape
 */
export function firstOf(block, blocks, shape) {
  const [down, across] = [1, 1, ...shape].slice(-2);
  const row = Math.floor((Math.floor(block / blocks[1]) * down) / blocks[0]);
  return row * across + Math.floor(((block % blocks[1]) * across) / blocks[1]);
}

/** Blocks start at ⌊n · size / blocks⌋. @param {number} index @param {number} size @param {number} blocks */
function blockAt(index, size, blocks) {
  let block = Math.min(blocks - 1, Math.floor((index * blocks) / size));
  while (block + 1 < blocks && Math.floor(((block + 1) * size) / blocks) <= index) block += 1;
  while (block > 0 && Math.floor((block * size) / blocks) > index) block -= 1;
  return block;
}

/**
 * Frames around some elements: one where they fill a rectangle of the grid, else one for each plane or cell.
 * @param {Grid} grid
 * @param {number[]} elements
 * @param {number[]} shape
 * @returns {Rect[]}
 */
export function framesOf(grid, elements, shape) {
  const places = [...new Set(elements.map((element) => cellAt(grid, element, shape)))];
  const cells = places.map((place) => grid.cells[place]).filter((cell) => cell !== undefined);
  const rows = new Map();
  for (const cell of cells) rows.set(cell.y, [...(rows.get(cell.y) ?? []), cell]);
  /** @type {Rect[]} */
  const frames = [];
  const gap = grid.numbers ? NUMBER.gap : TILE.gap;
  for (const row of rows.values())
    for (const stretch of stretches(row, gap)) {
      const above = frames.find(
        (frame) =>
          frame.x === stretch.x &&
          frame.width === stretch.width &&
          Math.abs(frame.y + frame.height + gap - stretch.y) < 0.01,
      );
      if (above) above.height = stretch.y + stretch.height - above.y;
      else frames.push(stretch);
    }
  return frames;
}

/** Neighbouring cells of one row joined. @param {Rect[]} row @param {number} gap @returns {Rect[]} */
function stretches(row, gap) {
  /** @type {Rect[]} */
  const joined = [];
  for (const cell of [...row].sort((a, b) => a.x - b.x)) {
    const last = joined.at(-1);
    if (last && Math.abs(last.x + last.width + gap - cell.x) < 0.01)
      last.width = cell.x + cell.width - last.x;
    else joined.push({ ...cell });
  }
  return joined;
}

/** @param {Rect[]} rects @returns {Rect} */
export function around(rects) {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
