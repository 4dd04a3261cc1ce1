import assert from "node:assert/strict";
import { test } from "node:test";
import { edgesOf } from "../../static/js/layout/edges.js";
import { graphAt } from "../../static/js/layout/graph.js";
import { layoutOf } from "../../static/js/layout/layout.js";
import { arrowsAt, pillsAt } from "../../static/js/layout/pills.js";
import { sceneOf } from "../../static/js/layout/scene.js";
import { blueEnd, greenEnd, pointOnEdge, travel } from "../../static/js/layout/travel.js";
import { passageOf } from "../../static/js/trace/moves.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { skip, twice } from "./traces.mjs";

/** Step of "y*y" in the second call: two edges from each y, weights 3 and 4, scores 1. */
const SQUARE = 9;
const BEATS = /** @type {const} */ ([0, 1, 2, 3]);

function square() {
  const given = twice();
  const list = steps(given);
  const graph = /** @type {import("../../static/js/layout/graph.js").Graph} */ (graphAt(given, list[SQUARE]));
  const layout = layoutOf(given, graph);
  return edgesOf(graph, layout).edges.filter(({ op }) => op === 1);
}

/** @param {import("../../static/js/layout/edges.js").Edge} edge */
const amountOf = ({ weight }) => ({ score: 0.5, product: 0.5 * weight });

/**
 * @param {import("../../static/js/trace/trace-types.js").Trace} given
 * @param {number} step
 * @param {import("../../static/js/trace/moves.js").Beat} beat
 * @param {{tensor: number, element: number} | null} selection
 */
function scene(given, step, beat, selection) {
  const list = steps(given);
  const picture = /** @type {import("../../static/js/layout/scene.js").Picture} */ (
    pictureAt(given, list, step)
  );
  const look = { selection, reading: /** @type {const} */ ("input"), wrt: {}, edge: null };
  return sceneOf(picture, knownAt(given, list, step, beat), look);
}

test("nothing travels at beat 0; scores leave at the green end; products arrive at the blue end", () => {
  const edges = square();
  assert.deepEqual(pillsAt(edges, 0, amountOf), []);
  const out = pillsAt(edges, 1, amountOf);
  assert.deepEqual(
    out.map(({ text }) => text),
    ["0.5", "0.5", "0.5", "0.5"],
  );
  const arrived = pillsAt(edges, 2, amountOf);
  assert.deepEqual(arrived.map(({ text }) => text).sort(), ["1.5", "1.5", "2", "2"]);
  for (const pill of out) {
    const later = /** @type {import("../../static/js/layout/pills.js").Pill} */ (
      arrived.find(({ edge }) => edge === pill.edge)
    );
    assert.ok(later.x + later.width / 2 < pill.x - pill.width / 2, "a pill goes left");
    assert.ok(
      pill.x + pill.width / 2 <= pill.edge.span[1] && later.x - later.width / 2 >= later.edge.span[0],
    );
  }
});

test("pills never cover each other, and more than eight are arrowheads", () => {
  const edges = square();
  const many = [...edges, ...edges, edges[0]];
  for (const beat of BEATS.slice(1)) {
    const tops = pillsAt(edges, beat, () => ({ score: 1, product: 1 }))
      .map(({ y }) => y)
      .sort((a, b) => a - b);
    tops.slice(1).forEach((y, i) => {
      assert.ok(y - tops[i] >= 22, `beat ${beat}: ${tops}`);
    });
    assert.deepEqual(pillsAt(many, beat, amountOf), []);
    assert.equal(arrowsAt(many, beat, amountOf).length, 9);
  }
  assert.deepEqual(arrowsAt(many, 0, amountOf), []);
});

test("an edge whose score has not come carries nothing", () => {
  assert.deepEqual(
    pillsAt(square(), 2, () => null),
    [],
  );
});

test("the way follows the edge from place to place", () => {
  const [edge] = square();
  assert.deepEqual(pointOnEdge(edge, greenEnd(edge)[0]).map(Math.round), greenEnd(edge).map(Math.round));
  const points = travel(edge, greenEnd(edge), blueEnd(edge));
  assert.deepEqual(points[0], greenEnd(edge));
  assert.deepEqual(points[points.length - 1].map(Math.round), blueEnd(edge).map(Math.round));
  assert.ok(points.every(([x], i) => i === 0 || x < points[i - 1][0]));
  const beside = travel(edge, [greenEnd(edge)[0], greenEnd(edge)[1] + 10], blueEnd(edge));
  assert.equal(beside[0][1], greenEnd(edge)[1] + 10, "what stands beside the line starts there");
});

