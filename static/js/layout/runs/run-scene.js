/** The scene of one run at one step: the same kinds of marks as a whole picture, and its grids, lenses and box. */

import { formatNumber, signOf, subscript } from "../../format.js";
import { NO_FOLDS } from "../levels/folds.js";
import { linesOf } from "../lines.js";
import { focusOf as runFocus } from "./run-picture.js";
import { cellAt } from "./run-grid.js";
import { lensPath, slicesText } from "./run-layout.js";
import { focusOf, opMark } from "../scene.js";
import { extremes, finite, focusSide, headerOf, isComputed } from "../tensors.js";

/**
 * @typedef {import("./run-picture.js").RunPicture} RunPicture
 * @typedef {import("./run-layout.js").PlacedGrid} PlacedGrid
 * @typedef {import("./run-grid.js").Rect} Rect
 * @typedef {import("../../trace/walk.js").Known} Known
 * @typedef {import("../../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("../../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../scene.js").Selection} Selection
 * @typedef {"value" | "score"} Shade
 *
 * @typedef {object} GridCell
 * @property {"pos" | "neg" | "zero" | "none"} sign  none: no number yet
 * @property {number} level       0 to 1
 * @property {string} text        empty in tiles
 * @property {boolean} inRun
 *
 * @typedef {object} GridMark
 * @property {PlacedGrid} place
 * @property {"value" | "score"} shade
 * @property {GridCell[]} cells
 * @property {number | null} selected  cell
 * @property {boolean} caption    tells what the numbers are
 *
 * @typedef {object} TileMark     One element of a run that is too long for nodes.
 * @property {number} tensor
 * @property {number} element
 * @property {"input" | "output"} side
 * @property {Rect} place
 * @property {"pos" | "neg" | "zero" | "none"} sign
 * @property {number} level
 * @property {boolean} selected
 * @property {string} name        such as x₁₂ with its score, for who listens
 *
 * @typedef {object} RunMarks
 * @property {{path: string, side: "input" | "output"}[]} lenses
 * @property {{place: Rect, inputs: number, outputs: number, slices: string}} box
 * @property {GridMark[]} grids
 * @property {TileMark[]} tiles
 * @property {{place: Rect, from: [number, number], count: number, sum: number | null, side: "input" | "output"} | null} rest
 */

/**
 * @param {RunPicture} picture
 * @param {Known} known
 * @param {import("../../why/reading.js").Look} look
 * @param {Shade} shade  what large grids show
 * @returns {ReturnType<typeof import("../scene.js").sceneOf>}
 */
export function runSceneOf(picture, known, look, shade) {
  const { selection } = look;
  const { graph, lines, run } = picture;
  const { loop, unit, layout } = run;
  const focus = focusOf(picture, known);
  const place = runFocus(loop, unit, selection);
  const chosen = place ? lines.edges.filter((edge) => endOf(edge, place.side).element === place.element) : [];
  const sides = /** @type {const} */ (["input", "output"]);
  const tiled = layout.columns.scale === "tiles";
  return {
    tint: null,
    sight: null,
    ...NO_FOLDS,
    headers: headersOf(picture),
    nodes: tiled ? [] : sides.flatMap((side) => nodesOf(picture, known, focus, selection, side)),
    cards: [],
    hooks: [],
    cuts: [],
    faults: [],
    ...linesOf(picture, known, look, false, chosen),
    sums: [],
    ops: graph.ops.map((op) => opMark(picture, known, focus, op)),
    drawers: [],
    retained: [],
    seeds: [],
    run: {
      lenses: [layout.grids[0], layout.grids[1]].map((grid) => ({
        path: lensPath(grid, layout.box),
        side: grid.side,
      })),
      box: {
        place: layout.box,
        inputs: unit.inputs.length,
        outputs: unit.outputs.length,
        slices: slicesText(layout.slices),
      },
      grids: layout.grids.map((grid) => gridMark(picture, known, selection, grid, shade)),
      tiles: tiled ? sides.flatMap((side) => tilesOf(picture, known, selection, side)) : [],
      rest: restOf(picture),
    },
  };
}

/** @param {import("../edges.js").Edge} edge @param {"input" | "output"} side */
function endOf(edge, side) {
  return side === "input" ? edge.from : edge.to;
}

/** @param {RunPicture} picture */
function headersOf(picture) {
  const { grids } = picture.run.layout;
  return [grids[0], grids[1]].flatMap(({ tensor, x, y, grid, side }) => {
    const box = picture.layout.boxes.get(tensor.id);
    if (!box) return [];
    const size = { ...box.size, width: grid.width, mode: /** @type {const} */ ("card") };
    const header = headerOf(picture, {
      ...box,
      size,
      x,
      headerY: y - (grid.numbers && side === "output" ? 58 : 38),
    });
    return header ? [header] : [];
  });
}

