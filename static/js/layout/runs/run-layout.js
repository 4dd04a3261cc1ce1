/** Where everything of one run stands: input grid, lens, the run enlarged in a box, lens, output grids (px). */

import { neededWidth } from "../blocks.js";
import { rowOf, TILE_WIDTH } from "./run-columns.js";
import { around, framesOf, gridOf } from "./run-grid.js";

/**
 * @typedef {import("../../loops/loop.js").Loop} Loop
 * @typedef {import("../../loops/units.js").Unit} Unit
 * @typedef {import("../../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("./run-grid.js").Grid} Grid
 * @typedef {import("./run-grid.js").Rect} Rect
 * @typedef {import("./run-columns.js").Columns} Columns
 *
 * @typedef {object} PlacedGrid
 * @property {"input" | "output"} side
 * @property {"value" | "score" | "both"} shows  both: what the reader's switch says
 * @property {TraceTensor} tensor
 * @property {Grid} grid
 * @property {number} x
 * @property {number} y
 * @property {Rect[]} frames   of the run, from the grid's top left
 *
 * @typedef {{element: number, x: number, y: number}} Slot  top left
 * @typedef {object} RunColumn
 * @property {Slot[]} slots
 * @property {number} x
 * @property {number} width
 * @property {number} height   of a slot
 *
 * @typedef {object} RunLayout
 * @property {PlacedGrid[]} grids
 * @property {Rect} box
 * @property {Columns} columns
 * @property {RunColumn} inputs
 * @property {RunColumn} outputs
 * @property {Rect | null} rest     place of the bundle's end
 * @property {{input: string | null, output: string | null}} slices
 * @property {Rect} bounds
 */

const PAD = 24;
const TITLE = 48;
const BAND = { M: 190, T: 190, S: 230, tiles: 220 };
const GAP = 84;
const LABELS = 40;
const HEADER = 56;
const CAPTION = 46;
const WORDS = { title: 196, letter: 8.1, air: 66 };
/** The operation's chip lies on the lower edge of the box. */
const FOOT = 20;
const AIR = 6;
/** Height of the bundle's end: a count and a sum. */
const REST = 40;
/** Narrow nodes of a run carry long subscripts. */
const NARROW = 142;

/**
 * @param {Loop} loop
 * @param {Unit} unit
 * @param {{input: string | null, output: string | null}} slices
 * @param {Columns} columns
 * @param {(Scalar | undefined)[]} numbers  that the nodes will show
 * @returns {RunLayout}
 */
export function runLayoutOf(loop, unit, slices, columns, numbers) {
  const letters = lettersOf(loop);
  const left = gridOf(loop.input, letters.input);
  const right = gridOf(loop.output, letters.output);
  const rightTall = right.numbers ? 2 * right.height + CAPTION + 20 : right.height;
  const width = columnWidth(loop, columns, numbers);
  const tall = Math.max(
    ...["inputs", "outputs"].map((side) => columnHeight(columns, /** @type {"inputs"} */ (side))),
  );
  const words =
    slices.input && slices.output ? (slices.input.length + slices.output.length + 3) * WORDS.letter : 0;
  const wide = Math.max(2 * width + BAND[columns.scale] + 2 * PAD, WORDS.title + words + WORDS.air);
  const height = TITLE + tall + PAD + AIR;
  const full = Math.max(height, left.height, rightTall);
  const x = left.width + GAP;
  const box = { x, y: (full - height) / 2, width: wide, height };
  const grids = [
    gridAt(loop.input, "input", "both", left, 0, (full - left.height) / 2, unit.inputs),
    ...outputGrids(loop, right, box.x + box.width + GAP, (full - rightTall) / 2, unit),
  ];
  if (left.numbers) grids[0].shows = "value";
  const top = Math.min(box.y - 2, grids[0].y - HEADER, grids[1].y - (right.numbers ? HEADER + 20 : HEADER));
  const bottom = Math.max(box.y + box.height + FOOT, ...grids.map((grid) => grid.y + grid.grid.height + 24));
  const start = left.labels.some(({ end }) => end) ? -LABELS : -8;
  const end = Math.max(...grids.map((grid) => grid.x + grid.grid.width)) + 8;
  return {
    grids,
    box,
    columns,
    inputs: columnAt(columns, "inputs", box, box.x + PAD, width),
    outputs: columnAt(columns, "outputs", box, box.x + box.width - PAD - width, width),
    rest: restAt(columns, box, width),
    slices,
    bounds: { x: start, y: top, width: end - start, height: bottom - top },
  };
}