test("each beat of a step is drawn in full: score, copies, products, sum", () => {
  const chosen = { tensor: 2, element: 1 };
  const [has, leave, gate, landed] = BEATS.map((beat) => scene(twice(), SQUARE, beat, chosen));
  assert.deepEqual(
    [has, leave, gate, landed].map(({ pills }) => pills.map(({ value }) => value)),
    [[], [1, 1], [4, 4], []],
  );
  assert.deepEqual([has.sums, gate.sums], [[], []]);
  const [bar] = landed.sums;
  assert.deepEqual(
    bar.rows.map(({ text }) => text),
    ["+4", "+4"],
  );
  assert.equal(bar.rows[0].from, bar.zero);
  assert.equal(bar.rows[1].from, bar.rows[0].to);
  assert.equal(bar.rows[1].to, bar.end);
  /** @param {ReturnType<typeof scene>} moment @param {number} tensor */
  const halo = (moment, tensor) => moment.nodes.some((node) => node.tensor === tensor && node.now);
  assert.deepEqual(
    [halo(has, 3), halo(has, 2), halo(landed, 3), halo(landed, 2)],
    [true, false, false, true],
  );
  assert.equal(gate.ops.find(({ op }) => op === 1)?.saved, "kept");
  assert.equal(landed.ops.find(({ op }) => op === 1)?.saved, "freed");
});

test("without a selection every edge of a small operation carries its number", () => {
  assert.equal(scene(twice(), SQUARE, 1, null).pills.length, 4);
  assert.equal(scene(twice(), SQUARE, 3, null).pills.length, 0);
  const elsewhere = scene(twice(), SQUARE, 2, { tensor: 0, element: 0 });
  assert.equal(elsewhere.pills.length, 4, "also when what is selected has no part in it");
  assert.deepEqual(scene(twice(), SQUARE, 2, { tensor: 2, element: 0 }).arrows.length, 2);
});

test("shares that have landed stay as numbers while others are missing, and the node counts", () => {
  const given = skip();
  const product = steps(given).findIndex(({ kind, op }) => kind === "backward" && op === 2);
  const moment = scene(given, product, 3, null);
  const waiting = moment.nodes.filter(({ waiting }) => waiting);
  assert.deepEqual(
    waiting.map(({ tensor, waiting, score }) => [tensor, waiting, score]),
    [0, 1, 2].map(() => [0, { got: 1, of: 2 }, undefined]),
  );
  assert.equal(moment.pills.length, 6);
});

test("motion leads one beat on or over the end of a call, and nowhere else", () => {
  const list = steps(twice());
  /** @param {[number, import("../../static/js/trace/moves.js").Beat]} from @param {[number, import("../../static/js/trace/moves.js").Beat]} to */
  const between = (from, to) =>
    passageOf(list, { step: from[0], beat: from[1] }, { step: to[0], beat: to[1] });
  assert.equal(between([9, 1], [9, 2]), "beat");
  assert.equal(between([9, 2], [9, 1]), null, "back");
  assert.equal(between([9, 0], [9, 3]), null, "a jump");
  assert.equal(between([5, 3], [6, 3]), "book");
  assert.equal(between([6, 3], [7, 3]), "call");
  assert.equal(between([2, 3], [3, 3]), null, "out of the forward pass");
  assert.equal(between([8, 3], [9, 0]), null);
});

test("a drawer's booking is dashed until the score is there, then told, then solid", () => {
  /** @param {number} step @param {import("../../static/js/trace/moves.js").Beat} beat */
  const drawer = (step, beat) => {
    const { pending, arrived, amount, now } = scene(twice(), step, beat, null).drawers[0];
    return [pending, arrived, amount, now];
  };
  assert.deepEqual(drawer(10, 2), [true, false, 6, 3]);
  assert.deepEqual(drawer(10, 3), [true, true, 6, 3]);
  assert.deepEqual(drawer(11, 3), [false, true, 6, 9]);
});

test("where the walk stops, scores stand before the weights that are gone", () => {
  const given = twice();
  const error = { type: "RuntimeError", message: "Trying to backward …", op: 1 };
  const scores = given.backward[1].scores.slice(0, 2);
  given.backward[0].retain_graph = false;
  given.backward[1] = { ...given.backward[1], order: [2], scores, accumulated: [], error };
  const moment = scene(given, steps(given).length - 1, 3, { tensor: 2, element: 0 });
  assert.deepEqual(
    moment.pills.map(({ text, edge }) => [text, edge.op]),
    [
      ["1", 1],
      ["1", 1],
    ],
  );
  assert.ok(moment.chips.some(({ blocked }) => blocked));
});
