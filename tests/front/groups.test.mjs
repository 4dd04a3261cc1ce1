import assert from "node:assert/strict";
import { test } from "node:test";
import { openingStep, stretches, timelineGroups } from "../../static/js/groups.js";

/** @param {...[number | null, number]} parts call and how many steps */
function timeline(...parts) {
  return parts.flatMap(([call, count]) =>
    Array.from({ length: count }, () => ({
      kind: /** @type {const} */ ("forward"),
      call,
      op: 0,
      label: "",
      reached: [],
    })),
  );
}

const STEPS = timeline([null, 4], [0, 5], [null, 1], [1, 6]);

test("neighbouring steps of one pass are one stretch", () => {
  assert.deepEqual(stretches(STEPS), [
    { call: null, from: 0, to: 3 },
    { call: 0, from: 4, to: 8 },
    { call: null, from: 9, to: 9 },
    { call: 1, from: 10, to: 15 },
  ]);
});

test("a run opens at the end of the last backward call, or of forward", () => {
  assert.equal(openingStep(STEPS), 15);
  assert.equal(openingStep(timeline([0, 3], [null, 2])), 2);
  assert.equal(openingStep(timeline([null, 3])), 2);
  assert.equal(openingStep([]), -1);
});

test("short timelines show every step", () => {
  const items = timelineGroups(STEPS, 15, new Set()).flatMap((group) => group.items);
  assert.deepEqual(
    items,
    STEPS.map((_, index) => ({ type: "step", index })),
  );
});

test("a long group folds around the current step and loses none of its steps", () => {
  const steps = timeline([null, 200]);
  const [group] = timelineGroups(steps, 100, new Set());
  assert.deepEqual(group.items[0], { type: "fold", from: 0, to: 94 });
  assert.deepEqual(group.items.at(-1), { type: "fold", from: 106, to: 199 });
  const covered = group.items.reduce(
    (sum, item) => sum + (item.type === "fold" ? item.to - item.from + 1 : 1),
    0,
  );
  assert.equal(covered, 200);
});

test("a fold of one step is that step", () => {
  const [group] = timelineGroups(timeline([null, 200]), 6, new Set());
  assert.deepEqual(group.items[0], { type: "step", index: 0 });
});

test("a crowded timeline unfolds the current group only, and those that the reader opened", () => {
  const steps = timeline(
    ...Array.from({ length: 30 }, (_, call) => /** @type {[number, number]} */ ([call, 4])),
  );
  const open = timelineGroups(steps, 5, new Set([40])).filter((group) => group.items[0].type === "step");
  assert.deepEqual(
    open.map((group) => group.from),
    [4, 40],
  );
});
