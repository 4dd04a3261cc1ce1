/** A layout with folded operations: the layouter's answer, with every region's own layout moved to its place. */

import { HEADER } from "../cards.js";
import { cubic } from "../curves.js";
import { exitLanes } from "./elk-graph.js";
import { move } from "../shift.js";

/**
 * @typedef {import("../layout.js").Layout} Layout
 * @typedef {import("../layout.js").Box} Box
 * @typedef {import("../curves.js").Cubic} Cubic
 * @typedef {import("../curves.js").Point} Point
 * @typedef {import("./elk-graph.js").ElkNode} ElkNode
 * @typedef {import("./elk-graph.js").Inside} Inside
 * @typedef {import("./wiring.js").Wiring} Wiring
 *
 * @typedef {object} Wire
 * @property {string} key
 * @property {number} tensor
 * @property {number[]} ops   the folded operations that it meets
 * @property {boolean} grey   no score runs along it
 * @property {Cubic[]} pieces
 *
 * @typedef {object} Chip     A folded operation or a group of them.
 * @property {string} key
 * @property {number[]} ops
 * @property {string} label
 * @property {boolean} group
 * @property {number} x       centre
 * @property {number} y       centre
 * @property {number} width
 * @property {number} height
 *
 * @typedef {{key: string, tensor: number, label: string, x: number, y: number, width: number, height: number}} Name
 *
 * @typedef {{key: string, ops: number[], x: number, y: number, width: number, height: number}} Region
 */

/** Columns of different regions never mix: the keys of one column belong to one region. */
const APART = 1000;
const LEVEL = 1.5;

/**
 * @param {Wiring} wiring
 * @param {Map<string, Inside>} insides
 * @param {ElkNode} answer
 * @param {boolean} tight
 * @param {import("./elk-graph.js").Nest[]} [nests]
 * @returns {Layout}
 */
export function foldedLayout(wiring, insides, answer, tight, nests = []) {
  const places = new Map(nodesIn(answer).map((node) => [node.id, node]));
  /** @type {Layout} */
  const layout = {
    boxes: new Map(),
    lanes: new Map(),
    bands: new Map(),
    columns: new Map(),
    bounds: { x: 0, y: 0, width: answer.width ?? 0, height: answer.height ?? 0 },
    tight,
    wires: [],
    folded: [],
    names: [],
    regions: [],
    frames: nests.map(({ key, frame }) => ({ ...frame, ...placeOf(places.get(key)) })),
  };
  wiring.items.forEach((item, nth) => {
    const inside = /** @type {Inside} */ (insides.get(item.key));
    put(layout, inside, { x: places.get(item.key)?.x ?? 0, y: places.get(item.key)?.y ?? 0 }, nth * APART);
  });
  layout.wires = wiresOf(wiring, insides, answer, layout);
  return layout;
}

/** @param {ElkNode} node @returns {ElkNode[]} everything inside */
function nodesIn({ children = [] }) {
  return children.flatMap((child) => [child, ...nodesIn(child)]);
}

/** @param {ElkNode | undefined} node */
function placeOf(node) {
  return { x: node?.x ?? 0, y: node?.y ?? 0, width: node?.width ?? 0, height: node?.height ?? 0 };
}

/**
 * @param {Layout} layout  filled here
 * @param {Inside} inside
 * @param {{x: number, y: number}} at
 * @param {number} column
 */
function put(layout, inside, at, column) {
  const { item, width, height } = inside;
  const ops = item.block?.ops.map((op) => op.id) ?? [];
  const frame = { key: item.key, x: at.x, y: at.y, width, height };
  if (inside.layout) {
    const { bounds } = inside.layout;
    const by = { x: at.x + inside.pad.left - bounds.x, y: at.y + inside.pad.top - bounds.y };
    move(inside.layout, by, column, layout);
    layout.regions.push({ ...frame, ops });
  } else if (item.kind === "card") putCard(layout, inside, at, column);
  else {
    const middle = { ...frame, x: at.x + width / 2, y: at.y + height / 2, label: inside.label ?? "" };
    if (item.kind === "name") layout.names.push({ ...middle, tensor: item.member?.tensor.id ?? -1 });
    else layout.folded.push({ ...middle, ops, group: item.block?.label !== null });
  }
}

