/** What is written at a tensor's place at one step: its head, its nodes, or its folded card. */

import { shortName } from "../trace/tensor-name.js";
import { LANDED } from "../trace/moves.js";
import { hookAt } from "../trace/hooks.js";
import { isInPart } from "../trace/parts.js";
import { formatNumber, shapeText, signOf, subscript, toNumber } from "../format.js";

/**
 * @typedef {import("./scene.js").Picture} Picture
 * @typedef {import("./scene.js").Focus} Focus
 * @typedef {import("./scene.js").Selection} Selection
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("./layout.js").Box} Box
 * @typedef {import("../picture/symbols.js").Symbol} Symbol
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 *
 * @typedef {object} NodeMark
 * @property {number} tensor
 * @property {number} element
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {"M" | "T" | "S"} scale
 * @property {import("./graph.js").Member["role"]} role
 * @property {"in" | "out" | null} focus   column of the current operation
 * @property {Symbol | null} symbol        null for a constant, which has no name
 * @property {string} index                subscript
 * @property {string | null} value         null before the forward pass has made it
 * @property {Scalar | undefined} score    undefined while it has not arrived
 * @property {number | null} [before]      what the score was before a hook changed it
 * @property {{got: number, of: number} | null} waiting  uses that have reported, while not all of several have
 * @property {boolean} selected
 * @property {boolean} now
 * @property {boolean} ghost   a copy that the page drew itself
 * @property {number} used     how many copies are made of it, 0 where none are
 *
 * @typedef {object} Tile
 * @property {number} x
 * @property {number} y
 * @property {"pos" | "neg" | "zero" | "none"} sign  none: no score yet, the tile shades by value
 * @property {number} level                 0 to 1
 *
 * @typedef {object} CardMark
 * @property {number} tensor
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {number} cell       height of a cell
 * @property {number} cellWidth
 * @property {string[] | null} numbers  text of each cell where it is large enough
 * @property {import("./graph.js").Member["role"]} role
 * @property {"in" | "out" | null} focus
 * @property {Tile[]} tiles      empty where only the outline is drawn
 * @property {boolean} blocks    a tile stands for a block, which cannot be chosen
 * @property {number} count
 * @property {number | null} selected
 * @property {boolean} now
 *
 * @typedef {object} HeaderMark
 * @property {number} [tensor]  whose column it heads
 * @property {number} x
 * @property {number} y
 * @property {string} name
 * @property {string} [full]        where the name may be shortened
 * @property {string | null} shape  empty for a scalar, null where none is told
 * @property {{key: string, values: Record<string, string | number>}} note
 */

const NAME = 12;

/** @param {Picture} picture @param {Box} box @returns {HeaderMark | null} */
export function headerOf({ symbols, graph }, box) {
  const { tensor, role } = box.member;
  if (box.size.mode === "constant") return null;
  const full = tensor.name ?? tensor.label;
  const room = Math.max(NAME, Math.floor((box.size.width + 40) / 9.6) - 3);
  const name = shortName(full, room);
  return {
    tensor: tensor.id,
    x: box.x + box.size.width / 2,
    y: box.headerY,
    name,
    full,
    shape: shapeText(tensor.shape),
    note: box.kept
      ? { key: "retained", values: {} }
      : box.member.written && tensor.version === 0
        ? { key: role === "grey" ? "firstNoGrad" : "first", values: {} }
        : noteOf(tensor, role, symbols.get(tensor.id), graph.roots.includes(tensor.id)),
  };
}

/**
 * The head of a leaf's `.grad` drawer.
 * @param {Box} box
 * @param {number} middle  x of the drawer's middle
 * @returns {HeaderMark}
 */
export function drawerHeader(box, middle) {
  const name = box.member.tensor.name ?? box.member.tensor.label;
  const short = shortName(name, NAME - 6);
  return {
    x: middle,
    y: box.headerY,
    name: `${short}.grad`,
    full: `${name}.grad`,
    shape: null,
    note: { key: "drawer", values: {} },
  };
}

/**
 * The head of the empty places for a root's scores.
 * @param {Box} box
 * @param {number} count
 * @returns {HeaderMark}
 */
export function seedHeader(box, count) {
  const x = box.x + box.size.width + 64;
  return {
    x,
    y: box.headerY,
    name: "gradient=",
    shape: null,
    note: { key: "seedsMissing", values: { count } },
  };
}

/**
 * @param {import("../trace/trace-types.js").TraceTensor} tensor
 * @param {import("./graph.js").Member["role"]} role
 * @param {Symbol | undefined} symbol
 * @param {boolean} root
 * @returns {HeaderMark["note"]}
 */
