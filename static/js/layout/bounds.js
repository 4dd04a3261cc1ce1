/** How much room a picture takes. */

import { DRAWER } from "./bands.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Box} Box
 */

const UNDER_CHIP = { roomy: 54, tight: 20 };
const SEED = { given: 56, missing: 104 };

/**
 * Room right of a root for the scores that the walk begins with.
 * @param {Trace} trace
 * @param {Graph} graph
 */
export function seedRoom(trace, graph) {
  const roots = graph.call === null ? [] : trace.backward[graph.call].roots;
  const shown = new Set(graph.members.map((member) => member.tensor.id));
  const free = roots.filter(
    ({ tensor, gradient }) =>
      shown.has(tensor) && !(graph.narrow && gradient) && !graph.ops.some((op) => op.inputs.includes(tensor)),
  );
  if (!free.length) return 0;
  return free.some(({ gradient }) => gradient === null) ? SEED.missing : SEED.given;
}

/**
 * Everything that is drawn, heads, drawers and chips included.
 * @param {Map<number, Box>} boxes
 * @param {Map<number, import("./bands.js").Band>} bands
 * @param {number} room    right of the last column, px
 * @param {boolean} tight
 */
export function boundsOf(boxes, bands, room, tight) {
  const under = tight ? UNDER_CHIP.tight : UNDER_CHIP.roomy;
  const all = [...boxes.values()];
  const x = Math.min(...all.map((box) => box.x - (box.drawer ? DRAWER.width + DRAWER.gap : 0)));
  const y = Math.min(...all.map((box) => Math.min(box.y, box.headerY - 18)));
  const right = Math.max(...all.map((box) => box.x + box.size.width)) + room;
  const floor = Math.max(
    ...all.map((box) => box.y + box.size.height + box.kept),
    ...[...bands.values()].map((b) => b.chipY + under),
  );
  return { x, y, width: right - x, height: floor - y };
}