/**
 * @param {Layout} layout
 * @param {Inside} inside
 * @param {{x: number, y: number}} at
 * @param {number} column
 */
function putCard(layout, { item, size, width }, at, column) {
  if (!item.member || !size) return;
  const y = at.y + HEADER;
  const x = at.x + (width - size.width) / 2;
  layout.boxes.set(item.member.tensor.id, {
    member: item.member,
    size,
    column,
    x,
    y,
    headerY: y - 38,
    drawer: false,
    kept: 0,
  });
  layout.columns.set(item.member.tensor.id, column);
}

/**
 * @param {Wiring} wiring
 * @param {Map<string, Inside>} insides
 * @param {ElkNode} answer
 * @param {Layout} layout
 */
function wiresOf({ wires, items }, insides, answer, layout) {
  const routes = new Map((answer.edges ?? []).map((edge) => [edge.id, edge.sections?.[0]]));
  const blocks = new Map(items.map((item) => [item.key, item.block]));
  return wires.map((wire) => {
    const route = routes.get(wire.key);
    const bends = (route?.bendPoints ?? []).map(pointOf);
    const from = /** @type {Inside} */ (insides.get(wire.from));
    const to = /** @type {Inside} */ (insides.get(wire.to));
    const start = route ? pointOf(route.startPoint) : /** @type {Point} */ ([0, 0]);
    const end = route ? pointOf(route.endPoint) : /** @type {Point} */ ([0, 0]);
    const stops = [
      ...leaving(layout, from, wire.tensor, start),
      ...bends,
      ...arriving(layout, to, wire.tensor, end),
    ];
    const ops = [wire.from, wire.to]
      .map((key) => blocks.get(key))
      .flatMap((block) => (block && !block.open ? block.ops.map((op) => op.id) : []));
    return { key: wire.key, tensor: wire.tensor, ops, grey: wire.grey, pieces: curve(stops) };
  });
}

/** @param {{x: number, y: number}} point @returns {Point} */
function pointOf({ x, y }) {
  return [x, y];
}

/**
 * From the body of what a tensor stands in to the border of its item, past the columns that lie between.
 * @param {Layout} layout
 * @param {Inside} from
 * @param {number} tensor
 * @param {Point} border
 * @returns {Point[]}
 */
function leaving(layout, from, tensor, border) {
  const box = from.layout || from.size ? layout.boxes.get(tensor) : undefined;
  if (!box) return [border];
  const start = /** @type {Point} */ ([box.x + box.size.width, box.y + box.size.height / 2]);
  const stops = exitLanes(layout, tensor).flatMap((lane) => {
    const y = lane.y + lane.pitch / 2;
    return /** @type {Point[]} */ ([
      [lane.x0, y],
      [lane.x1, y],
    ]);
  });
  return [start, ...stops, border];
}

/**
 * @param {Layout} layout
 * @param {Inside} to
 * @param {number} tensor
 * @param {Point} border
 * @returns {Point[]}
 */
function arriving(layout, to, tensor, border) {
  const box = to.layout || to.size ? layout.boxes.get(tensor) : undefined;
  return box ? [border, [box.x, box.y + box.size.height / 2]] : [border];
}

/**
 * Level where the stops are level, else curves that are level at their ends.
 * @param {Point[]} stops
 * @returns {Cubic[]}
 */
function curve(stops) {
  /** @type {Point[]} */
  const kept = [];
  for (const stop of stops) {
    const last = kept.at(-1);
    const before = kept.at(-2);
    if (last && Math.abs(stop[0] - last[0]) < LEVEL && Math.abs(stop[1] - last[1]) < LEVEL) continue;
    if (last && before && same(before, last) && same(last, stop)) kept.pop();
    kept.push(stop);
  }
  return kept.slice(1).map((stop, i) => cubic(kept[i], stop, 0.5));
}

/** @param {Point} a @param {Point} b */
function same(a, b) {
  return Math.abs(a[1] - b[1]) < 0.5;
}
