import assert from "node:assert/strict";
import { test } from "node:test";
import { openingStep, placeIn, stretches, timelineGroups } from "../../static/js/trace/groups.js";

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

const NOTHING = { groups: new Map(), opened: new Set() };

/** @param {string} labels  one letter per step of one call */
function labelled(labels) {
  return [...labels].map((label) => ({
    kind: /** @type {const} */ ("backward"),
    call: 0,
    op: 0,
    label,
    reached: [],
  }));
}

/** @param {import("../../static/js/trace/groups.js").Group} group */
function told(group) {
  return group.items
    .map((item) => (item.type === "step" ? item.index : `${item.label ?? "…"}${item.from}-${item.to}`))
    .join(" ");
}

test("short timelines show every step", () => {
  const items = timelineGroups(STEPS, 15, NOTHING).flatMap((group) => group.items);
  assert.deepEqual(
    items,
    STEPS.map((_, index) => ({ type: "step", index })),
  );
});

test("equal steps in a row of a long group are one, and the current step stands out of them", () => {
  const steps = labelled(`ab${"s".repeat(32)}c`);
  assert.equal(told(timelineGroups(steps, 0, NOTHING)[0]), "0 1 s2-33 34");
  assert.equal(told(timelineGroups(steps, 5, NOTHING)[0]), "0 1 s2-4 5 s6-33 34");
  assert.equal(
    told(timelineGroups(steps, 3, NOTHING)[0]),
    "0 1 2 3 s4-33 34",
    "a fold of one step is that step",
  );
});

test("a fold opens, and the others stay", () => {
  const steps = labelled(`${"s".repeat(20)}ab${"t".repeat(3)}`);
  const opened = { groups: new Map(), opened: new Set([22]) };
  assert.equal(told(timelineGroups(steps, 20, opened)[0]), "s0-19 20 21 22 23 24");
  const all = timelineGroups(steps, 20, { groups: new Map(), opened: new Set([3]) })[0];
  assert.equal(all.items.length, 23, "an opened fold is shown, however long");
});

test("a long group without equal neighbours folds around the current step and loses none of its steps", () => {
  const steps = labelled("abcdefgh".repeat(25));
  const [group] = timelineGroups(steps, 100, NOTHING);
  assert.deepEqual(group.items[0], { type: "fold", from: 0, to: 94, label: null });
  assert.deepEqual(group.items.at(-1), { type: "fold", from: 106, to: 199, label: null });
  const covered = group.items.reduce(
    (sum, item) => sum + (item.type === "fold" ? item.to - item.from + 1 : 1),
    0,
  );
  assert.equal(covered, 200);
  const open = { groups: new Map(), opened: new Set([0]) };
  assert.equal(timelineGroups(steps, 100, open)[0].items.length, 200, "until the reader opens it");
});

test("a crowded timeline unfolds the current group only; a head folds and unfolds any", () => {
  const steps = timeline(
    ...Array.from({ length: 30 }, (_, call) => /** @type {[number, number]} */ ([call, 4])),
  );
  /** @param {Map<number, boolean>} groups */
  const open = (groups) =>
    timelineGroups(steps, 5, { groups, opened: new Set() })
      .filter(({ folded }) => !folded)
      .map(({ from }) => from);
  assert.deepEqual(open(new Map()), [4]);
  assert.deepEqual(open(new Map([[40, false]])), [4, 40]);
  assert.deepEqual(open(new Map([[4, true]])), []);
  const folded = timelineGroups(steps, 5, NOTHING)[0];
  assert.deepEqual(folded.items, [{ type: "fold", from: 0, to: 3, label: null }]);
});

test("a pointer over the track means a step and how much of it has passed", () => {
  assert.deepEqual(placeIn({ type: "step", index: 3 }, 0.5), { step: 3, part: 0.5 });
  const fold = /** @type {const} */ ({ type: "fold", from: 10, to: 19, label: null });
  assert.equal(placeIn(fold, 0.55).step, 15);
  assert.equal(placeIn(fold, -1).step, 10);
  assert.equal(placeIn(fold, 1).step, 19);
});

test("the graph of a call under create_graph stands apart, folded unless a later call walks through it", () => {
  const step = (/** @type {object} */ given) => ({
    kind: "forward",
    call: null,
    op: 0,
    label: "+",
    reached: [],
    ...given,
  });
  const own = [
    step({ op: 0 }),
    step({ kind: "seed", call: 0, op: null }),
    step({ op: 1, derives: 0 }),
    step({ op: 2, derives: 0 }),
  ];
  const folding = { groups: new Map(), opened: new Set() };
  const told = (/** @type {any[]} */ list) =>
    timelineGroups(list, 1, folding).map(({ derives, folded }) => [derives, folded]);
  assert.deepEqual(told(own), [
    [undefined, false],
    [undefined, false],
    [0, true],
  ]);
  const walked = [
    ...own,
    step({ kind: "seed", call: 1, op: null }),
    step({ kind: "backward", call: 1, op: 2 }),
  ];
  assert.deepEqual(told(walked)[2], [0, false]);
});