function noteOf(tensor, role, symbol, root) {
  if (role === "grey") return { key: "noGrad", values: {} };
  if (tensor.ghost !== undefined)
    return { key: "copies", values: { letter: `${symbol?.text ?? ""}${symbol?.primes ?? ""}` } };
  const letter = symbol?.borrowed ? `${symbol.text}${symbol.primes}` : "";
  if (letter) return { key: tensor.name ? "renamed" : "unnamed", values: { letter } };
  if (symbol?.primes && tensor.version === 0)
    return { key: "renamed", values: { letter: symbol.text + symbol.primes } };
  if (tensor.version > 0) return { key: "version", values: { version: tensor.version } };
  if (tensor.is_leaf) return { key: "leaf", values: {} };
  return { key: root ? "root" : "middle", values: {} };
}

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {Focus} focus
 * @param {Selection | null} selection
 * @param {Box} box
 * @returns {NodeMark[]}
 */
export function nodesOf(picture, known, focus, selection, box) {
  if (box.size.mode === "card") return [];
  const { tensor, role } = box.member;
  const values = isComputed(known, tensor.op) ? tensor.values : null;
  const scores = known.scores.get(tensor.id);
  const digits = box.size.scale === "S" ? 3 : 4;
  return box.size.cells.map((cell, element) => ({
    tensor: tensor.id,
    element,
    x: box.x + cell.x,
    y: box.y + cell.y,
    width: box.size.width,
    height: box.size.cell,
    scale: box.size.scale,
    role,
    focus: focusSide(focus, tensor.id),
    symbol: picture.symbols.get(tensor.id) ?? null,
    index: tensor.shape.length ? subscript(element, tensor.shape) : "",
    value: values ? formatNumber(values[element], digits) : null,
    score: scores?.[element],
    before:
      scores?.[element] === undefined
        ? null
        : (hookAt(picture.trace, known.call, tensor.id, element)?.before ?? null),
    waiting: role === "grey" ? null : (known.waiting.get(tensor.id) ?? null),
    selected: selection?.tensor === tensor.id && selection.element === element,
    now:
      focus.halo.has(tensor.id) &&
      (known.beat < LANDED || isInPart(known.part, { tensor: tensor.id, element })),
    ghost: tensor.ghost !== undefined,
    used: picture.uses.get(`${tensor.id} ${element}`) ?? 0,
  }));
}

/** @param {Known} known @param {number | null} op */
export function isComputed(known, op) {
  return op === null || known.call !== null || known.computed.has(op);
}

/** @param {Focus} focus @param {number} tensor @returns {"in" | "out" | null} */
export function focusSide(focus, tensor) {
  const op = focus.op ?? focus.error;
  if (op?.inputs.includes(tensor)) return "in";
  return op?.outputs.includes(tensor) ? "out" : null;
}

/**
 * @param {Known} known
 * @param {Focus} focus
 * @param {Selection | null} selection
 * @param {Box} box
 * @returns {CardMark | null}
 */
export function cardOf(known, focus, selection, box) {
  if (box.size.mode !== "card") return null;
  const { tensor, role } = box.member;
  const blocks = box.size.blocks ? extremes(known.summaries.get(tensor.id)) : undefined;
  const scores = blocks === undefined ? (known.scores.get(tensor.id) ?? null) : blocks;
  const shown = scores ?? (isComputed(known, tensor.op) ? (tensor.values ?? extremes(tensor.summary)) : null);
  const most = Math.max(...(shown ?? []).map((value) => finite(value)), Number.MIN_VALUE);
  const tiles = box.size.cells.map((cell, i) => ({
    ...cell,
    sign: scores ? signOf(scores[i]) : /** @type {const} */ ("none"),
    level: shown ? finite(shown[i]) / most : 0,
  }));
  return {
    tensor: tensor.id,
    x: box.x,
    y: box.y,
    width: box.size.width,
    height: box.size.height,
    cell: box.size.cell,
    cellWidth: box.size.cellWidth,
    blocks: box.size.blocks,
    numbers: box.size.numbers ? box.size.cells.map((_, i) => (shown ? formatNumber(shown[i], 3) : "")) : null,
    role,
    focus: role === "grey" ? null : focusSide(focus, tensor.id),
    tiles,
    count: box.size.count,
    selected: selection?.tensor === tensor.id ? selection.element : null,
    now: focus.halo.has(tensor.id),
  };
}

/**
 * The number of each block that is furthest from 0.
 * @param {import("../trace/trace-types.js").Summary | undefined} summary
 * @returns {Scalar[] | null}
 */
export function extremes(summary) {
  if (!summary?.blocks) return null;
  const { min, max } = summary.blocks;
  return max.map((most, i) => (finite(min[i]) > finite(most) ? min[i] : most));
}

/** @param {Scalar} value */
export function finite(value) {
  const size = Math.abs(toNumber(value) ?? 0);
  return Number.isFinite(size) ? size : 0;
}
