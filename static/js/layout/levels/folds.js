/** What the folded part of a picture shows at one step: wires, chips, names, and the frames of what is unfolded. */

import { stopOf } from "../../trace/stops.js";
import { factsOf, unfoldable } from "./op-facts.js";
import { unitFrames } from "../units.js";

/**
 * @typedef {import("../scene.js").Picture} Picture
 * @typedef {import("../scene.js").Focus} Focus
 * @typedef {import("../../trace/walk.js").Known} Known
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("./op-facts.js").OpFacts} OpFacts
 *
 * @typedef {object} FoldMark
 * @property {string} key
 * @property {number} op        the first of its operations
 * @property {number[]} ops
 * @property {boolean} group    a name for several operations
 * @property {number} x         centre
 * @property {number} y         centre
 * @property {number} width
 * @property {number} height
 * @property {string} label
 * @property {OpFacts[]} facts  of its operations
 * @property {import("./op-facts.js").OpFacts["layer"]} layer
 * @property {import("./op-facts.js").OpState} state
 *
 * @typedef {object} RegionMark
 * @property {string} key
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {boolean} now
 * @property {(OpFacts & {op: number, units: {count: number, inputs: number, outputs: number} | null, stop: import("../../trace/stops.js").Stop | null}) | null} head
 *   of a region of one operation
 * @property {import("../units.js").UnitFrame[]} units
 *
 * @typedef {{wire: import("./folded.js").Wire, now: boolean}} WireMark
 */

/** @type {ReturnType<typeof foldsOf>} */
export const NO_FOLDS = { wires: [], names: [], folds: [], regions: [], frames: [] };

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {Focus} focus
 */
export function foldsOf({ trace, graph, layout }, known, focus) {
  const current = focus.op ?? focus.error;
  /** @param {number[]} ids */
  const holds = (ids) => current !== null && ids.includes(current.id);
  const ops = new Map(graph.ops.map((op) => [op.id, op]));
  return {
    wires: layout.wires.map((wire) => ({ wire, now: holds(wire.ops) })),
    names: layout.names,
    frames: layout.frames,
    folds: layout.folded.map((chip) => foldMark(chip, present(chip.ops, ops), trace, known, focus)),
    regions: layout.regions.map((region) => {
      const own = present(region.ops, ops);
      const { key, x, y, width, height } = region;
      return {
        key,
        x,
        y,
        width,
        height,
        now: holds(region.ops),
        ...headOf(own, layout, trace, known, focus),
      };
    }),
  };
}

/** @param {number[]} ids @param {Map<number, TraceOp>} ops */
function present(ids, ops) {
  return ids.map((id) => ops.get(id)).filter((op) => op !== undefined);
}

/**
 * @param {import("./folded.js").Chip} chip
 * @param {TraceOp[]} ops
 * @param {Picture["trace"]} trace
 * @param {Known} known
 * @param {Focus} focus
 * @returns {FoldMark}
 */
function foldMark(chip, ops, trace, known, focus) {
  const facts = ops.map((op) => factsOf(trace, known, focus, op));
  const states = facts.map(({ state }) => state);
  const pointed = states.find((state) => state === "error" || state === "now");
  const state = pointed ?? (states.every((own) => own === "done") ? "done" : "wait");
  return { ...chip, op: chip.ops[0], facts, state, layer: chip.group ? null : (unfoldable(ops[0]) ?? null) };
}

/**
 * @param {TraceOp[]} ops
 * @param {Picture["layout"]} layout
 * @param {Picture["trace"]} trace
 * @param {Known} known
 * @param {Focus} focus
 * @returns {Pick<RegionMark, "head" | "units">}
 */
function headOf(ops, layout, trace, known, focus) {
  const [op] = ops;
  if (ops.length !== 1) return { head: null, units: [] };
  const facts = factsOf(trace, known, focus, op);
  const relation = op.relations.find(({ carries }) => carries) ?? null;
  const stop = facts.state === "error" ? stopOf(trace, known) : null;
  return {
    head: { op: op.id, ...facts, stop, units: relation?.units ?? null },
    units: unitFrames(op, layout),
  };
}
