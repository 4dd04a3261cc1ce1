/** An operation as a loop of equal runs: how many there are, what each takes, and which dims only loop. */

import { elementCount, unravel } from "../format.js";
import { oneUnitOf } from "../trace/more-edges.js";
import { usesOf } from "../trace/scores.js";
import { axesOf } from "./slices.js";
import { byId } from "../trace/trace-types.js";
import { unitList, unitsOf } from "./units.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("../trace/trace-types.js").Relation} Relation
 * @typedef {import("./units.js").Unit} Unit
 *
 * @typedef {object} Axis  What one dim does.
 * @property {number} size
 * @property {"loop" | "unit" | "single"} role  single: it has one index, so there is nothing to repeat or to join
 * @property {number | null} loop  position in the pattern's loops
 * @property {number} shift        index − loop variable
 *
 * @typedef {object} Pattern
 * @property {Axis[]} input
 * @property {Axis[]} output
 * @property {{letter: string, size: number, dim: number}[]} loops  dim: of the input
 *
 * @typedef {object} Loop
 * @property {TraceOp} op
 * @property {Relation[]} uses     through which the output sends scores to the input
 * @property {TraceTensor} input
 * @property {TraceTensor} output
 * @property {number} count        runs
 * @property {Pattern | null} pattern  null where the runs take no regular slices
 * @property {(run: number) => Unit | null} run  null where the trace does not tell
 * @property {(side: "input" | "output", element: number) => number} runOf  −1 for an element outside every run
 */

const LETTERS = "ijklmnpq";

/**
 * @param {Trace} trace
 * @param {TraceOp} op
 * @param {number} input   tensor
 * @returns {Loop | null} null when the operation sends nothing to that tensor
 */
export function loopOf(trace, op, input) {
  const [first] = usesOf(op, input);
  if (!first) return null;
  const tensors = byId(trace.tensors);
  const output = tensors.get(op.outputs[first.output]);
  const from = tensors.get(input);
  if (!output || !from) return null;
  const uses = usesOf(op, input).filter((use) => use.output === first.output);
  const place = { op, uses, input: from, output };
  if (!uses.every(({ complete }) => complete))
    return {
      ...place,
      ...counted(oneUnitOf(first) ?? wholeUnit(first, from, output), first.units.count, from, output),
    };
  return { ...place, ...listed(unitList(unitsOf(uses)), from, output) };
}

/**
 * A relation of one unit that takes and makes everything needs no edges to be known.
 * @param {Relation} relation
 * @param {TraceTensor} input
 * @param {TraceTensor} output
 * @returns {Unit | null}
 */
function wholeUnit({ units }, input, output) {
  const [from, to] = [elementCount(input.shape), elementCount(output.shape)];
  if (units.count !== 1 || units.inputs !== from || units.outputs !== to) return null;
  const all = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => i);
  return { inputs: all(from), outputs: all(to) };
}

/** Every run is at hand. @param {Unit[]} units @param {TraceTensor} input @param {TraceTensor} output */
function listed(units, input, output) {
  const sides = { input: owners(units, "inputs"), output: owners(units, "outputs") };
  return {
    count: units.length,
    pattern: patternOf(units, input.shape, output.shape),
    /** @param {number} run */
    run: (run) => units[run] ?? null,
    /** @param {"input" | "output"} side @param {number} element */
    runOf: (side, element) => sides[side].get(element) ?? -1,
  };
}

/** @param {Unit[]} units @param {"inputs" | "outputs"} side */
function owners(units, side) {
  return new Map(units.flatMap((unit, run) => unit[side].map((element) => [element, run])));
}

/**
 * Only one run is at hand: the others take the same slices at other indices, if the dims multiply to their number.
 * @param {Unit | null} first
 * @param {number} count
 * @param {TraceTensor} input
 * @param {TraceTensor} output
 */
function counted(first, count, input, output) {
  const pattern = first ? firstPattern(first, input.shape, output.shape) : null;
  const sizes = pattern?.loops.map(({ size }) => size) ?? [];
  if (!pattern || elementCount(sizes) !== count) {
    const at = new Set(first?.inputs ?? []);
    return {
      count,
      pattern: null,
      /** @param {number} run */
      run: (run) => (run === 0 ? first : null),
      /** @param {"input" | "output"} side @param {number} element */
      runOf: (side, element) =>
        (side === "input" ? at.has(element) : first?.outputs.includes(element)) ? 0 : -1,
    };
  }
  return {
    count,
    pattern,
    /** @param {number} run */
    run: (run) => ({
      inputs: elementsAt(pattern.input, unravel(run, sizes)),
      outputs: elementsAt(pattern.output, unravel(run, sizes)),
    }),
    /** @param {"input" | "output"} side @param {number} element */
    runOf: (side, element) => {
      const axes = pattern[side];
      const index = unravel(
        element,
        axes.map(({ size }) => size),
      );
      const at = sizes.map((_, loop) => index[axes.findIndex((axis) => axis.loop === loop)]);
      return at.reduce((flat, i, loop) => flat * sizes[loop] + i, 0);
    },
  };
}

