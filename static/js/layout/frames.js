/** Frames of open modules where every operation is unfolded: around what their operations make and their parameters. */

import { framesOf } from "../modules/frames.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Layout} Layout
 * @typedef {import("./layout.js").PlacedFrame} PlacedFrame
 * @typedef {{x: number, y: number, width: number, height: number}} Rect
 */

/** Room around what stands in a frame, px; head for its title. */
const ROOM = { side: 18, head: 40, over: 22, foot: 60 };

/**
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Layout} layout
 * @returns {Layout} the same with frames, and room for them
 */
export function withFrames(trace, graph, layout) {
  if (graph.alone || graph.narrow) return layout;
  const parameters = new Set((trace.modules ?? []).flatMap((module) => module.parameters));
  /** @type {PlacedFrame[]} */
  const placed = [];
  for (const frame of framesOf(trace, graph.ops).reverse()) {
    const inner = placed.filter(({ parent }) => parent === frame.module);
    const rect = around([...partsOf(graph, layout, frame, parameters), ...inner]);
    if (rect) placed.unshift({ ...frame, ...rect });
  }
  const frames = placed.filter((frame) => isClear(frame, placed, graph, layout));
  const bounds = frames.length ? (union([layout.bounds, ...frames]) ?? layout.bounds) : layout.bounds;
  return { ...layout, frames, bounds };
}

/**
 * @param {Graph} graph
 * @param {Layout} layout
 * @param {import("../modules/frames.js").Frame} frame
 * @param {Set<number>} parameters
 * @returns {Rect[]}
 */
function partsOf(graph, { boxes, bands, tight }, { ops: ids, derives }, parameters) {
  const own = graph.ops.filter(({ id }) => ids.includes(id));
  const tensors = own.flatMap((op) => [...op.outputs, ...op.inputs.filter((id) => parameters.has(id))]);
  const held = [...new Set(tensors)].flatMap((id) => boxes.get(id) ?? []);
  const bodies = held.map((box) => {
    const top = Math.min(box.y, box.headerY - ROOM.over);
    return { x: box.x, y: top, width: box.size.width, height: box.y + box.size.height + box.kept - top };
  });
  // The graph of a call begins in the middle of a picture, where its first chip stands under somebody else's tensor.
  const chips = derives === undefined ? own.flatMap(({ id }) => bands.get(id) ?? []) : [];
  const foot = tight ? 26 : ROOM.foot;
  return [
    ...bodies,
    ...chips.map(({ chipX, chipY }) => ({ x: chipX - 40, y: chipY - 16, width: 80, height: foot })),
  ];
}

/** @param {Rect[]} parts @returns {Rect | null} */
function around(parts) {
  const rect = union(parts);
  if (!rect) return null;
  const { x, y, width, height } = rect;
  return {
    x: x - ROOM.side,
    y: y - ROOM.head,
    width: width + 2 * ROOM.side,
    height: height + ROOM.head + ROOM.side,
  };
}

/** @param {Rect[]} parts @returns {Rect | null} */
function union(parts) {
  if (!parts.length) return null;
  const x = Math.min(...parts.map((part) => part.x));
  const y = Math.min(...parts.map((part) => part.y));
  const right = Math.max(...parts.map((part) => part.x + part.width));
  const floor = Math.max(...parts.map((part) => part.y + part.height));
  return { x, y, width: right - x, height: floor - y };
}

/**
 * A frame that would also hold somebody else's operation, or cross another frame, says something untrue.
 * @param {PlacedFrame} frame
 * @param {PlacedFrame[]} all
 * @param {Graph} graph
 * @param {Layout} layout
 */
function isClear(frame, all, graph, { bands }) {
  const strange = graph.ops.some(({ id }) => {
    const band = bands.get(id);
    return band && !frame.ops.includes(id) && holds(frame, band.chipX, band.chipY);
  });
  return (
    !strange &&
    !all.some((other) => other.parent === frame.parent && other !== frame && crosses(frame, other))
  );
}

/** @param {Rect} rect @param {number} x @param {number} y */
function holds(rect, x, y) {
  return x > rect.x && x < rect.x + rect.width && y > rect.y && y < rect.y + rect.height;
}

/** @param {Rect} a @param {Rect} b */
function crosses(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