/** @param {Loop} loop */
function lettersOf({ pattern, input, output }) {
  /** @param {import("../../loops/loop.js").Axis[] | undefined} axes @param {number[]} shape */
  const of = (axes, shape) =>
    shape.map((_, dim) => {
      const loop = axes?.[dim].loop ?? null;
      return loop === null || axes?.[dim].shift ? "" : (pattern?.loops[loop].letter ?? "");
    });
  return { input: of(pattern?.input, input.shape), output: of(pattern?.output, output.shape) };
}

/**
 * Small outputs have their values and their scores under each other.
 * @param {Loop} loop @param {Grid} grid @param {number} x @param {number} y @param {Unit} unit
 */
function outputGrids({ output }, grid, x, y, unit) {
  if (!grid.numbers) return [gridAt(output, "output", "both", grid, x, y, unit.outputs)];
  const labels = grid.labels.some(({ end }) => end) ? LABELS : 0;
  return [
    gridAt(output, "output", "value", grid, x + labels, y, unit.outputs),
    gridAt(output, "output", "score", grid, x + labels, y + grid.height + CAPTION + 20, unit.outputs),
  ];
}

/**
 * @param {TraceTensor} tensor
 * @param {"input" | "output"} side
 * @param {PlacedGrid["shows"]} shows
 * @param {Grid} grid
 * @param {number} x
 * @param {number} y
 * @param {number[]} elements
 * @returns {PlacedGrid}
 */
function gridAt(tensor, side, shows, grid, x, y, elements) {
  return { side, shows, tensor, grid, x, y, frames: framesOf(grid, elements, tensor.shape) };
}

/** @param {Loop} loop @param {Columns} columns @param {(Scalar | undefined)[]} numbers */
function columnWidth({ input, output }, { scale }, numbers) {
  if (scale === "S") return NARROW;
  if (scale === "tiles") return TILE_WIDTH;
  const role = /** @type {const} */ ("input");
  return Math.max(
    ...[input, output].map((tensor) => neededWidth({ tensor, role, written: false }, numbers)),
    120,
  );
}

/** @param {Columns} columns @param {"inputs" | "outputs"} side */
function columnHeight(columns, side) {
  const extra = columns.rest && `${columns.rest.side}s` === side ? 1 : 0;
  const { height, pitch } = rowOf(columns);
  return columns[side].length * pitch - (pitch - height) + extra * (REST + AIR);
}

/**
 * @param {Columns} columns
 * @param {"inputs" | "outputs"} side
 * @param {Rect} box
 * @param {number} x
 * @param {number} width
 * @returns {RunColumn}
 */
function columnAt(columns, side, box, x, width) {
  const top = columnTop(columns, side, box);
  const { height, pitch } = rowOf(columns);
  const slots = columns[side].map((element, i) => ({ element, x, y: top + i * pitch }));
  return { slots, x, width, height };
}

/** @param {Columns} columns @param {"inputs" | "outputs"} side @param {Rect} box */
function columnTop(columns, side, box) {
  const room = box.height - TITLE - PAD - AIR;
  return box.y + TITLE + (room - columnHeight(columns, side)) / 2;
}

/** @param {Columns} columns @param {Rect} box @param {number} width @returns {Rect | null} */
function restAt(columns, box, width) {
  if (!columns.rest) return null;
  const side = columns.rest.side === "input" ? "inputs" : "outputs";
  const y = columnTop(columns, side, box) + columns[side].length * rowOf(columns).pitch;
  const x = side === "inputs" ? box.x + PAD : box.x + box.width - PAD - width;
  return { x, y: y + 2, width, height: REST };
}

/**
 * The soft shape that joins a run's frames with its box.
 * @param {PlacedGrid} placed
 * @param {Rect} box
 * @returns {string} path data
 */
export function lensPath({ side, x, y, frames }, box) {
  const frame = around(frames);
  const [top, bottom] = [y + frame.y - 4, y + frame.y + frame.height + 4];
  const near = side === "input" ? x + frame.x + frame.width + 4 : x + frame.x - 4;
  const far = side === "input" ? box.x : box.x + box.width;
  const handle = near + (far - near) * 0.5;
  const [high, low] = [box.y + 18, box.y + box.height - 18];
  return (
    `M${near} ${top}C${handle} ${top} ${handle} ${high} ${far} ${high}` +
    `V${low}C${handle} ${low} ${handle} ${bottom} ${near} ${bottom}Z`
  );
}

/** The title's slices where they are short enough. @param {RunLayout["slices"]} slices */
export function slicesText({ input, output }) {
  return input && output ? `${input} → ${output}` : "";
}
