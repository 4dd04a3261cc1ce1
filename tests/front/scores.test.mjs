import assert from "node:assert/strict";
import { test } from "node:test";
import { drawerOf } from "../../static/js/trace/bookings.js";
import { jacobianOf } from "../../static/js/tables/jacobian.js";
import { recompute } from "../../static/js/trace/recompute.js";
import { share, sumOf, told } from "../../static/js/trace/scores.js";
import { put } from "../../static/js/trace/more-edges.js";
import { operation, relation, skip, straight, tensor, trace, twice } from "./traces.mjs";

/** @param {import("../../static/js/trace/trace-types.js").BackwardCall} backward */
const scoresOf = (backward) => new Map(backward.scores.map(({ tensor, values }) => [tensor, values ?? []]));

for (const [name, make] of Object.entries({ twice, skip })) {
  test(`edges times scores give the trace's scores: ${name}`, () => {
    const given = make();
    for (const backward of given.backward) {
      const found = recompute(given, backward);
      assert.deepEqual(found && Object.fromEntries(found.scores), Object.fromEntries(scoresOf(backward)));
    }
  });

  test(`the terms of every element add up to its score: ${name}`, () => {
    const given = make();
    const backward = given.backward[given.backward.length - 1];
    const scores = scoresOf(backward);
    for (const [tensor, values] of scores) {
      values.forEach((value, element) => {
        const sum = sumOf(given, backward, backward.order, tensor, element, scores);
        assert.equal(sum.total, value);
        assert.equal(
          sum.terms.reduce((total, { product }) => total + (product ?? 0), sum.seed ?? 0),
          value,
        );
      });
    }
  });
}

test("another G gives other scores without asking anybody", () => {
  const given = twice();
  const found = recompute(given, given.backward[0], new Map([[3, [1, 10]]]));
  assert.deepEqual(found?.scores.get(0), [6, 80]);
});

test("missing edges or a missing gradient give no scores, rather than wrong ones", () => {
  const given = twice();
  given.ops[0].relations[0].complete = false;
  assert.equal(recompute(given, given.backward[1]), null);
  const unseeded = twice();
  unseeded.backward[0].roots[0].gradient = null;
  assert.equal(recompute(unseeded, unseeded.backward[0]), null);
});

test("one tensor used twice by an operation has two terms, numbered", () => {
  const given = twice();
  const sum = sumOf(given, given.backward[1], [2, 1, 0], 2, 1, scoresOf(given.backward[1]));
  assert.deepEqual(
    sum.terms.map(({ use, uses, weight, upstream }) => [use, uses, weight, upstream]),
    [
      [1, 2, 4, 1],
      [2, 2, 4, 1],
    ],
  );
  assert.equal(sum.total, 8);
});

test("while a score has not arrived there are weights but no product and no total", () => {
  const given = twice();
  const sum = sumOf(given, given.backward[1], [2, 1, 0], 0, 0, new Map([[4, [1]]]));
  assert.deepEqual(
    sum.terms.map(({ weight, product }) => [weight, product]),
    [[1, null]],
  );
  assert.equal(sum.total, null);
});

test("an edge of weight 0 sends 0 where the relation selects, whatever the score; elsewhere 0 × inf is nan", () => {
  const selecting = relation(straight(1, 0), { selects: true });
  assert.equal(share(selecting, 0, Number.POSITIVE_INFINITY), 0);
  assert.ok(Number.isNaN(share(relation(straight(1, 0)), 0, Number.POSITIVE_INFINITY)));
});

test("the drawer stacks the calls that left what the next one found", () => {
  const given = twice();
  const drawer = drawerOf(given, 1, 0);
  assert.deepEqual(drawer?.earlier, [{ call: 0, amounts: [3, -8] }]);
  assert.deepEqual(drawer?.current, { call: 1, amounts: [6, 8] });
  assert.equal(drawer?.base, null);
});

