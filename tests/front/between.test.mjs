import assert from "node:assert/strict";
import { test } from "node:test";
import { compositeTable, reachedFrom, tablesOn, waysBetween } from "../../static/js/tables/between.js";
import { operation, relation, skip, tensor, trace, twice } from "./traces.mjs";

test("the ways from one tensor to another go operation by operation, parallel uses as one", () => {
  assert.deepEqual(
    waysBetween(twice(), 0, 4).map((way) => way.map(({ op }) => op)),
    [[0, 1, 2]],
  );
  assert.deepEqual(
    waysBetween(skip(), 0, 4).map((way) => way.map(({ op }) => op)),
    [
      [2, 3],
      [0, 1, 2, 3],
    ],
  );
  assert.deepEqual(waysBetween(skip(), 4, 0), []);
  assert.deepEqual([...reachedFrom(skip(), 1)], [2, 3, 4]);
});

test("a way over an edge that carries nothing is told", () => {
  const given = twice();
  given.ops[1].relations.forEach((each) => {
    each.carries = false;
  });
  assert.deepEqual(
    waysBetween(given, 0, 3)[0].map(({ carries }) => carries),
    [true, false],
  );
  assert.equal(tablesOn(given, waysBetween(given, 0, 3)[0]), null);
  given.ops[1].relations[0].carries = true;
  assert.equal(waysBetween(given, 0, 3)[0][1].carries, true);
});

test("the product of the tables on the way is the table between its ends", () => {
  const given = twice();
  const [first, second, third] = tablesOn(given, waysBetween(given, 0, 4)[0]) ?? [];
  const numbers = [first, second, third].map(({ cells }) => cells.map((row) => row.map((w) => w ?? 0)));
  const product = [...numbers]
    .reverse()
    .reduce((a, b) =>
      a.map((row) => b[0].map((_, c) => row.reduce((sum, weight, k) => sum + weight * b[k][c], 0))),
    );
  assert.deepEqual(product, [[6, 8]]);
  const edges = { input: [0, 1], output: [0, 0], weight: [6, 8] };
  const table = compositeTable(given, { from: 0, to: 4, edges }, new Map([[4, [1]]]));
  assert.deepEqual([table.cells, table.v, table.foot, table.detail], [[[6, 8]], [1], [6, 8], "numbers"]);
});

test("where terms cancel, what rounding left is 0; what is merely small stays", () => {
  const half = relation(
    [
      [0, 0, 0.25],
      [0, 1, -0.25],
      [1, 0, 1e-8],
    ],
    { kind: "many-to-many" },
  );
  const sum = relation(
    [
      [0, 0, 1],
      [1, 0, 1],
    ],
    { kind: "many-to-one" },
  );
  const given = trace(
    [tensor(0, { name: "x", shape: [2] }), tensor(1, { name: "y", shape: [2], op: 0 }), tensor(2, { op: 1 })],
    [
      operation(0, { inputs: [0], outputs: [1], relations: [half] }),
      operation(1, { inputs: [1], outputs: [2], relations: [sum] }),
    ],
    [],
  );
  const edges = { input: [0, 1], output: [0, 0], weight: [3e-9, 1e-8] };
  assert.deepEqual(compositeTable(given, { from: 0, to: 2, edges }, new Map()).cells, [[0, 1e-8]]);
});
