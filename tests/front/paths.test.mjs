import assert from "node:assert/strict";
import { test } from "node:test";
import { pathsOf } from "../../static/js/tables/paths.js";
import { call, operation, relation, skip, straight, tensor, trace, twice } from "./traces.mjs";

test("every path of a chain, parallel uses apart, adds up to the score", () => {
  const given = twice();
  const found = pathsOf(given, given.backward[1], { tensor: 0, element: 1 });
  assert.deepEqual(
    found?.paths.map(({ edges, seed, product }) => [
      edges.map(({ op, weight }) => [op, weight]),
      seed,
      product,
    ]),
    [
      [
        [
          [0, 1],
          [1, 4],
          [2, 1],
        ],
        1,
        4,
      ],
      [
        [
          [0, 1],
          [1, 4],
          [2, 1],
        ],
        1,
        4,
      ],
    ],
  );
  assert.deepEqual(found?.paths.map(({ edges }) => edges[1].use).sort(), [1, 2]);
  assert.deepEqual(
    [found?.count, found?.rest, found?.total, found?.sign, found?.differs],
    [2, null, 8, "=", false],
  );
});

test("the largest product comes first, whatever its way", () => {
  const given = skip();
  const found = pathsOf(given, given.backward[0], { tensor: 0, element: 2 });
  assert.deepEqual(
    found?.paths.map(({ edges, product }) => [edges.length, product]),
    [
      [2, 4],
      [4, 3],
    ],
  );
});

test("paths that are not listed are counted and summed without being walked", () => {
  const given = dense(8, 5);
  const found = pathsOf(given, given.backward[0], { tensor: 0, element: 0 });
  assert.equal(found?.count, 5 ** 8);
  assert.equal(found?.paths.length, 12);
  const shown = found?.paths.reduce((sum, { product }) => sum + product, 0) ?? 0;
  assert.ok(Math.abs(shown + (found?.rest ?? 0) - (found?.total ?? 0)) < 1e-9);
  const sizes = found?.paths.map(({ product }) => Math.abs(product)) ?? [];
  assert.deepEqual(
    sizes,
    [...sizes].sort((a, b) => b - a),
  );
  assert.equal(sizes[0], 2 ** 8);
});

test("a root's own seed is a path without edges; a path that a seed of 0 ends adds nothing", () => {
  const given = twice();
  given.backward[0].roots.push({ tensor: 2, gradient: [0, 10] });
  given.backward[0].scores[1].values = [3, 2];
  const found = pathsOf(given, given.backward[0], { tensor: 2, element: 1 });
  assert.deepEqual(
    found?.paths.map(({ edges, product }) => [edges.length, product]),
    [
      [0, 10],
      [1, -4],
      [1, -4],
    ],
  );
});

test("over an edge that selects, a weight of 0 gives 0 from an infinite score", () => {
  const given = trace(
    [tensor(0, { name: "x" }), tensor(1, { name: "y", op: 0 })],
    [operation(0, { inputs: [0], outputs: [1], relations: [relation(straight(1, 0), { selects: true })] })],
    [
      call({
        roots: [{ tensor: 1, gradient: ["Infinity"] }],
        order: [0],
        scores: [
          { tensor: 1, values: ["Infinity"] },
          { tensor: 0, values: [0] },
        ],
      }),
    ],
  );
  assert.deepEqual(pathsOf(given, given.backward[0], { tensor: 0, element: 0 })?.paths[0].product, 0);
});

test("a score that a hook changed is told to differ; missing edges give nothing", () => {
  const given = twice();
  given.backward[1].scores[3].values = [6, 80];
  assert.equal(pathsOf(given, given.backward[1], { tensor: 0, element: 1 })?.differs, true);
  const partial = twice();
  partial.ops[1].relations[0].complete = false;
  assert.equal(pathsOf(partial, partial.backward[1], { tensor: 0, element: 1 }), null);
});

/** A chain of all-to-all operations: weight 2 straight on, −1 across. @param {number} depth @param {number} n */
function dense(depth, n) {
  const edges = Array.from(
    { length: n * n },
    (_, k) =>
      /** @type {[number, number, number]} */ ([
        k % n,
        Math.floor(k / n),
        k % n === Math.floor(k / n) ? 2 : -1,
      ]),
  );
  const tensors = Array.from({ length: depth + 1 }, (_, id) =>
    tensor(id, { shape: [n], op: id ? id - 1 : null }),
  );
  const ops = Array.from({ length: depth }, (_, id) =>
    operation(id, { inputs: [id], outputs: [id + 1], relations: [relation(edges)] }),
  );
  let values = new Array(n).fill(1);
  const scores = [{ tensor: depth, values }];
  for (let id = depth - 1; id >= 0; id -= 1) {
    const sum = values.reduce((a, b) => a + b, 0);
    values = values.map((value) => 3 * value - sum);
    scores.push({ tensor: id, values });
  }
  const order = ops.map(({ id }) => id).reverse();
  return trace(tensors, ops, [
    call({ roots: [{ tensor: depth, gradient: new Array(n).fill(1) }], order, scores }),
  ]);
}
