import assert from "node:assert/strict";
import { test } from "node:test";
import { completionsAt, definedNames } from "../../static/js/code/completions.js";

/** @param {string} name @param {string[]} spellings */
const entry = (name, spellings) => /** @type {any} */ ({ name, spellings, signatures: [], kind: null });
const ENTRIES = [
  entry("softmax", ["torch.softmax", "Tensor.softmax", "torch.nn.functional.softmax"]),
  entry("add_", ["Tensor.add_", "+="]),
  entry("ones", ["torch.ones"]),
  entry("Parameter", ["torch.nn.Parameter"]),
];

/** @param {string} before @param {string[]} [sources] */
function labels(before, sources = []) {
  const found = completionsAt(before, ENTRIES, sources);
  return found?.options.filter(({ entry: known }) => known).map(({ label }) => label);
}

test("after torch and its short names come their functions", () => {
  assert.deepEqual(labels("y = torch.so"), ["ones", "softmax"]);
  assert.deepEqual(labels("F.", ["import torch.nn.functional as F"]), ["softmax"]);
  assert.deepEqual(labels("torch.nn.functional."), ["softmax"]);
  assert.deepEqual(labels("th.o", ["import torch as th"]), ["ones", "softmax"]);
  assert.deepEqual(labels("nn."), ["Parameter"]);
});

test("after anything else come the methods of a tensor, and what it has", () => {
  assert.deepEqual(labels("x."), ["add_", "softmax"]);
  assert.deepEqual(labels("(x * 2).so"), ["add_", "softmax"]);
  assert.deepEqual(labels("x[0]."), ["add_", "softmax"]);
  const all = completionsAt("x.gr", ENTRIES, [])?.options.map(({ label }) => label);
  assert.ok(all?.includes("grad") && all.includes("requires_grad"));
});

test("without a dot come the names that the cells define", () => {
  const found = completionsAt("print(we", ENTRIES, ["weights, b = 1, 2\ndef well(n): pass"]);
  assert.equal(found?.from, 6);
  const names = found?.options.map(({ label }) => label);
  assert.deepEqual(names?.slice(0, 4), ["torch", "weights", "b", "well"]);
  assert.equal(completionsAt("x = 1", ENTRIES, []), null);
  assert.equal(completionsAt("x = ", ENTRIES, []), null);
});

test("names are those set, defined, imported or run through", () => {
  const source = "import torch as th\nfor i in range(3):\n    a = i\nif a == 2:\n    pass\nclass Net: pass";
  assert.deepEqual(definedNames([source]), ["a", "th", "i", "Net"]);
});