test("zero_() between two calls leaves an amount without a call", () => {
  const given = twice();
  given.backward[1].accumulated[0] = { tensor: 0, before: [0, 0], after: [6, 8] };
  const drawer = drawerOf(given, 1, 0);
  assert.deepEqual([drawer?.earlier, drawer?.base], [[], [0, 0]]);
});

test("the table merges parallel edges, and its foot is the column times v", () => {
  const given = twice();
  const table = jacobianOf(
    given.ops[1],
    new Map([
      [2, [2]],
      [3, [2]],
    ]),
    { input: 2, column: 1, row: null, view: null },
    new Map([[3, [0.5, -1]]]),
  );
  assert.deepEqual(table?.cells, [
    [6, null],
    [null, 8],
  ]);
  assert.deepEqual([table?.foot, table?.merged, table?.selected, table?.whole], [[3, -8], [4, 4], 1, true]);
});

test("a large relation shows the unit of the selected element only", () => {
  /** Two rows of four, each row all to all. */
  const edges = [0, 1].flatMap((row) =>
    [0, 1, 2, 3].flatMap((o) =>
      [0, 1, 2, 3].map((i) => /** @type {[number, number, number]} */ ([row * 4 + i, row * 4 + o, 1])),
    ),
  );
  const op = operation(0, {
    inputs: [0],
    outputs: [1],
    relations: [relation(edges, { units: { count: 2, inputs: 4, outputs: 4 } })],
  });
  const table = jacobianOf(
    op,
    new Map([
      [0, [2, 4]],
      [1, [2, 4]],
    ]),
    { input: 0, column: 5, row: null, view: null },
    new Map(),
  );
  assert.deepEqual([table?.columns, table?.rows, table?.whole], [[4, 5, 6, 7], [4, 5, 6, 7], false]);
  assert.deepEqual(table?.foot, [null, null, null, null]);
});

test("of a relation that was not sent whole, the table holds the selected column alone", () => {
  const edges = /** @type {[number, number, number][]} */ ([
    [0, 0, 1],
    [0, 1, 2],
    [1, 1, 5],
  ]);
  const units = { count: 1, inputs: 2, outputs: 2 };
  const given = relation([], { complete: false, edge_count: 4, edges: null, units });
  const op = operation(0, { inputs: [0], outputs: [1], relations: [given] });
  const whole = trace([tensor(0, { shape: [2] }), tensor(1, { shape: [2], op: 0 })], [op], []);
  const numbers = { elements: [], values: [], scores: null };
  const columns = { input: [0, 0], output: [0, 1], weight: [1, 2] };
  put(
    whole,
    op,
    given,
    { side: "input", elements: [0], call: null },
    { edges: columns, numbers: { input: numbers, output: numbers } },
  );
  const shapes = new Map([
    [0, [2]],
    [1, [2]],
  ]);
  const table = jacobianOf(op, shapes, { input: 0, column: 0, row: null, view: "full" }, new Map());
  assert.deepEqual([table?.columns, table?.cells, table?.part], [[0], [[1], [2]], true]);
  given.edges = {
    input: edges.map(([i]) => i),
    output: edges.map(([, o]) => o),
    weight: edges.map(([, , w]) => w),
  };
  const grown = jacobianOf(op, shapes, { input: 0, column: 0, row: null, view: "full" }, new Map());
  assert.deepEqual([grown?.columns, grown?.rows, grown?.cells, grown?.part], [[0], [0, 1], [[1], [2]], true]);
});

test("terms that cancel are told as the score of the trace; a sum that disagrees stays as it is", () => {
  const cancelling = [0.08192506, -0.02203304, -0.05989202];
  assert.notEqual(cancelling[0] + cancelling[1] + cancelling[2] + 1e-9, 0);
  assert.equal(told([...cancelling, 2e-9], 0), 0);
  assert.equal(told([1, 2], 3.1), 3);
  assert.equal(told([1, 2], undefined), 3);
});
