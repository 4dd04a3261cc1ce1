import assert from "node:assert/strict";
import { test } from "node:test";
import { gradientBlocks, resultOf } from "../../static/js/gradient/gradient-blocks.js";
import { presetValues, snapped, typedNumber } from "../../static/js/gradient/gradient-presets.js";
import { withTried } from "../../static/js/gradient/gradient-tried.js";
import { slidersOf, withRoom } from "../../static/js/gradient/gradient-view.js";
import { liveTrace } from "../../static/js/gradient/live-trace.js";
import { twice } from "./traces.mjs";

test("each output hands out its row of J, through the whole chain; times G they add up to the score", () => {
  const data = gradientBlocks(twice(), 0, 3, null);
  assert.deepEqual(
    data?.blocks.map(({ factor, cells }) => [factor, cells]),
    [
      [0.5, [6, 0]],
      [-1, [0, 8]],
    ],
  );
  assert.deepEqual([data?.input, data?.sums], [0, [3, -8]]);
  assert.deepEqual(data && resultOf(data, [1, 10]), [6, 80]);
});

test("the selected tensor is the one that is differentiated by; another G keeps the rows", () => {
  const base = twice();
  const data = gradientBlocks(base, 0, 3, { tensor: 2, element: 1 });
  assert.equal(data?.input, 2);
  const live = liveTrace(base, new Map([[0, new Map([[3, [0, 2]]])]]));
  const next = live && gradientBlocks(live.trace, 0, 3, { tensor: 2, element: 1 });
  assert.deepEqual(next?.sums, [0, 16]);
  assert.equal(next?.blocks[0].cells, data?.blocks[0].cells);
});

test("without all edges there are no blocks", () => {
  const base = twice();
  base.ops[0].relations[0].complete = false;
  assert.equal(gradientBlocks(base, 0, 3, null), null);
});

test("presets say the sum, the mean, a row of J, nothing", () => {
  assert.deepEqual(presetValues("ones", 2, 0), [1, 1]);
  assert.deepEqual(presetValues("mean", 4, 0), [0.25, 0.25, 0.25, 0.25]);
  assert.deepEqual(presetValues("one", 3, 1), [0, 1, 0]);
  assert.deepEqual(presetValues("zeros", 2, 1), [0, 0]);
  for (const value of presetValues("random", 50, 0)) assert.equal(value, snapped(value, 0.25));
});

test("values snap without the noise of binary fractions, and are read as people type them", () => {
  assert.equal(snapped(0.30000000000000004, 0.01), 0.3);
  assert.ok(Object.is(snapped(-0.01, 0.25), 0));
  assert.deepEqual(["−1.5", ".5", "1/4", "2e-1", "-", "", "1/0", "x"].map(typedNumber), [
    -1.5,
    0.5,
    0.25,
    0.2,
    null,
    null,
    null,
    null,
  ]);
});

test("the newest gradients of a root are kept, each once", () => {
  let list = withTried([], "a", [1, 0]);
  list = withTried(list, "a", [0, 1]);
  assert.equal(withTried(list, "a", [1, 0]), list);
  assert.deepEqual(
    list.map(({ values }) => values),
    [
      [0, 1],
      [1, 0],
    ],
  );
  for (let i = 2; i < 9; i += 1) list = withTried(list, "a", [i, 0]);
  assert.deepEqual(
    list.map(({ values }) => values[0]),
    [8, 7, 6, 5, 4],
  );
  assert.equal(withTried(list, "a", [1, 2, 3, 4, 5]), list);
  assert.equal(withTried(list, "b", [1]).length, 6);
});

test("the view makes room for sliders", () => {
  const bounds = { x: 0, y: 0, width: 100, height: 100 };
  const sliders = slidersOf(/** @type {any} */ ({ values: [1, 2], place: { x: 90, top: 10, bottom: 60 } }));
  const room = withRoom(bounds, [sliders]);
  assert.ok(room.width > 200 && room.y === -20 && room.height > 250);
  assert.deepEqual(withRoom(bounds, []), bounds);
});
