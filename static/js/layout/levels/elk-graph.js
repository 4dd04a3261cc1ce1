/** What the layered layouter is asked: every item a box with the places where wires may meet it. */

import { shapeText } from "../../format.js";
import { layerTitle } from "../../modules/module-tree.js";
import { operationLabel } from "../../trace/operation-label.js";
import { byId } from "../../trace/trace-types.js";
import { cardSize, HEADER, SHRUNK } from "../cards.js";
import { EXIT } from "../columns.js";
import { layoutOf } from "../layout.js";
import { unitFrames } from "../units.js";

/**
 * @typedef {import("../../trace/trace-types.js").Trace} Trace
 * @typedef {import("../graph.js").Graph} Graph
 * @typedef {import("../layout.js").Layout} Layout
 * @typedef {import("./wiring.js").Wiring} Wiring
 * @typedef {import("./wiring.js").Item} Item
 *
 * @typedef {object} Inside  What is known of an item before it has a place.
 * @property {Item} item
 * @property {number} width
 * @property {number} height
 * @property {import("../blocks.js").Size | null} size  of a card
 * @property {Layout | null} layout                    of a region, in its own coordinates
 * @property {string | null} label                     of a chip or a name
 * @property {{left: number, top: number}} pad         where a region's own layout begins
 *
 * @typedef {{key: string, parent: string | null, items: string[], frame: import("../../modules/frames.js").Frame}} Nest
 *   A frame, the one around it, and the items that stand in no inner one.
 *
 * @typedef {{x: number, y: number}} Point
 * @typedef {{id: string, x?: number, y?: number, width?: number, height?: number, ports?: ElkPort[], layoutOptions?: Record<string, string>, children?: ElkNode[], edges?: ElkEdge[]}} ElkNode
 * @typedef {{id: string, x?: number, y?: number, width: number, height: number, layoutOptions?: Record<string, string>}} ElkPort
 * @typedef {{id: string, sources: string[], targets: string[], sections?: {startPoint: Point, endPoint: Point, bendPoints?: Point[]}[]}} ElkEdge
 */

/** Room between a region's frame and its layout, px: for the head of a single operation, and for its runs' slices. */
const FRAME = { side: 16, top: 16, head: 58, runs: 36, bottom: 10 };
const HEAD = { note: 112, letter: 9.6, small: 7.4, name: 12, over: 40, air: 8 };
const CHIP = { height: 32, least: 46, letter: 9, air: 26 };
const NAME = { height: 26, letter: 9, air: 18 };
const CARD = { least: 128, air: 20 };
const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "POLYLINE",
  "elk.spacing.nodeNode": "18",
  "elk.spacing.edgeNode": "12",
  "elk.spacing.edgeEdge": "10",
  "elk.layered.spacing.nodeNodeBetweenLayers": "28",
  "elk.layered.spacing.edgeNodeBetweenLayers": "10",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "PREFER_NODES",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
};

/** Across frames the layouter cannot keep an order that it is given; it stops with an error. */
const UNORDERED = { "elk.layered.considerModelOrder.strategy": "NONE" };
const CLOSE = { "elk.layered.spacing.nodeNodeBetweenLayers": "20" };
/** Wires cross frames, and every place is told from the corner of the whole. */
const NESTED = {
  ...UNORDERED,
  ...CLOSE,
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "org.eclipse.elk.json.shapeCoords": "ROOT",
  "org.eclipse.elk.json.edgeCoords": "ROOT",
};
const FRAMED = { ...UNORDERED, ...CLOSE, "elk.padding": "[top=40,left=14,bottom=14,right=14]" };

/**
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Wiring} wiring
 * @param {boolean} tight
 * @returns {Map<string, Inside>} by key of the item
 */
export function insidesOf(trace, graph, wiring, tight) {
  const tensors = byId(trace.tensors);
  return new Map(
    wiring.items.map((item) => [item.key, insideOf(trace, graph, wiring, tensors, tight, item)]),
  );
}

/**
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Wiring} wiring
 * @param {Map<number, import("../../trace/trace-types.js").TraceTensor>} tensors
 * @param {boolean} tight
 * @param {Item} item
 * @returns {Inside}
 */
