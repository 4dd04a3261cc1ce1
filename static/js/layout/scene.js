/** The picture of one step: everything that the marks draw, as plain data. Texts are given as keys and values. */

import { drawerOf } from "../trace/bookings.js";
import { stopOf } from "../trace/stops.js";
import { LANDED } from "../trace/moves.js";
import { foldsOf } from "./levels/folds.js";
import { hookMarks } from "./hooks.js";
import { linesOf } from "./lines.js";
import { factsOf } from "./levels/op-facts.js";
import { sumBarOf } from "./sum-bar.js";
import { DRAWER } from "./bands.js";
import { retainedMarks } from "./retained.js";
import { cardOf, drawerHeader, headerOf, nodesOf, seedHeader } from "./tensors.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./layout.js").Layout} Layout
 * @typedef {import("./edges.js").Edge} Edge
 * @typedef {{tensor: number, element: number}} Selection
 *
 * @typedef {object} Picture   What does not change from step to step.
 * @property {Trace} trace
 * @property {Graph} graph
 * @property {Layout} layout
 * @property {{edges: Edge[], ribbons: import("./edges.js").Ribbon[], total: number, painted: boolean}} lines
 * @property {import("./versions.js").Cut[]} cuts  wires that in-place writes cut
 * @property {Map<string, number>} uses  by "tensor element": copies that are made of it
 * @property {Map<number, import("../picture/symbols.js").Symbol>} symbols
 * @property {import("./runs/run-picture.js").RunFacts} [run]  only one run of an operation is shown
 *
 * @typedef {object} OpPlace
 * @property {number} op
 * @property {number} x           centre of the chip
 * @property {number} y
 * @property {import("../trace/stops.js").Stop | null} stop  why the walk ended here
 * @property {boolean} compact    one line only: several operations share the band, or the canvas is low
 * @typedef {OpPlace & import("./levels/op-facts.js").OpFacts} OpMark
 *
 * @typedef {object} DrawerMark
 * @property {number} x
 * @property {number} y
 * @property {number} height
 * @property {{from: number, to: number, value: number} | null} previous  calls from 1, and what they left
 * @property {number} call       from 1
 * @property {number} amount
 * @property {boolean} pending   not booked yet
 * @property {boolean} arrived   the amount is known: the leaf has its score
 * @property {number} tensor
 * @property {number} element
 * @property {Scalar} now        `.grad` at this moment; null is None
 *
 * @typedef {{x: number, y: number, value: Scalar | null}} SeedMark  value null: nobody gave it
 */

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {import("../why/reading.js").Look} look
 */
export function sceneOf(picture, known, look) {
  const { graph, layout } = picture;
  const boxes = [...layout.boxes.values()];
  const focus = focusOf(picture, known);
  const { selection } = look;
  const sum = sumBarOf(picture, known, look);
  const tint = graph.alone ? null : tintOf(picture, focus.op);
  return {
    tint,
    sight: tint ?? (graph.alone ? null : foldedSight(layout, focus.op)),
    headers: boxes.flatMap((box) => headersOf(picture, box)),
    nodes: boxes.flatMap((box) => nodesOf(picture, known, focus, selection, box)),
    cards: boxes.map((box) => cardOf(known, focus, selection, box)).filter((card) => card !== null),
    ...linesOf(picture, known, look, sum !== null),
    sums: sum ? [sum] : [],
    ops: (graph.narrow ? [] : graph.ops.filter((op) => hasChip(layout, op))).map((op) =>
      opMark(picture, known, focus, op),
    ),
    ...foldsOf(picture, known, focus),
    drawers: boxes.filter(({ drawer }) => drawer).flatMap((box) => drawerMarks(picture, known, box)),
    retained: boxes.flatMap((box) => retainedMarks(picture, known, box)),
    hooks: hookMarks(picture, known),
    cuts: picture.cuts,
    seeds: seedMarks(picture),
    faults: /** @type {import("./fault-rings.js").FaultRing[]} */ ([]),
    run: /** @type {import("./runs/run-scene.js").RunMarks | null} */ (null),
  };
}

/** Folded operations and those alone in their region are named elsewhere. @param {Layout} layout @param {TraceOp} op */
function hasChip({ bands, regions }, op) {
  return bands.has(op.id) && !regions.some(({ ops }) => ops.length === 1 && ops[0] === op.id);
}

/** @param {Picture} picture @param {import("./layout.js").Box} box */
function headersOf(picture, box) {
  const own = headerOf(picture, box);
  const missing = seedsMissing(picture, box);
  const seeds = missing ? [seedHeader(box, missing)] : [];
  const drawer = box.drawer ? [drawerHeader(box, box.x - DRAWER.gap - DRAWER.width / 2)] : [];
  return own ? [own, ...drawer, ...seeds] : [...drawer, ...seeds];
}

/**
 * What the current step points at.
 * @param {Picture} picture
 * @param {Known} known
 * @returns {{op: TraceOp | null, halo: Set<number>, error: TraceOp | null}}
 */
