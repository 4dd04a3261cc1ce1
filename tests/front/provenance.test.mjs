import assert from "node:assert/strict";
import { test } from "node:test";
import { provenanceOf } from "../../static/js/why/provenance.js";
import { symbolsOf } from "../../static/js/picture/symbols.js";
import { call, operation, relation, tensor, trace } from "./traces.mjs";

/** @typedef {[number, number, number]} Joined  input element, output element, weight */

/**
 * One operation a, b → o with one relation.
 * @param {{shapes: number[][], values: number[][], edges: Joined[], left: string, symbols: {where: string, tex: string}[] | string, more?: object}} given
 */
function picture({ shapes, values, edges, left, symbols, more = {} }) {
  const [above, below] = left.split("/");
  const told = typeof symbols === "string" ? [{ where: "all", tex: symbols }] : symbols;
  const rule = { local: `\\frac{\\partial ${above}}{\\partial ${below}} = …`, symbols: told, ...more };
  const last = shapes.length - 1;
  const tensors = shapes.map((shape, id) =>
    tensor(id, { name: id === last ? "o" : "xw"[id], shape, values: values[id], op: id === last ? 0 : null }),
  );
  const inputs = shapes.slice(0, last).map((_, id) => id);
  const op = operation(0, { name: "f", inputs, outputs: [last], relations: [relation(edges, rule)] });
  const given = trace(tensors, [op], [call({ after_op: 1 })]);
  return { trace: given, symbols: symbolsOf(tensors, []) };
}

/** @param {ReturnType<typeof picture>} shown @param {number} [edge] */
const stepsOf = (shown, edge = 0) => provenanceOf(shown, { op: 0, relation: 0, edge })?.steps;

test("softmax: labels, numbers with the bracket worked out, the weight", () => {
  const o = [0.09003057, 0.24472848, 0.66524094];
  const shown = picture({
    shapes: [[3], [3]],
    values: [[1, 2, 3], o],
    edges: [
      [1, 1, o[1] * (1 - o[1])],
      [1, 0, -o[0] * o[1]],
    ],
    left: "o_j/x_i",
    symbols: [
      { where: "diagonal", tex: "o_i (1 - o_i)" },
      { where: "off-diagonal", tex: "o_j (0 - o_i)" },
    ],
    more: { structure: "block" },
  });
  assert.deepEqual(stepsOf(shown), ["o_{2} (1 - o_{2})", "0.2447 \\times 0.7553", "0.1848"]);
  assert.deepEqual(stepsOf(shown, 1), ["o_{1} (0 - o_{2})", "0.0900 \\times (-0.2447)", "-0.0220"]);
  assert.equal(provenanceOf(shown, { op: 0, relation: 0, edge: 0 })?.last, "=");
});

test("a product names the cell of the other operand, broadcast or by the letters of a contraction", () => {
  const broadcast = {
    shapes: [[2, 2], [2], [2, 2]],
    values: [
      [1, 2, 3, 4],
      [5, -6],
      [5, -12, 15, -24],
    ],
    edges: /** @type {Joined[]} */ ([[3, 3, -6]]),
    left: "o_i/a_i",
    symbols: "b_i",
  };
  const found = provenanceOf(picture(broadcast), { op: 0, relation: 0, edge: 0 });
  assert.deepEqual(found?.steps, ["w_{2}", "-6"]);
  assert.deepEqual(found?.sources, [{ tensor: 1, element: 1 }]);
  const contraction = {
    ...broadcast,
    shapes: [
      [3, 2],
      [2, 2],
      [3, 2],
    ],
    values: [[1, 2, 3, 4, 5, 6], [1, 1, 1, 1], []],
    edges: /** @type {Joined[]} */ ([[1, 4, 5]]),
    left: "o_{ij}/b_{kj}",
    symbols: "a_{ik}",
    more: { input: 1, structure: "contraction" },
  };
  // o[2, 0] and w[0, 1]: row 2 of x, its column 0
  assert.deepEqual(stepsOf(picture(contraction)), ["x_{31}", "5"]);
});

/** @param {string} tex @param {number} weight @param {number[]} [values] */
const reduced = (tex, weight, values = [1, 2, 4]) =>
  picture({
    shapes: [[3], []],
    values: [values, [8]],
    edges: [
      [0, 0, 0],
      [1, 0, weight],
      [2, 0, 0],
    ],
    left: "o/x_i",
    symbols: tex,
    more: { structure: "reduction" },
  });

test("what is said of all elements of an output: the product of the others, the mean, the ties", () => {
  assert.deepEqual(stepsOf(reduced("\\prod_{k \\ne i} x_k", 4), 1), [
    "x_{1} \\cdot x_{3}",
    "1 \\times 4",
    "4",
  ]);
  assert.deepEqual(stepsOf(reduced("x_i - \\bar{x}", -1 / 3), 1), [
    "x_{2} - \\overline{x}",
    "2 - 2.3333",
    "-0.3333",
  ]);
  const tied = reduced("\\tfrac{[x_i = o]}{\\#}", 0.5, [1, 8, 8]);
  assert.deepEqual(stepsOf(tied, 1), ["\\frac{[x_{2} = o]}{\\#}", "\\frac{[8 = 8]}{2}", "0.5"]);
});

test("functions and powers keep their shape; negative numbers stand in brackets", () => {
  const of = (/** @type {string} */ tex, /** @type {number} */ weight) =>
    stepsOf(reduced(tex, weight, [0, -2, 0]), 1);
  assert.deepEqual(of("\\cos x_i", Math.cos(-2)), ["\\cos x_{2}", "\\cos (-2)", "-0.4161"]);
  assert.deepEqual(of("3 x_i^{2}", 12), ["3 x_{2}^{2}", "3 \\times (-2)^{2}", "12"]);
  assert.deepEqual(of("e^{x_i - o}", Math.exp(-10)), ["e^{x_{2} - o}", "e^{-10}", "4.5 \\cdot 10^{-5}"]);
  assert.deepEqual(of("[x_i \\ge -0.5]", 0), ["[x_{2} \\ge -0.5]", "[-2 \\ge -0.5]", "0"]);
});

test("what is not understood is shown as it stands, and a constant is its number", () => {
  assert.deepEqual(stepsOf(reduced("J_{ji}", 2), 1), ["J_{ji}", "2"]);
  assert.deepEqual(stepsOf(reduced("1", 1), 1), ["1"]);
});

test("a write weighs its written part by its own rule and leaves the rest alone", () => {
  const written = "\\begin{cases} 3 x_i^{2} & i \\text{ written} \\\\ 1 & \\text{else} \\end{cases}";
  const shown = picture({
    shapes: [[3], [3]],
    values: [
      [2, 2, 2],
      [8, 2, 2],
    ],
    edges: [
      [0, 0, 12],
      [1, 1, 1],
    ],
    left: "o_i/x_i",
    symbols: written,
    more: { structure: "rearrangement" },
  });
  assert.deepEqual(stepsOf(shown), ["3 x_{1}^{2}", "3 \\times 2^{2}", "12"]);
  assert.deepEqual(stepsOf(shown, 1), ["1"]);
});