function insideOf(trace, graph, wiring, tensors, tight, item) {
  const bare = { item, size: null, layout: null, label: null, pad: { left: 0, top: 0 } };
  if (item.kind === "region") {
    const { ops } = /** @type {import("./regions.js").Block} */ (item.block);
    const layout = layoutOf(trace, part(graph, wiring, item), tight);
    if (ops.length === 1) layout.bounds = headed(layout);
    return { ...bare, ...framed(ops, layout) };
  }
  if (item.kind === "chip") {
    const label = chipLabel(item, tensors);
    const width = Math.max(CHIP.least, Math.round(label.length * CHIP.letter + CHIP.air));
    return { ...bare, label, width, height: CHIP.height };
  }
  const member = /** @type {import("../graph.js").Member} */ (item.member);
  if (item.kind === "name") {
    const label = member.tensor.name ?? member.tensor.label;
    return { ...bare, label, width: label.length * NAME.letter + NAME.air, height: NAME.height };
  }
  const scores = graph.call === null ? [] : trace.backward[graph.call].scores;
  const own = scores.find(({ tensor }) => tensor === member.tensor.id)?.values ?? [];
  const size = cardSize(member.tensor, own, SHRUNK);
  return { ...bare, size, width: Math.max(CARD.least, size.width + CARD.air), height: HEADER + size.height };
}

/** Bounds without the chip under the band: a single operation is named at the head of its frame. @param {Layout} layout */
function headed({ bounds, boxes, lanes }) {
  const floor = Math.max(
    ...[...boxes.values()].map((box) => box.y + box.size.height + box.kept),
    ...[...lanes.values()].map((lane) => lane.y + lane.count * lane.pitch),
  );
  return { ...bounds, height: floor + FRAME.bottom - bounds.y };
}

/** @param {import("../../trace/trace-types.js").TraceOp[]} ops @param {Layout} layout */
function framed(ops, layout) {
  const single = ops.length === 1;
  const runs = single && unitFrames(ops[0], layout).length > 0;
  const over = overhang(layout);
  const left = Math.max(runs ? FRAME.runs : FRAME.side, over.left);
  const top = single ? FRAME.head : FRAME.top;
  const width = layout.bounds.width + left + Math.max(FRAME.side, over.right);
  return { layout, pad: { left, top }, width, height: layout.bounds.height + top + FRAME.bottom };
}

/** How far the heads of tensors reach over the layout's sides, px. @param {Layout} layout */
function overhang({ boxes, bounds }) {
  const heads = [...boxes.values()].map((box) => {
    const half = headWidth(box) / 2;
    const middle = box.x + box.size.width / 2;
    return { left: bounds.x - (middle - half), right: middle + half - (bounds.x + bounds.width) };
  });
  return {
    left: Math.max(...heads.map(({ left }) => left)) + HEAD.air,
    right: Math.max(...heads.map(({ right }) => right)) + HEAD.air,
  };
}

/** Estimate of the two lines over a tensor. @param {import("../layout.js").Box} box */
function headWidth({ member: { tensor }, size }) {
  if (!size.header) return size.width;
  const room = Math.floor((size.width + HEAD.over) / HEAD.letter) - 3;
  const name = Math.min((tensor.name ?? tensor.label).length, Math.max(HEAD.name, room));
  return Math.max(HEAD.note, name * HEAD.letter + 8 + shapeText(tensor.shape).length * HEAD.small);
}

/** @param {Item} item @param {Map<number, import("../../trace/trace-types.js").TraceTensor>} tensors */
function chipLabel({ block }, tensors) {
  if (!block) return "";
  return block.label ?? layerTitle(block.ops[0]) ?? operationLabel(block.ops[0], tensors);
}

/**
 * The graph of one region: its operations, with every tensor in the role that it has in the whole.
 * @param {Graph} graph
 * @param {Wiring} wiring
 * @param {Item} item
 * @returns {Graph}
 */
export function part(graph, { wires, partition }, { key, block }) {
  const ops = block?.ops ?? [];
  const touched = new Set(ops.flatMap((op) => [...op.inputs, ...op.outputs]));
  const members = graph.members.filter(
    ({ tensor }) => touched.has(tensor.id) && (tensor.constant || partition.homes.get(tensor.id) === block),
  );
  const made = new Set(graph.ops.flatMap((op) => op.outputs));
  const entries = members
    .map(({ tensor }) => tensor.id)
    .filter((id) => made.has(id) && !ops.some((op) => op.outputs.includes(id)));
  const exits = [...new Set(wires.filter(({ from }) => from === key).map(({ tensor }) => tensor))];
  const roots = graph.roots.filter((id) => members.some(({ tensor }) => tensor.id === id));
  return { ...graph, ops, members, roots, entries, exits };
}

