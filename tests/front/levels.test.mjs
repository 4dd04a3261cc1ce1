/** Folded and unfolded operations: which are open, how they group, what the layered layouter makes of them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import ELK from "elkjs";
import { beyond } from "../../static/js/layout/beyond.js";
import { elkGraph, insidesOf } from "../../static/js/layout/levels/elk-graph.js";
import { edgesOf } from "../../static/js/layout/edges.js";
import { foldedLayout } from "../../static/js/layout/levels/folded.js";
import { graphAt } from "../../static/js/layout/graph.js";
import { partition } from "../../static/js/layout/levels/regions.js";
import { unfolded } from "../../static/js/layout/levels/unfolding.js";
import { wiringOf } from "../../static/js/layout/levels/wiring.js";
import { steps } from "../../static/js/trace/steps.js";
import { skip, twice } from "./traces.mjs";

const elk = new ELK();
const VIEW = { width: 1100, height: 500 };

/** @param {import("./traces.mjs").Trace} trace */
function whole(trace) {
  const graph = graphAt(trace, steps(trace).at(-1) ?? null);
  assert.ok(graph);
  return graph;
}

/** @param {import("./traces.mjs").Trace} trace @param {number[]} open */
async function laidOut(trace, open) {
  const graph = whole(trace);
  const wiring = wiringOf(graph, new Set(open));
  const insides = insidesOf(trace, graph, wiring, false);
  const answer = await elk.layout(elkGraph(wiring, insides));
  return { graph, wiring, layout: foldedLayout(wiring, insides, answer, false) };
}

/** @param {import("../../static/js/layout/levels/regions.js").Block[]} blocks */
function told(blocks) {
  return blocks.map(({ open, ops }) => `${open ? "open" : "folded"} ${ops.map((op) => op.id)}`);
}

test("unfolded neighbours that share a tensor are one region, folded operations stand alone", () => {
  const { blocks } = partition(whole(twice()), new Set([0, 1]));
  assert.deepEqual(told(blocks), ["open 0,1", "folded 2"]);
});

test("an operation between two unfolded ones that share a tensor is unfolded with them", () => {
  const { blocks } = partition(whole(skip()), new Set([0, 2]));
  assert.deepEqual(told(blocks), ["open 0,1,2", "folded 3"]);
});

test("a group is one block until one of its operations is unfolded", () => {
  const groups = [{ key: "f", label: "f()", ops: [0, 1] }];
  assert.deepEqual(told(partition(whole(skip()), new Set(), groups).blocks), [
    "folded 0,1",
    "folded 2",
    "folded 3",
  ]);
});

test("what was folded by hand stays folded, and what comes after it folds with it", () => {
  const trace = skip();
  const wish = { level: /** @type {const} */ ("elements"), current: null, view: VIEW, groups: [] };
  const graph = whole(trace);
  assert.deepEqual([...unfolded(trace, graph, { ...wish, chosen: { 1: false } })], [0]);
  assert.deepEqual([...unfolded(trace, graph, { ...wish, chosen: {} })], [0, 1, 2, 3]);
});

test("the mixed level unfolds the current operation, and its neighbours as far as there is room", () => {
  const trace = twice();
  const wish = { level: /** @type {const} */ ("mixed"), chosen: {}, current: 1, groups: [] };
  const graph = whole(trace);
  assert.deepEqual(
    [...unfolded(trace, graph, { ...wish, view: { width: 3000, height: 900 } })].sort(),
    [0, 1, 2],
  );
  assert.deepEqual([...unfolded(trace, graph, { ...wish, view: { width: 500, height: 400 } })], [1]);
});

test("folded, named tensors are cards and the others are wires", () => {
  const trace = skip();
  trace.tensors[1].name = null;
  const { items, wires } = wiringOf(whole(trace), new Set());
  assert.deepEqual(
    items.filter(({ kind }) => kind === "card").map(({ key }) => key),
    ["t0", "t2", "t3", "t4"],
  );
  assert.ok(wires.some(({ from, to }) => from === "b0" && to === "b1"));
});

test("a leaf in a region that is also used before it stands there by its name", () => {
  const { items, wires } = wiringOf(whole(skip()), new Set([2]));
  assert.deepEqual(
    items.filter(({ kind }) => kind === "name").map(({ member }) => member?.tensor.name),
    ["x"],
  );
  assert.ok(wires.some(({ from, to }) => from === "n0 b0" && to === "b0"));
});

test("every tensor stands once, nothing lies on anything else, wires run to the right and meet what they join", async () => {
  for (const open of [[], [1], [2], [0, 1], [3]]) {
    const { graph, layout } = await laidOut(skip(), open);
    const frames = [
      ...layout.regions,
      ...layout.folded.map((chip) => ({ ...chip, x: chip.x - chip.width / 2, y: chip.y - chip.height / 2 })),
      ...[...layout.boxes.values()]
        .filter((box) => !layout.regions.some((region) => inside(box, region)))
        .map((box) => ({ key: `t${box.member.tensor.id}`, x: box.x, y: box.y, ...size(box) })),
    ];
    for (const [i, a] of frames.entries())
      for (const b of frames.slice(i + 1)) assert.ok(apart(a, b), `${a.key} lies on ${b.key}`);
    for (const { pieces, tensor } of layout.wires) {
      assert.ok(pieces.length > 0);
      for (const piece of pieces) assert.ok(piece[3][0] >= piece[0][0] - 0.5);
      const box = layout.boxes.get(tensor);
      const starts = pieces[0][0];
      if (box && starts[0] > box.x)
        assert.deepEqual(starts, [box.x + box.size.width, box.y + box.size.height / 2]);
    }
    assert.deepEqual([...layout.bands.keys()].sort(), layout.regions.flatMap(({ ops }) => ops).sort());
    const drawn = new Set(edgesOf(graph, layout).edges.map((edge) => edge.op));
    for (const op of drawn) assert.ok(layout.bands.has(op), "folded operations have no edges");
  }
});

/** @param {import("../../static/js/layout/layout.js").Box} box */
function size(box) {
  return { width: box.size.width, height: box.size.height };
}

/** @param {import("../../static/js/layout/layout.js").Box} box @param {{x: number, y: number, width: number, height: number}} frame */
function inside(box, frame) {
  return (
    box.x >= frame.x && box.x <= frame.x + frame.width && box.y >= frame.y && box.y <= frame.y + frame.height
  );
}

/** @param {{x: number, y: number, width: number, height: number}} a @param {typeof a} b */
function apart(a, b) {
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

test("what lies outside the view is counted by the side on which it lies", async () => {
  const { layout } = await laidOut(skip(), [0]);
  const { bounds } = layout;
  const view = { width: bounds.width + 40, height: bounds.height + 40 };
  assert.deepEqual(beyond(layout, { x: 0, y: 0, k: 1 }, view), []);
  const narrow = { ...view, width: bounds.width / 2 };
  const [right] = beyond(layout, { x: 0, y: 0, k: 1 }, narrow);
  assert.equal(right.side, "right");
  const [left] = beyond(layout, { x: -bounds.width / 2, y: 0, k: 1 }, narrow);
  assert.equal(left.side, "left");
  assert.equal(left.ops + right.ops, 4);
});
