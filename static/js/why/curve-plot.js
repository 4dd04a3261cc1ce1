/** Geometry of a one-to-one operation's curves: f with a tangent at the element looked at, f′ with its height there. */

import { elementCount, toNumber } from "../format.js";
import { byId, need } from "../trace/trace-types.js";

/**
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("./provenance.js").EdgePlace} EdgePlace
 * @typedef {{x: Scalar[], value: Scalar[], slope: Scalar[], left: Scalar[], right: Scalar[]}} Curve  as the server samples it
 *
 * @typedef {object} Point  An element on the curves.
 * @property {number} element
 * @property {number} x
 * @property {number} value
 * @property {number} slope
 * @property {[number, number] | null} sides  the slopes on both sides of a kink
 * @property {boolean} own     the one looked at
 *
 * @typedef {object} Plot      In px, y down.
 * @property {string} path
 * @property {{x: number, y: number, own: boolean, element: number, slope: number}[]} points
 * @property {string[]} tangents   line data through the point looked at: one, or two at a kink
 * @property {number | null} zeroX  where x = 0 stands
 * @property {number | null} zeroY
 * @property {[number, number]} xs  ends of the axes, in numbers
 * @property {[number, number]} ys
 */

export const PLOT = { width: 146, height: 108, pad: 8 };
const KINK = 0.01;
const TANGENT = 40;
/** A step of the samples that the slope explains less than this share of is a jump. */
const JUMP = 0.12;
const TRIMMED = 0.03;

/**
 * Whether the elements of an edge's relation all go through one function.
 * @param {Trace} trace
 * @param {EdgePlace | null} place
 */
export function hasCurve(trace, place) {
  const op = place && byId(trace.ops).get(place.op);
  const relation = op?.relations[place?.relation ?? 0];
  if (!op || !relation || relation.structure !== "elementwise" || relation.kind !== "one-to-one")
    return false;
  const tensors = byId(trace.tensors);
  return op.inputs.every(
    (id, position) => position === relation.input || elementCount(need(tensors, id).shape) === 1,
  );
}

/**
 * @param {Trace} trace
 * @param {EdgePlace} place
 * @param {Curve} curve    asked for the elements of all edges of the relation
 * @returns {Point[]} finite ones
 */
export function pointsOf(trace, place, curve) {
  const op = need(byId(trace.ops), place.op);
  const relation = op.relations[place.relation];
  const tensors = byId(trace.tensors);
  const [input, output] = [op.inputs[relation.input], op.outputs[relation.output]].map((id) =>
    need(tensors, id),
  );
  const edges = relation.edges ?? { input: [], output: [], weight: [] };
  const points = edges.input.map((element, edge) => {
    const [left, right] = [toNumber(curve.left[edge]), toNumber(curve.right[edge])];
    return {
      element,
      x: toNumber(input.values?.[element]) ?? Number.NaN,
      value: toNumber(output.values?.[edges.output[edge]]) ?? Number.NaN,
      slope: toNumber(edges.weight[edge]) ?? Number.NaN,
      sides: left !== null && right !== null && isKink(left, right) ? pair(left, right) : null,
      own: edge === place.edge,
    };
  });
  return points.filter(({ x, value, slope }) => [x, value, slope].every(Number.isFinite));
}

/** @param {number} a @param {number} b @returns {[number, number]} */
function pair(a, b) {
  return [a, b];
}

/** @param {number} left @param {number} right */
function isKink(left, right) {
  return Math.abs(left - right) > KINK * Math.max(1, Math.abs(left), Math.abs(right));
}

/**
 * @param {Curve} curve
 * @param {Point[]} points
 * @param {"value" | "slope"} what  f or f′
 * @returns {Plot}
 */
export function plotOf(curve, points, what) {
  const xs = curve.x.map(Number);
  const ys = curve[what].map(Number);
  const wide = /** @type {[number, number]} */ ([xs[0], xs[xs.length - 1]]);
  const high = heights(
    ys,
    points.map((point) => point[what]),
  );
  const scale = { x: across(wide, PLOT.width), y: across([high[1], high[0]], PLOT.height) };
  const own = points.find((point) => point.own);
  return {
    path: pathOf(xs, ys, curve.slope.map(Number), high[1] - high[0], scale, what),
    points: points.map((point) => ({
      x: scale.x(point.x),
      y: scale.y(point[what]),
      own: point.own,
      element: point.element,
      slope: point.slope,
    })),
    tangents: what === "value" && own ? tangentsOf(own, scale) : [],
    zeroX: wide[0] <= 0 && wide[1] >= 0 ? scale.x(0) : null,
    zeroY: high[0] <= 0 && high[1] >= 0 ? scale.y(0) : null,
    xs: wide,
    ys: high,
  };
}

/** @typedef {{x: (value: number) => number, y: (value: number) => number}} Scale */

/** @param {[number, number]} range @param {number} length px */
function across([from, to], length) {
  const room = length - 2 * PLOT.pad;
  return (/** @type {number} */ value) => PLOT.pad + (room * (value - from)) / (to - from || 1);
}

/**
 * The range shown: all elements, and the samples but for the few wildest.
 * @param {number[]} samples
 * @param {number[]} own
 * @returns {[number, number]}
 */
function heights(samples, own) {
  const sorted = samples.filter(Number.isFinite).sort((a, b) => a - b);
  const trim = Math.floor(sorted.length * TRIMMED);
  const all = [...sorted.slice(trim, sorted.length - trim), ...own];
  const [low, top] = [Math.min(...all), Math.max(...all)];
  const margin = (top - low || 1) * 0.12;
  return [low - margin, top + margin];
}

/**
 * The line through the samples, broken where there is no number and where the function jumps.
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {number[]} slopes
 * @param {number} range
 * @param {Scale} scale
 * @param {"value" | "slope"} what
 */
function pathOf(xs, ys, slopes, range, scale, what) {
  let pen = "M";
  let path = "";
  xs.forEach((x, i) => {
    const expected = what === "value" ? ((slopes[i] + slopes[i - 1]) / 2) * (x - xs[i - 1]) : 0;
    if (i > 0 && Math.abs(ys[i] - ys[i - 1] - expected) > JUMP * range) pen = "M";
    if (!Number.isFinite(ys[i])) {
      pen = "M";
      return;
    }
    path += `${pen}${scale.x(x).toFixed(1)} ${scale.y(ys[i]).toFixed(1)}`;
    pen = "L";
  });
  return path;
}

/** @param {Point} own @param {Scale} scale */
function tangentsOf({ x, value, slope, sides }, scale) {
  const [px, py] = [scale.x(x), scale.y(value)];
  /** @param {number} steep @param {number} from @param {number} to  px along x */
  const line = (steep, from, to) => {
    const [dx, dy] = [scale.x(x + 1) - px, scale.y(value + steep) - py];
    const unit = TANGENT / Math.hypot(dx, dy);
    return `M${(px + from * unit * dx).toFixed(1)} ${(py + from * unit * dy).toFixed(1)}L${(px + to * unit * dx).toFixed(1)} ${(py + to * unit * dy).toFixed(1)}`;
  };
  return sides ? [line(sides[0], -1, 0), line(sides[1], 0, 1)] : [line(slope, -1, 1)];
}