/**
 * Inputs are round and blue, outputs square and green, whatever else they are elsewhere.
 * @param {RunPicture} picture
 * @param {Known} known
 * @param {import("../scene.js").Focus} focus
 * @param {Selection | null} selection
 * @param {"input" | "output"} side
 * @returns {import("../tensors.js").NodeMark[]}
 */
function nodesOf({ run, symbols }, known, focus, selection, side) {
  const tensor = run.loop[side];
  const column = side === "input" ? run.layout.inputs : run.layout.outputs;
  const { scale } = run.layout.columns;
  const values = isComputed(known, tensor.op) ? (tensor.values ?? tensor.some) : undefined;
  const scores = known.scores.get(tensor.id);
  return column.slots.map(({ element, x, y }) => ({
    tensor: tensor.id,
    element,
    x,
    y,
    width: column.width,
    height: column.height,
    scale: /** @type {"M" | "T" | "S"} */ (scale),
    role: side,
    focus: focusSide(focus, tensor.id),
    symbol: symbols.get(tensor.id) ?? null,
    index: tensor.shape.length ? subscript(element, tensor.shape) : "",
    value:
      values && values[element] !== undefined ? formatNumber(values[element], scale === "S" ? 3 : 4) : null,
    score: scores?.[element],
    waiting: known.waiting.get(tensor.id) ?? null,
    selected: selection?.tensor === tensor.id && selection.element === element,
    now: focus.halo.has(tensor.id),
    ghost: false,
    used: 0,
  }));
}

/**
 * @param {RunPicture} picture
 * @param {Known} known
 * @param {Selection | null} selection
 * @param {PlacedGrid} place
 * @param {Shade} shade
 * @returns {GridMark}
 */
function gridMark({ run }, known, selection, place, shade) {
  const { tensor, grid, side } = place;
  const shows = place.shows === "both" ? shade : place.shows;
  const members = new Set(
    run.unit[`${side}s`].map((/** @type {number} */ element) => cellAt(grid, element, tensor.shape)),
  );
  const numbers = numbersOf(tensor, known, shows, grid.blocks !== null);
  const most = Math.max(...(numbers ?? []).map((value) => finite(value ?? 0)), Number.MIN_VALUE);
  const own = selection?.tensor === tensor.id ? cellAt(grid, selection.element, tensor.shape) : null;
  return {
    place,
    shade: shows,
    cells: grid.cells.map((_, i) => ({
      sign: numbers ? signOf(numbers[i]) : "none",
      level: numbers ? finite(numbers[i] ?? 0) / most : 0,
      text: grid.numbers ? (numbers ? formatNumber(numbers[i], 3) : shows === "score" ? "–" : "") : "",
      inRun: members.has(i),
    })),
    selected: own,
    caption: side === "output" || !grid.numbers,
  };
}

/**
 * @param {TraceTensor} tensor
 * @param {Known} known
 * @param {"value" | "score"} shows
 * @param {boolean} blocks
 * @returns {(Scalar | undefined)[] | null}
 */
function numbersOf(tensor, known, shows, blocks) {
  if (shows === "score")
    return blocks ? extremes(known.summaries.get(tensor.id)) : (known.scores.get(tensor.id) ?? null);
  if (!isComputed(known, tensor.op)) return null;
  return blocks ? extremes(tensor.summary) : tensor.values;
}

/**
 * @param {RunPicture} picture
 * @param {Known} known
 * @param {Selection | null} selection
 * @param {"input" | "output"} side
 * @returns {TileMark[]}
 */
function tilesOf({ run }, known, selection, side) {
  const tensor = run.loop[side];
  const column = side === "input" ? run.layout.inputs : run.layout.outputs;
  const scores = known.scores.get(tensor.id);
  const most = Math.max(
    ...column.slots.map(({ element }) => finite(scores?.[element] ?? 0)),
    Number.MIN_VALUE,
  );
  return column.slots.map(({ element, x, y }) => ({
    tensor: tensor.id,
    element,
    side,
    place: { x, y, width: column.width, height: column.height },
    sign: signOf(scores?.[element]),
    level: finite(scores?.[element] ?? 0) / most,
    selected: selection?.tensor === tensor.id && selection.element === element,
    name: formatNumber(scores?.[element]),
  }));
}

/** @param {RunPicture} picture @returns {RunMarks["rest"]} */
function restOf({ run: { layout } }) {
  const { rest, columns } = layout;
  if (!rest || !columns.rest) return null;
  const own = columns.rest.side === "output" ? layout.inputs : layout.outputs;
  const slot = own.slots[0];
  const x = columns.rest.side === "output" ? slot.x + own.width : slot.x;
  return { place: rest, from: [x, slot.y + own.height / 2], ...columns.rest };
}