/** @param {Axis[]} axes @param {number[]} at  index of every loop @returns {number[]} flat positions */
function elementsAt(axes, at) {
  return axes.reduce(
    (flats, { size, role, loop, shift }) =>
      flats.flatMap((flat) =>
        role === "unit"
          ? Array.from({ length: size }, (_, i) => flat * size + i)
          : [flat * size + (loop === null ? 0 : at[loop] + shift)],
      ),
    [0],
  );
}

/**
 * Dims that stand still within every run and run through their indices between runs are loops.
 * @param {Unit[]} units
 * @param {number[]} input   shape
 * @param {number[]} output  shape
 * @returns {Pattern | null}
 */
export function patternOf(units, input, output) {
  const ins = units.map((unit) => axesOf(unit.inputs, input));
  const outs = units.map((unit) => axesOf(unit.outputs, output));
  if (!units.length || ins.includes(null) || outs.includes(null)) return null;
  const [inside, outside] = [/** @type {number[][][]} */ (ins), /** @type {number[][][]} */ (outs)];
  const roles = [inside, outside].map((all) => all[0].map((_, dim) => roleOf(all.map((axes) => axes[dim]))));
  if (roles.flat().includes(null)) return null;
  const [from, to] = /** @type {Axis["role"][][]} */ (roles);
  const loops = loopsOf(inside, input, from);
  if (elementCount(loops.map(({ size }) => size)) !== units.length) return null;
  const starts = loops.map(({ dim }) => inside[0][dim][0]);
  const inputAxes = from.map((role, dim) => {
    const loop = loops.findIndex((each) => each.dim === dim);
    return axis(input[dim], role, loop < 0 ? null : loop, loop < 0 ? 0 : starts[loop]);
  });
  const outputAxes = to.map((role, dim) => {
    if (role !== "loop") return axis(output[dim], role, null, 0);
    const loop = loops.findIndex(({ dim: other }, i) =>
      outside.every((axes, run) => axes[dim][0] - outside[0][dim][0] === inside[run][other][0] - starts[i]),
    );
    return loop < 0 ? null : axis(output[dim], role, loop, outside[0][dim][0]);
  });
  if (outputAxes.includes(null)) return null;
  return { input: inputAxes, output: /** @type {Axis[]} */ (outputAxes), loops };
}

/**
 * @param {number[][]} indices  of one dim, by run
 * @returns {Axis["role"] | null} null where it is neither
 */
function roleOf(indices) {
  const [first] = indices;
  const same = indices.every((other) => other.length === first.length && other[0] === first[0]);
  if (indices.every(({ length }) => length === 1)) return same ? "single" : "loop";
  return same ? "unit" : null;
}

/** @param {number[][][]} runs @param {number[]} shape @param {Axis["role"][]} roles @returns {Pattern["loops"]} */
function loopsOf(runs, shape, roles) {
  return shape.flatMap((_, dim) => {
    if (roles[dim] !== "loop") return [];
    const size = new Set(runs.map((axes) => axes[dim][0])).size;
    return [{ letter: LETTERS[dim] ?? `i${dim}`, size, dim }];
  });
}

/** @param {number} size @param {Axis["role"]} role @param {number | null} loop @param {number} shift @returns {Axis} */
function axis(size, role, loop, shift) {
  return { size, role, loop, shift };
}

/**
 * What the first run alone says: dims that it covers are the unit, the others loop, in the same order on both sides.
 * @param {Unit} first
 * @param {number[]} input
 * @param {number[]} output
 * @returns {Pattern | null}
 */
function firstPattern(first, input, output) {
  const [ins, outs] = [axesOf(first.inputs, input), axesOf(first.outputs, output)];
  if (!ins || !outs) return null;
  /** @param {number[][]} axes @param {number[]} shape */
  const roles = (axes, shape) =>
    shape.map((size, dim) =>
      size === 1 ? "single" : axes[dim].length === size ? "unit" : axes[dim].length === 1 ? "loop" : null,
    );
  const [from, to] = [roles(ins, input), roles(outs, output)];
  const loops = from.flatMap((role, dim) =>
    role === "loop" ? [{ letter: LETTERS[dim] ?? `i${dim}`, size: input[dim], dim }] : [],
  );
  const outer = to.flatMap((role, dim) => (role === "loop" ? [dim] : []));
  const fits = outer.length === loops.length && outer.every((dim, i) => output[dim] === loops[i].size);
  if (from.includes(null) || to.includes(null) || !fits) return null;
  return {
    input: from.map((role, dim) =>
      axis(input[dim], role ?? "unit", nth(loops.findIndex((l) => l.dim === dim)), 0),
    ),
    output: to.map((role, dim) => axis(output[dim], role ?? "unit", nth(outer.indexOf(dim)), 0)),
    loops,
  };
}

/** @param {number} position @returns {number | null} */
function nth(position) {
  return position < 0 ? null : position;
}
