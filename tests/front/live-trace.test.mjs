import assert from "node:assert/strict";
import { test } from "node:test";
import { shortest } from "../../static/js/gradient/float-text.js";
import { liveTrace } from "../../static/js/gradient/live-trace.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { recompute } from "../../static/js/trace/recompute.js";
import { steps } from "../../static/js/trace/steps.js";
import { call, operation, relation, straight, tensor, trace, twice } from "./traces.mjs";

/** @param {[number, [number, number[]][]][]} entries */
const gradients = (entries) => new Map(entries.map(([position, roots]) => [position, new Map(roots)]));

test("another G moves the scores of its call, and the drawer of every later call", () => {
  const base = twice();
  const live = liveTrace(base, gradients([[0, [[3, [1, 10]]]]]));
  const [first, second] = live?.trace.backward ?? [];
  assert.deepEqual(first.roots, [{ tensor: 3, gradient: [1, 10] }]);
  assert.deepEqual(
    first.scores.map(({ values }) => values),
    [
      [1, 10],
      [6, 80],
      [6, 80],
    ],
  );
  assert.deepEqual(first.accumulated, [{ tensor: 0, before: null, after: [6, 80] }]);
  assert.deepEqual(second.scores, base.backward[1].scores);
  assert.deepEqual(second.accumulated, [{ tensor: 0, before: [6, 80], after: [12, 88] }]);
});

test("a drawer that was emptied in between starts again", () => {
  const base = twice();
  base.backward[1].accumulated[0] = { tensor: 0, before: [0, 0], after: [6, 8] };
  const live = liveTrace(base, gradients([[0, [[3, [1, 10]]]]]));
  assert.deepEqual(live?.trace.backward[1].accumulated, [{ tensor: 0, before: [0, 0], after: [6, 8] }]);
});

test("the live trace shares operations and untouched tensors, so the picture stays", () => {
  const base = twice();
  base.tensors[0].grad = [9, 0];
  const live = liveTrace(base, gradients([[0, [[3, [1, 10]]]]]));
  assert.ok(live);
  assert.equal(live.trace.ops, base.ops);
  assert.deepEqual(live.trace.tensors[0].grad, [12, 88]);
  for (const entry of base.tensors.slice(1)) assert.equal(live.trace.tensors[entry.id], entry);
  const before = pictureAt(base, steps(base), 0);
  const after = pictureAt(live.trace, steps(base), 0);
  assert.equal(after?.layout, before?.layout);
  assert.equal(after?.trace, live.trace);
  assert.equal(pictureAt(live.trace, steps(base), 0), after);
});

test("what was rounded on the way is told, for a kernel may add in another order", () => {
  const base = twice();
  assert.equal(liveTrace(base, gradients([[0, [[3, [1.25, -3]]]]]))?.exact, true);
  assert.equal(liveTrace(base, gradients([[0, [[3, [0.1, 1]]]]]))?.exact, false);
  assert.equal(liveTrace(base, gradients([[0, [[3, [1e4, 1]]]]]))?.exact, false);
});

test("without all edges there is no live trace, rather than a wrong one", () => {
  const base = twice();
  base.ops[1].relations[1].complete = false;
  assert.equal(liveTrace(base, gradients([[0, [[3, [1, 1]]]]])), null);
});

test("float32 is rounded as the engine rounds it, and written as the trace writes it", () => {
  assert.equal(shortest(Math.fround(0.1), "float32"), 0.1);
  assert.equal(shortest(Math.fround(16777217), "float32"), 16777216);
  assert.equal(shortest(Math.fround(1 / 3), "float32"), 0.33333334);
  assert.equal(shortest(1 / 3, "float64"), 1 / 3);
  assert.equal(shortest(Number.NaN, "float32"), "NaN");
  assert.equal(shortest(Number.NEGATIVE_INFINITY, "float64"), "-Infinity");
});

test("terms that cancel leave 0, and a single zero keeps its sign", () => {
  const weights = [0.08192506, -0.02203304, -0.05989202];
  const op = operation(0, {
    inputs: [0],
    outputs: [1],
    relations: [relation(weights.map((weight, i) => [0, i, weight]))],
  });
  const minus = operation(1, { inputs: [1], outputs: [2], relations: [relation(straight(3, -1))] });
  const tensors = [
    tensor(0, { shape: [1] }),
    tensor(1, { shape: [3], op: 0 }),
    tensor(2, { shape: [3], op: 1 }),
  ];
  const scored = [2, 1, 0].map((id) => ({ tensor: id, values: [0] }));
  const backward = call({ roots: [{ tensor: 2, gradient: [1, 1, 1] }], order: [1, 0], scores: scored });
  const made = trace(tensors, [op, minus], [backward]);
  assert.deepEqual(recompute(made, backward)?.scores.get(0), [0]);
  const zero = recompute(made, backward, new Map([[2, [0, 0, 0]]]));
  assert.ok(Object.is(zero?.scores.get(1)?.[0], -0));
});
