import assert from "node:assert/strict";
import { test } from "node:test";
import { hasCurve, PLOT, plotOf, pointsOf } from "../../static/js/why/curve-plot.js";
import { call, operation, relation, straight, tensor, trace } from "./traces.mjs";

const place = { op: 0, relation: 0, edge: 1 };

/** x [3] → o [3], o = max(x, 0). @param {object} [more] */
function kinked(more = {}) {
  const tensors = [
    tensor(0, { name: "x", shape: [3], values: [-1, 0, 1] }),
    tensor(1, { name: "o", shape: [3], values: [0, 0, 1], op: 0 }),
  ];
  const given = relation(straight(3, 0), { structure: "elementwise", ...more });
  given.edges = { input: [0, 1, 2], output: [0, 1, 2], weight: [0, 0, 1] };
  const op = operation(0, { name: "relu", inputs: [0], outputs: [1], relations: [given] });
  return trace(tensors, [op], [call({ after_op: 1 })]);
}

const x = Array.from({ length: 41 }, (_, i) => -2 + i / 10);
const CURVE = {
  x,
  value: x.map((at) => Math.max(0, at)),
  slope: x.map((at) => Number(at > 0)),
  left: [0, 0, 1],
  right: [0, 1, 1],
};

test("one function for all elements: elementwise, one to one, one number beside it", () => {
  assert.ok(hasCurve(kinked(), place));
  assert.ok(!hasCurve(kinked({ kind: "one-to-many" }), place));
  assert.ok(!hasCurve(kinked({ structure: "rearrangement" }), place));
  assert.ok(!hasCurve(kinked(), null));
});

test("a kink has a tangent on either side, a smooth place one through it", () => {
  const points = pointsOf(kinked(), place, CURVE);
  assert.deepEqual(
    points.map(({ sides, own }) => [sides, own]),
    [
      [null, false],
      [[0, 1], true],
      [null, false],
    ],
  );
  assert.equal(plotOf(CURVE, points, "value").tangents.length, 2);
  const smooth = pointsOf(kinked(), { ...place, edge: 2 }, CURVE);
  assert.equal(plotOf(CURVE, smooth, "value").tangents.length, 1);
  assert.deepEqual(plotOf(CURVE, smooth, "slope").tangents, []);
});

test("elements stand on the line, inside the field", () => {
  const points = pointsOf(kinked(), place, CURVE);
  const plot = plotOf(CURVE, points, "value");
  assert.equal(plot.points[0].y, plot.zeroY);
  assert.equal(plot.points[1].x, plot.zeroX);
  for (const point of plot.points) assert.ok(point.x > 0 && point.x < PLOT.width && point.y < PLOT.height);
});

test("the line is broken where the function jumps and where there is no number", () => {
  const points = pointsOf(kinked(), place, CURVE);
  const pieces = (/** @type {string} */ path) => path.split("M").length - 1;
  assert.equal(pieces(plotOf(CURVE, points, "value").path), 1);
  assert.equal(pieces(plotOf(CURVE, points, "slope").path), 2);
  const floored = { ...CURVE, value: x.map((at) => Math.floor(at + 0.05)), slope: x.map(() => 0) };
  assert.equal(pieces(plotOf(floored, points, "value").path), 5);
  const gap = { ...CURVE, value: x.map((at, i) => (i < 20 ? "NaN" : at)) };
  assert.equal(pieces(plotOf(gap, points, "value").path), 1);
});
