import assert from "node:assert/strict";
import { test } from "node:test";
import { lineValues, valueText } from "../../static/js/code/line-values.js";
import { sourceText } from "../../static/js/code/source-text.js";

/** @param {any} fields */
const tensor = (fields) => ({ name: "y", label: "x * 3", values: [1], shape: [], span: null, ...fields });
const span = (/** @type {number} */ line, cell = 0) => ({
  cell,
  line,
  column: 4,
  end_line: line,
  end_column: 9,
});

test("a value is its numbers while they fit in 14 characters, then its shape", () => {
  assert.equal(valueText(tensor({ values: [27] })), "27");
  assert.equal(valueText(tensor({ shape: [2, 2], values: [1, 1, 1, 1] })), "1 1 / 1 1");
  assert.equal(valueText(tensor({ shape: [4], values: [27, 27, 27, -27] })), "27 27 27 −27");
  assert.equal(valueText(tensor({ shape: [4], values: [27, 27.25, 27, -27] })), "[4]");
  assert.equal(valueText(tensor({ shape: [2, 1, 2], values: [1, 1, 1, 1] })), "[2, 1, 2]");
  assert.equal(valueText(tensor({ shape: [0, 3], values: [] })), "[0, 3]");
  assert.equal(valueText(tensor({ shape: [64, 64], values: null })), "[64, 64]");
});

test("a line shows the last value that a variable got there; what has no name of its own does not count", () => {
  const trace = /** @type {any} */ ({
    tensors: [
      tensor({ values: [9], span: span(4) }),
      tensor({ values: [27], span: span(4) }),
      tensor({ values: [3], span: span(4), name: null }),
      tensor({ values: [4], span: span(4), name: "x.grad", label: "x.grad" }),
      tensor({ values: [5], span: span(4, 1) }),
      tensor({ values: [6] }),
    ],
  });
  assert.deepEqual([...lineValues(trace, 0)], [[4, "27"]]);
});

test("a statement is quoted from the text that ran, its first line only", () => {
  const cells = ["a = 1\r\nz.backward(G,\n  retain_graph=True)"];
  const call = { cell: 0, line: 2, column: 0, end_line: 3, end_column: 20 };
  assert.equal(sourceText(cells, call), "z.backward(G, …");
  assert.equal(sourceText(cells, { ...call, line: 1, end_line: 1, end_column: 1 }), "a");
  assert.equal(sourceText(cells, null), "");
  assert.equal(sourceText(cells, { ...call, cell: 7 }), "");
});
