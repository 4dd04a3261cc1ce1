import assert from "node:assert/strict";
import { test } from "node:test";
import { forwardOf } from "../../static/js/why/forward.js";
import { symbolsOf } from "../../static/js/picture/symbols.js";
import { call, operation, relation, tensor, trace } from "./traces.mjs";

/** @typedef {[number, number, number]} Joined */

/**
 * x [3] → o, a scalar, by the formula.
 * @param {string} forward @param {number} value @param {object} [more]
 */
function stepsOf(forward, value, more = {}) {
  const tensors = [
    tensor(0, { name: "x", shape: [3], values: [1, -2, 4] }),
    tensor(1, { name: "o", shape: [], values: [value], op: 0 }),
  ];
  const all = /** @type {Joined[]} */ ([0, 1, 2].map((element) => [element, 0, 1]));
  const given = relation(all, {
    structure: "reduction",
    local: "\\frac{\\partial o}{\\partial x_i} = 1",
    symbols: [{ where: "all", tex: "1" }],
    ...more,
  });
  const op = { ...operation(0, { name: "f", inputs: [0], outputs: [1], relations: [given] }), forward };
  const shown = { trace: trace(tensors, [op], [call({ after_op: 1 })]), symbols: symbolsOf(tensors, []) };
  return forwardOf(shown, op, { tensor: 1, element: 0 })?.steps ?? null;
}

test("what goes over all elements is written out: sum, product, mean, the largest", () => {
  assert.deepEqual(stepsOf("\\sum_i x", 3), ["x_{1} + x_{2} + x_{3}", "1 + (-2) + 4", "3"]);
  assert.deepEqual(stepsOf("\\prod_i x", -8), [
    "x_{1} \\cdot x_{2} \\cdot x_{3}",
    "1 \\times (-2) \\times 4",
    "-8",
  ]);
  assert.deepEqual(stepsOf("\\bar{x}", 1), [
    "\\frac{1}{3} (x_{1} + x_{2} + x_{3})",
    "\\frac{1}{3} \\times 3",
    "1",
  ]);
  assert.deepEqual(stepsOf("\\max_i x", 4), ["\\max(x_{1}, x_{2}, x_{3})", "\\max(1, -2, 4)", "4"]);
});

test("a formula that does not come to the value, or is not understood, is not shown", () => {
  assert.equal(stepsOf("\\sum_i x", 7), null);
  assert.equal(stepsOf("\\operatorname{mystery}(x)", 3), null);
  assert.equal(stepsOf("\\sum_i x", 3, { structure: "implicit" }), null);
});

test("a contraction is a sum of products, in the order of its operands", () => {
  const tensors = [
    tensor(0, { name: "w", shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }),
    tensor(1, { name: "x", shape: [3], values: [1, -1, 2] }),
    tensor(2, { name: "o", shape: [2], values: [5, 11], op: 0 }),
  ];
  const edges = /** @type {Joined[]} */ (
    [0, 1].flatMap((row) => [0, 1, 2].map((k) => [k, row, row * 3 + k + 1]))
  );
  const given = relation(edges, {
    input: 1,
    structure: "contraction",
    local: "\\frac{\\partial o_{i}}{\\partial b_{k}} = a_{ik}",
    symbols: [{ where: "all", tex: "a_{ik}" }],
  });
  const op = {
    ...operation(0, { name: "mv", inputs: [0, 1], outputs: [2], relations: [given] }),
    forward: "a\\,b",
  };
  const shown = { trace: trace(tensors, [op], [call({ after_op: 1 })]), symbols: symbolsOf(tensors, []) };
  assert.deepEqual(forwardOf(shown, op, { tensor: 2, element: 1 })?.steps, [
    "w_{21} \\cdot x_{1} + w_{22} \\cdot x_{2} + w_{23} \\cdot x_{3}",
    "4 \\times 1 + 5 \\times (-1) + 6 \\times 2",
    "11",
  ]);
});