/**
 * @param {Wiring} wiring
 * @param {Map<string, Inside>} insides
 * @param {Nest[]} [nests]  frames around items, outer ones first
 * @returns {ElkNode}
 */
export function elkGraph({ items, wires }, insides, nests = []) {
  /** @type {Map<string, ElkPort[]>} */
  const ports = new Map(items.map(({ key }) => [key, []]));
  /** @param {string} key @param {import("./wiring.js").Wire} wire @param {"WEST" | "EAST"} side */
  const meet = (key, wire, side) => {
    const inside = /** @type {Inside} */ (insides.get(key));
    const free = inside.item.kind === "chip" && side === "WEST";
    const id = `${key} ${side} ${free ? wire.key : wire.tensor}`;
    const own = /** @type {ElkPort[]} */ (ports.get(key));
    if (!own.some((port) => port.id === id)) own.push(portOf(id, inside, wire.tensor, side));
    return id;
  };
  const edges = wires.map((wire) => ({
    id: wire.key,
    sources: [meet(wire.from, wire, "EAST")],
    targets: [meet(wire.to, wire, "WEST")],
  }));
  const children = items.map(({ key, kind }) => {
    const { width, height } = /** @type {Inside} */ (insides.get(key));
    const constraint = kind === "chip" ? "FIXED_SIDE" : "FIXED_POS";
    return {
      id: key,
      width,
      height,
      ports: ports.get(key),
      layoutOptions: { "elk.portConstraints": constraint },
    };
  });
  if (!nests.length) return { id: "picture", layoutOptions: OPTIONS, children, edges };
  return {
    id: "picture",
    layoutOptions: { ...OPTIONS, ...NESTED },
    children: nested(children, nests),
    edges,
  };
}

/**
 * Items inside their frames, frames inside theirs.
 * @param {ElkNode[]} children
 * @param {Nest[]} nests
 * @returns {ElkNode[]}
 */
function nested(children, nests) {
  const frames = new Map(
    nests.map(({ key }) => [
      key,
      { id: key, layoutOptions: { ...OPTIONS, ...FRAMED }, children: /** @type {ElkNode[]} */ ([]) },
    ]),
  );
  const homes = new Map(nests.flatMap(({ key, items }) => items.map((item) => [item, key])));
  /** @type {ElkNode[]} */
  const top = [];
  for (const child of children) (frames.get(homes.get(child.id) ?? "")?.children ?? top).push(child);
  for (const { key, parent } of nests) {
    const own = /** @type {ElkNode} */ (frames.get(key));
    (frames.get(parent ?? "")?.children ?? top).push(own);
  }
  return top;
}

/**
 * @param {string} id
 * @param {Inside} inside
 * @param {number} tensor
 * @param {"WEST" | "EAST"} side
 * @returns {ElkPort}
 */
function portOf(id, inside, tensor, side) {
  const x = side === "WEST" ? 0 : inside.width;
  const layoutOptions = { "elk.port.side": side };
  if (inside.item.kind === "chip") return { id, width: 0, height: 0, layoutOptions };
  return { id, x, y: levelOf(inside, tensor, side), width: 0, height: 0, layoutOptions };
}

/**
 * The lanes by which a tensor's wire leaves its region, from left to right.
 * @param {Layout} layout
 * @param {number} tensor
 */
export function exitLanes({ lanes }, tensor) {
  return [...lanes]
    .filter(([key]) => key.startsWith(`${tensor} ${EXIT} `))
    .map(([, lane]) => lane)
    .sort((a, b) => a.x0 - b.x0);
}

/**
 * The height at which a tensor's wires meet an item, from its top: level with what they join, or with the lane by which
 * they leave a region.
 * @param {Inside} inside
 * @param {number} tensor
 * @param {"WEST" | "EAST"} side
 */
function levelOf({ layout, size, height, pad }, tensor, side) {
  const last = side === "EAST" && layout ? exitLanes(layout, tensor).at(-1) : undefined;
  if (layout && last) return last.y + last.pitch / 2 - layout.bounds.y + pad.top;
  const box = layout?.boxes.get(tensor);
  if (layout && box) return box.y + box.size.height / 2 - layout.bounds.y + pad.top;
  return size ? HEADER + size.height / 2 : height / 2;
}
