/** The picture of one run of an operation: a picture like the others, with only this operation in it. */

import { codeName } from "../../code/code-name.js";
import { toNumber } from "../../format.js";
import { loopOf } from "../../loops/loop.js";
import { runSlices } from "../../loops/loop-code.js";
import { columnsOf } from "./run-columns.js";
import { cubic } from "../curves.js";
import { ALL_UNFOLDED } from "../layout.js";
import { runLayoutOf } from "./run-layout.js";

/**
 * @typedef {import("../../trace/trace-types.js").Trace} Trace
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../../trace/trace-types.js").Relation} Relation
 * @typedef {import("../../loops/loop.js").Loop} Loop
 * @typedef {import("../scene.js").Picture} Picture
 * @typedef {import("../edges.js").Edge} Edge
 * @typedef {import("./run-layout.js").RunLayout} RunLayout
 * @typedef {import("./run-columns.js").Focus} Focus
 *
 * @typedef {object} RunFacts
 * @property {Loop} loop
 * @property {number} index      which run, from 0
 * @property {import("../../loops/units.js").Unit} unit
 * @property {RunLayout} layout
 * @typedef {Picture & {run: RunFacts}} RunPicture
 */

const PARALLEL = 18;

/**
 * @param {Picture} whole  the picture that the operation belongs to
 * @param {TraceOp} op
 * @param {number} input   the tensor with respect to which it is read
 * @param {number} index   which run
 * @param {{tensor: number, element: number} | null} selection
 * @returns {RunPicture | null} null where the trace does not tell the run
 */
export function runPictureOf(whole, op, input, index, selection) {
  const { trace, graph, symbols } = whole;
  const loop = loopOf(trace, op, input);
  const unit = loop?.run(Math.min(index, loop.count - 1)) ?? null;
  if (!loop || !unit) return null;
  const scores = graph.call === null ? [] : trace.backward[graph.call].scores;
  const scored = (/** @type {number} */ id) => {
    const score = scores.find(({ tensor }) => tensor === id);
    return score?.values ?? score?.some;
  };
  const columns = columnsOf(loop, unit, focusOf(loop, unit, selection), scored(loop.output.id));
  const numbers = [
    ...columns.inputs.flatMap((i) => [loop.input.values?.[i], scored(loop.input.id)?.[i]]),
    ...columns.outputs.flatMap((i) => [loop.output.values?.[i], scored(loop.output.id)?.[i]]),
  ];
  const names = { input: codeName(loop.input, symbols), output: codeName(loop.output, symbols) };
  const run = runLayoutOf(loop, unit, runSlices(loop, unit, names), columns, numbers);
  const layout = layoutFor(whole, loop, run);
  return {
    trace,
    symbols,
    graph: { ...graph, key: `${graph.key} run ${op.id} ${input}`, ops: [op], total: 1 },
    layout,
    lines: { edges: edgesIn(loop, run), ribbons: [], total: total(loop), painted: false },
    cuts: [],
    uses: new Map(),
    run: { loop, index, unit, layout: run },
  };
}

/** @param {Loop} loop */
function total({ uses }) {
  return uses.reduce((sum, { edge_count }) => sum + edge_count, 0);
}

/**
 * @param {Loop} loop
 * @param {import("../../loops/units.js").Unit} unit
 * @param {{tensor: number, element: number} | null} selection
 * @returns {Focus | null}
 */
export function focusOf({ input, output }, unit, selection) {
  if (selection?.tensor === input.id && unit.inputs.includes(selection.element))
    return { side: "input", element: selection.element };
  if (selection?.tensor === output.id && unit.outputs.includes(selection.element))
    return { side: "output", element: selection.element };
  return null;
}

/** What panels ask of any picture's layout. @param {Picture} whole @param {Loop} loop @param {RunLayout} run */
function layoutFor({ layout }, { input, output, op }, run) {
  const boxes = new Map(
    [input, output].flatMap((tensor, column) => {
      const known = layout.boxes.get(tensor.id);
      return known
        ? [[tensor.id, { ...known, column, size: { ...known.size, cells: [], blocks: false } }]]
        : [];
    }),
  );
  const { x, y, width, height } = run.box;
  const band = {
    x0: run.inputs.x + run.inputs.width,
    x1: run.outputs.x,
    chipX: x + width / 2,
    chipY: y + height,
    chipWidth: 0,
    alone: false,
  };
  return {
    boxes: /** @type {Picture["layout"]["boxes"]} */ (boxes),
    lanes: new Map(),
    bands: new Map([[op.id, band]]),
    columns: new Map([
      [input.id, 0],
      [output.id, 1],
    ]),
    bounds: run.bounds,
    tight: true,
    ...ALL_UNFOLDED,
  };
}

/**
 * The run's edges; with a focus only those of that element.
 * @param {Loop} loop
 * @param {RunLayout} run
 * @returns {Edge[]}
 */
function edgesIn({ op, uses, input, output }, run) {
  const ends = { input: slotsBy(run.inputs), output: slotsBy(run.outputs) };
  const { focus } = run.columns;
  /** @type {Edge[]} */
  const edges = [];
  uses.forEach((use, nth) => {
    const shift = (nth - (uses.length - 1) / 2) * Math.min(PARALLEL, run.inputs.height / 2);
    use.edges?.input.forEach((from, i) => {
      const to = /** @type {NonNullable<Relation["edges"]>} */ (use.edges).output[i];
      const [start, end] = [ends.input.get(from), ends.output.get(to)];
      if (!start || !end || (focus && (focus.side === "input" ? from : to) !== focus.element)) return;
      const half = run.inputs.height / 2 + shift;
      edges.push({
        key: `${op.id} ${op.relations.indexOf(use)} ${i}`,
        op: op.id,
        relation: op.relations.indexOf(use),
        index: i,
        from: { tensor: input.id, element: from },
        to: { tensor: output.id, element: to },
        weight: toNumber(use.edges?.weight[i]) ?? Number.NaN,
        width: 1.6,
        carries: true,
        shift,
        use: uses.length > 1 ? nth + 1 : 0,
        span: [start.x + run.inputs.width, end.x],
        pieces: [cubic([start.x + run.inputs.width, start.y + half], [end.x, end.y + half])],
      });
    });
  });
  return withWidths(edges);
}

/** Thickness by weight, the same scale in the whole run. @param {Edge[]} edges */
function withWidths(edges) {
  const size = (/** @type {number} */ weight) => (Number.isFinite(weight) ? Math.abs(weight) : 0);
  const most = Math.max(...edges.map(({ weight }) => size(weight)), Number.MIN_VALUE);
  return edges.map((edge) => ({
    ...edge,
    width: edge.weight === 0 ? 1.6 : 1.2 + 3.6 * (size(edge.weight) / most),
  }));
}

/** @param {import("./run-layout.js").RunColumn} column */
function slotsBy({ slots }) {
  return new Map(slots.map((slot) => [slot.element, slot]));
}
