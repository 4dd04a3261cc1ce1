import assert from "node:assert/strict";
import { test } from "node:test";
import { literalsOf } from "../../static/js/gradient/gradient-literal.js";
import { listText, numbersIn, pythonFloat, withNumbers } from "../../static/js/gradient/number-literal.js";
import { tensor, trace, call } from "./traces.mjs";

test("numbers of a nested list are read with their shape, over line breaks and comments", () => {
  const text = "torch.tensor(\n  [[1, 0],\n   [0.5, -1.],  # two\n   [1e-2, .5]])";
  const numbers = numbersIn(text);
  assert.deepEqual(numbers?.shape, [3, 2]);
  assert.deepEqual(numbers?.values, [1, 0, 0.5, -1, 0.01, 0.5]);
  for (const odd of [
    "torch.ones(2)",
    "torch.tensor([a, 1.0])",
    "torch.tensor([[1.0], [2.0, 3.0]])",
    "[1.0, ",
  ])
    assert.equal(numbersIn(odd), null, odd);
});

test("only the numbers that changed are written, in the style of the others", () => {
  const write = (/** @type {string} */ text, /** @type {number[]} */ values) => {
    const numbers = numbersIn(text);
    return numbers && withNumbers(text, numbers, values);
  };
  assert.equal(write("torch.tensor([[1.0, 2.00]])", [1.25, 2]), "torch.tensor([[1.25, 2.00]])");
  assert.equal(write("torch.tensor([1., 2.])", [-1, 3]), "torch.tensor([-1., 3.])");
  assert.equal(write("torch.tensor([1.0,\n  0.5])", [0, 1]), "torch.tensor([0.0,\n  1.0])");
  assert.equal(pythonFloat(-0), "0.0");
  assert.equal(listText([1, 2, 3, 4.5], [2, 2]), "[[1.0, 2.0], [3.0, 4.5]]");
});

/** @param {string} source @param {string} piece @param {number} [cell] */
function spanOf(source, piece, cell = 0) {
  const at = source.indexOf(piece);
  const line = source.slice(0, at).split("\n").length;
  const column = at - (source.lastIndexOf("\n", at - 1) + 1);
  const lines = piece.split("\n");
  const end = lines.length > 1 ? lines[lines.length - 1].length : column + piece.length;
  return { cell, line, column, end_line: line + lines.length - 1, end_column: end };
}

/** @param {string} source @param {string} statement @param {string} expression @param {string | null} name */
function given(source, statement, expression, name) {
  const gradient = { shape: [2], values: [1, 2], requires_grad: false, op: null };
  const tensors = [
    tensor(0, { name: "y", shape: [2], values: [5, 6] }),
    tensor(1, { ...gradient, name, label: expression, span: spanOf(source, expression) }),
  ];
  const backward = call({ span: spanOf(source, statement), roots: [{ tensor: 0, gradient: [1, 2] }] });
  return literalsOf(
    trace(tensors, [], [{ ...backward, call: statement.includes("grad(") ? "grad" : "backward" }]),
    [source],
  );
}

for (const statement of [
  "y.backward(torch.tensor([1., 2.]), retain_graph=True)",
  "y.backward(retain_graph=True, gradient=torch.tensor([1., 2.]))",
  "torch.autograd.backward(y, torch.tensor([1., 2.]))",
  "torch.autograd.backward([y], grad_tensors=[torch.tensor([1., 2.])])",
  "torch.autograd.grad(y, x, torch.tensor([1., 2.]))",
  "torch.autograd.grad(y, (x,), grad_outputs=(torch.tensor([1., 2.]),))",
]) {
  test(`the literal in the call is found: ${statement}`, () => {
    const [literal] = given(`y = x * 2\n${statement}  # (it)\n`, statement, "torch.tensor([1., 2.])", null);
    assert.equal(literal?.text, "torch.tensor([1., 2.])");
    assert.deepEqual([literal.plain, literal.name, literal.serves], [true, null, [{ call: 0, root: 0 }]]);
  });
}

test("a variable leads to where it was set", () => {
  const source = "G = torch.tensor([1.,\n                  2.])\ny.backward(G)\n";
  const [literal] = given(source, "y.backward(G)", "torch.tensor([1.,\n                  2.])", "G");
  assert.deepEqual([literal.name, literal.from, literal.plain], ["G", 4, true]);
});

test("ones_like can be written over, but what other code made cannot be followed", () => {
  const ones = given(
    "y.backward(torch.ones_like(y))",
    "y.backward(torch.ones_like(y))",
    "torch.ones_like(y)",
    null,
  );
  assert.equal(ones[0].plain, true);
  const made = given("y.backward(v * 2)", "y.backward(v * 2)", "v * 2", null);
  assert.equal(made[0].plain, false);
});
