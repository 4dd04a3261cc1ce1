/** The `.grad` drawer of an intermediate that asked for it with retain_grad(): it stands under the tensor's nodes. */

import { drawerOf } from "../trace/bookings.js";
import { formatNumber, signOf, subscript } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Box} Box
 * @typedef {import("./scene.js").Picture} Picture
 *
 * @typedef {object} RetainedMark
 * @property {number} tensor
 * @property {number} x        top left of the drawer, px
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {string} name     how code writes it
 * @property {import("../picture/symbols.js").Symbol | null} symbol
 * @property {{element: number, index: string, text: string, sign: string}[]} rows  one per element
 * @property {boolean} pending this call's score has not come yet
 */

export const ROW = 19;
const HEAD = 24;
const GAP = 10;
/** More elements than this would make the drawer taller than the nodes; it then only says that it is there. */
const MOST = 8;

/**
 * Tensors whose drawers this picture's call fills although they are no leaves.
 * @param {Trace} trace
 * @param {Graph} graph
 * @returns {Set<number>}
 */
export function retainedOf(trace, { call }) {
  const entries = call === null ? [] : (trace.backward[call].retained ?? []);
  return new Set(entries.map(({ tensor }) => tensor));
}

/**
 * Room that the drawer takes under its nodes, px.
 * @param {import("./blocks.js").Size} size
 */
export function retainedHeight(size) {
  if (size.mode !== "nodes") return 0;
  return GAP + HEAD + (size.count > MOST ? 0 : size.count * ROW + 4);
}

/**
 * @param {Picture} picture
 * @param {import("../trace/walk.js").Known} known
 * @param {Box} box
 * @returns {RetainedMark[]} none for a tensor without such a drawer
 */
export function retainedMarks({ trace, graph, symbols }, known, box) {
  const { tensor } = box.member;
  const drawer = box.kept && graph.call !== null ? drawerOf(trace, graph.call, tensor.id) : null;
  if (!drawer) return [];
  const pending = known.call !== graph.call || !known.scores.has(tensor.id);
  const now = pending ? drawer.before : drawer.after;
  const rows = Array.from({ length: box.size.count > MOST ? 0 : box.size.count }, (_, element) => ({
    element,
    index: tensor.shape.length ? subscript(element, tensor.shape) : "",
    text: now ? formatNumber(now[element]) : "None",
    sign: now ? signOf(now[element]) : "none",
  }));
  const place = { x: box.x, y: box.y + box.size.height + GAP, width: box.size.width };
  const name = `${tensor.name ?? tensor.label}.grad`;
  const symbol = symbols.get(tensor.id) ?? null;
  return [{ tensor: tensor.id, ...place, height: box.kept - GAP, name, symbol, rows, pending }];
}