export function focusOf({ trace, graph }, { step, beat, scores, part }) {
  const op = graph.ops.find((candidate) => candidate.id === step?.op) ?? null;
  const call = step?.call !== null && step?.call !== undefined ? trace.backward[step.call] : null;
  if (step?.kind === "seed") return { op: null, halo: new Set(graph.roots), error: null };
  if (step?.kind === "accumulate")
    return { op: null, halo: new Set(call?.accumulated.map((a) => a.tensor)), error: null };
  if (step?.kind === "error") return { op: null, halo: new Set(), error: op };
  const sending =
    step?.kind === "backward" && beat === 0 ? (op?.outputs ?? []).filter((id) => scores.has(id)) : [];
  const landed = step && beat === LANDED ? step.reached.filter((id) => !part || part.tensor === id) : [];
  return { op, halo: new Set([...sending, ...landed]), error: null };
}

/** @typedef {{op: TraceOp | null, halo: Set<number>, error: TraceOp | null}} Focus */

/**
 * The yellow field behind the current operation: from the middle of its inputs to the middle of its outputs.
 * @param {Picture} picture
 * @param {TraceOp | null} op
 */
function tintOf({ graph, layout }, op) {
  const band = op && layout.bands.get(op.id);
  const region = op && layout.regions.find(({ ops }) => ops.includes(op.id));
  if (!op || !band || region?.ops.length === 1) return null;
  const inputs = op.inputs.map((id) => layout.boxes.get(id)).filter((box) => box !== undefined);
  const outputs = op.outputs.map((id) => layout.boxes.get(id)).filter((box) => box !== undefined);
  const near = [...inputs, ...outputs];
  const x = inputs.length ? Math.max(...inputs.map((box) => box.x + box.size.width / 2)) : band.x0;
  const right = Math.max(...outputs.map((box) => box.x + box.size.width / 2));
  const whole = region ? region.y + 16 : layout.bounds.y;
  const top = band.alone ? whole - 10 : Math.min(...near.map((box) => box.y)) - 14;
  const { bounds } = layout;
  const chips = Math.max(
    band.chipY + (layout.tight ? 26 : 60),
    ...(band.alone ? [0] : near.map((box) => box.y + box.size.height + 12)),
  );
  const floor = graph.narrow ? bounds.y + bounds.height + 10 : chips;
  return { x, y: top, width: right - x, height: floor - top };
}

/**
 * Where the current operation is, folded or alone in its region.
 * @param {Layout} layout
 * @param {TraceOp | null} op
 */
function foldedSight(layout, op) {
  const region = layout.regions.find(({ ops }) => op && ops.includes(op.id));
  if (region) return region;
  const chip = layout.folded.find(({ ops }) => op && ops.includes(op.id));
  return chip ? { ...chip, x: chip.x - chip.width / 2, y: chip.y - chip.height / 2 } : null;
}

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {Focus} focus
 * @param {TraceOp} op
 * @returns {OpMark}
 */
export function opMark({ trace, layout }, known, focus, op) {
  const band = /** @type {import("./layout.js").Band} */ (layout.bands.get(op.id));
  const facts = factsOf(trace, known, focus, op);
  const stop = facts.state === "error" ? stopOf(trace, known) : null;
  const compact = layout.tight || !band.alone;
  return { op: op.id, x: band.chipX, y: band.chipY, ...facts, stop, compact };
}

/** @param {Picture} picture @param {Known} known @param {import("./layout.js").Box} box @returns {DrawerMark[]} */
function drawerMarks({ trace, graph }, known, box) {
  const position = /** @type {number} */ (graph.call);
  const drawer = drawerOf(trace, position, box.member.tensor.id);
  if (!drawer) return [];
  const pending = !(known.call === position && known.booked);
  const calls = drawer.earlier.map((booking) => booking.call + 1);
  return box.size.cells.map((cell, i) => ({
    x: box.x,
    y: box.y + cell.y,
    height: box.size.cell,
    previous: calls.length
      ? { from: calls[0], to: calls[calls.length - 1], value: Number(drawer.before?.[i]) }
      : null,
    call: position + 1,
    amount: drawer.current.amounts[i],
    pending,
    arrived: known.call === position && known.scores.get(box.member.tensor.id)?.[i] !== undefined,
    tensor: box.member.tensor.id,
    element: i,
    now: (pending ? drawer.before?.[i] : drawer.after?.[i]) ?? null,
  }));
}

/** Where nothing could be sent back, nobody is missing a score. @param {Trace} trace @param {number} call */
function hasNoWay(trace, call) {
  return trace.backward[call].error?.hint?.code === "no-grad-fn";
}

/**
 * How many elements of a root wait for a score that nobody gave.
 * @param {Picture} picture
 * @param {import("./layout.js").Box} box
 */
function seedsMissing({ trace, graph }, box) {
  const roots = graph.call === null || hasNoWay(trace, graph.call) ? [] : trace.backward[graph.call].roots;
  const root = roots.find(({ tensor, gradient }) => tensor === box.member.tensor.id && gradient === null);
  return root && box.size.mode === "nodes" ? box.size.count : 0;
}

/** @param {Picture} picture @returns {SeedMark[]} */
function seedMarks({ trace, graph, layout }) {
  if (graph.call === null || hasNoWay(trace, graph.call)) return [];
  return trace.backward[graph.call].roots.flatMap(({ tensor, gradient }) => {
    const box = layout.boxes.get(tensor);
    const used = graph.ops.some((op) => op.inputs.includes(tensor)) || (graph.narrow && gradient);
    if (!box || used || box.size.mode !== "nodes") return [];
    return box.size.cells.map((cell, i) => ({
      x: box.x + box.size.width,
      y: box.y + cell.y + box.size.cell / 2,
      value: gradient?.[i] ?? null,
    }));
  });
}
