import assert from "node:assert/strict";
import { test } from "node:test";
import { weightTex } from "../../static/js/weight-tex.js";
import { operation, relation, straight } from "./traces.mjs";

/** @param {number} tensor @param {number} element */
const write = (tensor, element) => `${"abo"[tensor]}_{${element}}`;

/** @param {object} given @param {string} left @param {{where: string, tex: string}[] | string} symbols */
function rule(given, left, symbols) {
  const told = typeof symbols === "string" ? [{ where: "all", tex: symbols }] : symbols;
  return {
    ...given,
    local: `\\frac{\\partial ${left.split("/")[0]}}{\\partial ${left.split("/")[1]}} = …`,
    symbols: told,
  };
}

test("a product writes the other operand at the edge's place, broadcast or not", () => {
  const shapes = new Map([
    [0, [2, 2]],
    [1, [2]],
    [2, [2, 2]],
  ]);
  const op = operation(0, {
    inputs: [0, 1],
    outputs: [2],
    relations: [relation(straight(4, 1), rule({}, "o_i/a_i", "b_i"))],
  });
  assert.deepEqual(
    [0, 1, 2, 3].map((edge) => weightTex(op, 0, edge, shapes, write)),
    ["b_{0}", "b_{1}", "b_{0}", "b_{1}"],
  );
});

test("softmax has one rule on the diagonal and another beside it", () => {
  const symbols = [
    { where: "diagonal", tex: "o_i (1 - o_i)" },
    { where: "off-diagonal", tex: "o_j (0 - o_i)" },
  ];
  const edges = /** @type {[number, number, number][]} */ ([
    [0, 0, 1],
    [1, 0, 1],
  ]);
  const op = operation(0, {
    inputs: [0],
    outputs: [2],
    relations: [relation(edges, rule({ structure: "block" }, "o_j/x_i", symbols))],
  });
  const shapes = new Map([
    [0, [3]],
    [2, [3]],
  ]);
  assert.equal(weightTex(op, 0, 0, shapes, write), "o_{0} (1 - o_{0})");
  assert.equal(weightTex(op, 0, 1, shapes, write), "o_{0} (0 - o_{1})");
});

test("a contraction reads the operand by the letters of its axes", () => {
  const edges = /** @type {[number, number, number][]} */ ([[1, 4, 1]]);
  const given = rule({ input: 1, structure: "contraction" }, "o_{ij}/b_{kj}", "a_{ik}");
  const op = operation(0, { inputs: [0, 1], outputs: [2], relations: [relation(edges, given)] });
  const shapes = new Map([
    [0, [3, 2]],
    [1, [2, 2]],
    [2, [3, 2]],
  ]);
  // o[2, 0] and b[0, 1]: the row 2 of a, its column 0
  assert.equal(weightTex(op, 0, 0, shapes, write), "a_{4}");
});

test("commands keep their letters, and a product over the others is written out", () => {
  const sum = /** @type {[number, number, number][]} */ ([
    [0, 0, 1],
    [1, 0, 1],
    [2, 0, 1],
  ]);
  const shapes = new Map([
    [0, [3]],
    [2, []],
  ]);
  /** @param {string} tex */
  const of = (tex) => {
    const relations = [relation(sum, rule({ structure: "reduction" }, "o/x_i", tex))];
    return weightTex(operation(0, { inputs: [0], outputs: [2], relations }), 0, 1, shapes, write);
  };
  assert.equal(of("\\cos x_i"), "\\cos a_{1}");
  assert.equal(of("e^{x_i - o}"), "e^{a_{1} - o_{0}}");
  assert.equal(of("\\prod_{k \\ne i} x_k"), "a_{0} \\cdot a_{2}");
  assert.equal(of("[i = \\operatorname{index}_j]"), null);
  assert.equal(of("x_i - \\bar{x}"), null);
});
