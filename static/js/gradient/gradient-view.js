/** Where the sliders of G stand beside the picture, and what they show. */

import { codeElement, elementCount, subscript, toNumber } from "../format.js";
import { LONGEST } from "./gradient-tried.js";
import { rootsInCode } from "./live-session.js";
import { nameOf } from "../trace/tensor-name.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../layout/scene.js").Picture} Picture
 *
 * @typedef {object} Cell
 * @property {number} element
 * @property {number} x        left edge, px of the picture
 * @property {number} y        middle
 * @property {string} index    subscript of g
 * @property {string} code     as code writes the element, for those who listen
 * @property {number} value
 *
 * @typedef {object} RootView
 * @property {number} call     position in trace.backward
 * @property {number} root
 * @property {string} name
 * @property {number[]} shape
 * @property {number[]} values
 * @property {number} element  the one that is kept by "only one", and that a large root shows
 * @property {boolean} slim    rows are too low for two lines
 * @property {Cell[]} cells
 * @property {{x: number, top: number, bottom: number}} place
 *
 * @typedef {object} GradientView
 * @property {RootView[]} roots
 * @property {boolean} held    the code has changed since, so nothing can be set
 */

/** Room right of a root for the score that stands there, and the size of a slider, px. */
export const SLIDER = { gap: 34, width: 148, height: 44, slim: 32, foot: 76, tried: 124 };
/** A block ∂o/∂X and what stands beside the blocks, px. */
const BLOCK = { gap: 36, least: 104, cell: 44, row: 26, frame: 44, air: 8, sigma: 30, sum: 54 };
const MOST_SLIDERS = 16;
/** A longer literal would bury the code. */
const MOST_NUMBERS = 256;
/** A canvas from which on sliders stand beside the picture unasked, px. */
const ROOMY = 640;
const LOW = 48;

/**
 * @param {State} state
 * @param {Picture | null} picture
 * @returns {GradientView | null} null when the call's gradient cannot be set
 */
export function gradientView(state, picture) {
  const call = picture?.graph.call ?? null;
  if (!state.trace || !picture || call === null || picture.run) return null;
  const { roots, held } = rootsInCode(state.trace, state.cells, call);
  const views = roots.map((root) => rootView(state, picture, call, root)).filter((view) => view !== null);
  return views.length ? { roots: views, held } : null;
}

/**
 * Open where the reader wants it; at first where the program is about gradients and there is room.
 * @param {State} state
 * @param {number} width  of the canvas, px
 */
export function isOpen(state, width) {
  if (state.adjusting !== null) return state.adjusting;
  const program = state.programs.find(({ slug }) => slug === state.program);
  return state.place === "study" && width >= ROOMY && program?.group === "gradient";
}

/**
 * @param {State} state
 * @param {Picture} picture
 * @param {number} call
 * @param {number} root
 * @returns {RootView | null}
 */
function rootView({ trace, selection }, picture, call, root) {
  const box = picture.layout.boxes.get(root);
  const gradient = trace?.backward[call].roots.find(({ tensor }) => tensor === root)?.gradient;
  if (!box || !gradient || !trace || gradient.length > MOST_NUMBERS) return null;
  const { tensor } = box.member;
  const name = nameOf(picture, root);
  const values = gradient.map((value) => toNumber(value) ?? 0);
  const element = selection?.tensor === root ? selection.element : 0;
  const single = box.size.mode === "card" || elementCount(tensor.shape) > MOST_SLIDERS;
  const shown = single ? [element] : values.map((_, i) => i);
  const x = box.x + box.size.width + SLIDER.gap;
  const cells = shown.map((i) => ({
    element: i,
    x,
    y: single ? box.y + box.size.height / 2 : box.y + box.size.cells[i].y + box.size.cell / 2,
    index: tensor.shape.length ? subscript(i, tensor.shape) : "",
    code: codeElement(name, i, tensor.shape),
    value: values[i],
  }));
  const pitch = cells.length > 1 ? cells[1].y - cells[0].y : SLIDER.height + 4;
  const slim = pitch < LOW;
  const half = (slim ? SLIDER.slim : SLIDER.height) / 2;
  const place = { x, top: cells[0].y - half, bottom: cells[cells.length - 1].y + half };
  return { call, root, name, shape: tensor.shape, values, element, slim, cells, place };
}

/**
 * The picture's bounds with room for what stands right of it.
 * @param {import("../layout/fitting.js").Bounds} bounds
 * @param {import("../layout/fitting.js").Bounds[]} beside
 * @returns {import("../layout/fitting.js").Bounds}
 */
export function withRoom(bounds, beside) {
  const all = [bounds, ...beside];
  const y = Math.min(...all.map((other) => other.y));
  const right = Math.max(...all.map(({ x, width }) => x + width));
  const bottom = Math.max(...all.map((other) => other.y + other.height));
  return { x: bounds.x, y, width: right - bounds.x, height: bottom - y };
}

/**
 * Where the sliders of a root stand, with what is under them.
 * @param {RootView} view
 * @returns {import("../layout/fitting.js").Bounds}
 */
export function slidersOf({ values, place: { x, top, bottom } }) {
  const foot = SLIDER.foot + (values.length <= LONGEST ? SLIDER.tried : 0);
  return { x: x - 16, y: top - 30, width: SLIDER.width + 24, height: bottom - top + 30 + foot };
}

/**
 * Where the blocks stand: right of the sliders, at their middle.
 * @param {RootView} view
 * @param {import("./gradient-blocks.js").Blocks} data
 * @returns {import("../layout/fitting.js").Bounds}
 */
export function blocksAt({ place }, data) {
  const columns = blockColumns(data);
  const across = Math.min(8, data.shape.at(-1) ?? 1);
  const down = Math.ceil(data.sums.length / across);
  const each = Math.max(BLOCK.least, across * BLOCK.cell + 16) + BLOCK.air;
  const height = Math.ceil(data.blocks.length / columns) * (BLOCK.frame + down * BLOCK.row + BLOCK.air);
  return {
    x: place.x + SLIDER.width + BLOCK.gap,
    y: (place.top + place.bottom - height) / 2,
    width: columns * each + BLOCK.sigma + across * BLOCK.sum,
    height,
  };
}

/** As many beside each other as the root has columns, within what there is room for. @param {import("./gradient-blocks.js").Blocks} blocks */
export function blockColumns({ rootShape, blocks }) {
  const last = rootShape.at(-1) ?? 1;
  return rootShape.length > 1 && last <= 4 ? last : Math.min(blocks.length, blocks.length > 4 ? 3 : 2);
}
