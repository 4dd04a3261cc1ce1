/** Which items of a folded picture stand in which frame of an open module. */

import { framesOf } from "../../modules/frames.js";

/**
 * @typedef {import("../../trace/trace-types.js").Trace} Trace
 * @typedef {import("../graph.js").Graph} Graph
 * @typedef {import("./wiring.js").Wiring} Wiring
 * @typedef {import("./wiring.js").Item} Item
 * @typedef {import("./elk-graph.js").Nest} Nest
 * @typedef {import("../../modules/frames.js").Frame} Frame
 */

/**
 * A block stands in the innermost frame that holds all its operations, a parameter with its users, a result between
 * its maker and its users. A frame that holds one item alone would only repeat it.
 * @param {Trace} trace
 * @param {Graph} graph
 * @param {Wiring} wiring
 * @returns {Nest[]}
 */
export function nestsOf(trace, graph, wiring) {
  const whole = framesOf(trace, graph.ops).filter((frame) => isWhole(frame, wiring));
  if (!whole.length) return [];
  const parameters = new Set((trace.modules ?? []).flatMap((module) => module.parameters));
  /** @type {Map<string, Frame | null>} */
  const homes = new Map();
  for (const { key, block } of wiring.items)
    if (block)
      homes.set(
        key,
        innermost(
          whole,
          block.ops.map(({ id }) => id),
        ),
      );
  for (const item of wiring.items)
    if (!item.block) homes.set(item.key, homeOf(item, wiring, homes, whole, parameters));
  const shown = new Set(whole.map(({ module }) => module));
  return whole.map((frame) => ({
    key: keyOf(frame.module),
    parent: frame.parent !== null && shown.has(frame.parent) ? keyOf(frame.parent) : null,
    items: [...homes].filter(([, home]) => home === frame).map(([key]) => key),
    frame,
  }));
}

/** @param {number} module */
function keyOf(module) {
  return `m${module}`;
}

/** Every block lies inside or outside, and there are two of them. @param {Frame} frame @param {Wiring} wiring */
function isWhole({ ops }, { partition: { blocks } }) {
  const own = new Set(ops);
  const within = blocks.filter((block) => block.ops.every(({ id }) => own.has(id)));
  const cut = blocks.some((block) => !within.includes(block) && block.ops.some(({ id }) => own.has(id)));
  return !cut && within.length > 0;
}

/** @param {Frame[]} frames @param {number[]} ops */
function innermost(frames, ops) {
  return frames.findLast((frame) => ops.every((id) => frame.ops.includes(id))) ?? null;
}

/**
 * @param {Item} item  a card or a name
 * @param {Wiring} wiring
 * @param {Map<string, Frame | null>} homes
 * @param {Frame[]} frames
 * @param {Set<number>} parameters
 */
function homeOf({ key, member }, { wires }, homes, frames, parameters) {
  const near = wires.filter(({ from, to }) => from === key || to === key);
  const users = wires.filter(({ from }) => from === key);
  const made = near.some(({ to }) => to === key);
  if (!users.length || (!made && !parameters.has(member?.tensor.id ?? -1))) return null;
  const ops = near.map(({ from, to }) => homes.get(from === key ? to : from));
  if (ops.some((home) => !home)) return null;
  return innermost(
    frames,
    ops.flatMap((home) => home?.ops ?? []),
  );
}
