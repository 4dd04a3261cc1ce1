import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addsUp,
  circled,
  codeElement,
  formatNumber,
  readNumber,
  shapeText,
  signOf,
  subscript,
  unravel,
} from "../../static/js/format.js";
import { elementTex, symbolsOf } from "../../static/js/picture/symbols.js";
import { constant, tensor } from "./traces.mjs";

test("exact values are short, rounded ones keep their decimals", () => {
  const shown = [0.5, 18, 27, 0.1, 1 / 3, 0.022, 0.02204, 6.3, -0.4731, 1.0806046].map((value) =>
    formatNumber(value),
  );
  assert.deepEqual(shown, [
    "0.5",
    "18",
    "27",
    "0.1",
    "0.3333",
    "0.022",
    "0.0220",
    "6.3",
    "−0.4731",
    "1.0806",
  ]);
});

test("a sum in floating point is not taken for a rounded number", () => {
  assert.equal(formatNumber(0.1 + 0.2), "0.3");
  assert.equal(formatNumber(4.5 * 1.4), "6.3");
});

test("very large and very small numbers, zero, and what is no number", () => {
  assert.deepEqual(
    [1e5, 123456, 0.000012, -2.5e-7, 0, -0, 99999.5].map((value) => formatNumber(value)),
    ["1e5", "1.2e5", "1.2e−5", "−2.5e−7", "0", "0", "99999.5"],
  );
  assert.deepEqual(
    ["NaN", "Infinity", "-Infinity", true, null].map((value) => formatNumber(value)),
    ["nan", "inf", "−inf", "True", "–"],
  );
});

test("narrow nodes keep three decimals", () => {
  assert.equal(formatNumber(-0.34321, 3), "−0.343");
});

test("a reader who adds what is shown gets the shown sum, or reads ≈", () => {
  assert.equal(addsUp([2.25, 2.25], 4.5), true);
  assert.equal(addsUp([1 / 3, 1 / 3], 2 / 3), false, "0.3333 + 0.3333 is not 0.6667");
  assert.equal(addsUp([Number.POSITIVE_INFINITY, 1], Number.POSITIVE_INFINITY), true);
});

test("what is shown can be read back", () => {
  for (const value of [0.5, -3, 1.2e-5, -0.4731]) assert.equal(readNumber(formatNumber(value)), value);
});

test("signs", () => {
  assert.deepEqual([1, -1, 0, undefined, "-Infinity"].map(signOf), ["pos", "neg", "zero", "none", "neg"]);
});

test("indices count from 1 in formulas and from 0 in code", () => {
  assert.deepEqual(unravel(5, [2, 3]), [1, 2]);
  assert.equal(subscript(5, [2, 3]), "23");
  assert.equal(subscript(53, [32, 10]), "6,4");
  assert.equal(codeElement("x", 5, [2, 3]), "x[1, 2]");
  assert.equal(codeElement("out", 0, []), "out");
  assert.deepEqual([shapeText([2, 3]), shapeText([3]), shapeText([])], ["2×3", "[3]", ""]);
  assert.deepEqual([circled(1), circled(20), circled(21)], ["①", "⑳", "(21)"]);
});

test("no two tensors of a picture share a symbol, and a borrowed letter is none that the program uses", () => {
  const shown = [
    tensor(0, { name: "t", shape: [2] }),
    tensor(1, { name: null, shape: [2], op: 0 }),
    tensor(2, { name: "output_grad_", shape: [2] }),
    tensor(3, { name: "t", shape: [2], op: 1 }),
    tensor(4, { name: "loss", op: 2 }),
    constant(5, 2),
  ];
  const found = symbolsOf(shown, ["t", "u", "loss", "output_grad_"]);
  assert.deepEqual(
    [...found.values()].map(({ text, primes }) => text + primes),
    ["t", "v", "w", "t′", "loss"],
  );
  assert.deepEqual([found.get(1)?.borrowed, found.get(2)?.borrowed, found.get(4)?.word], [true, true, true]);
  assert.equal(found.has(5), false);
});

test("names in LaTeX cannot carry commands", () => {
  assert.equal(elementTex({ text: "t", word: false, primes: "′", borrowed: false }, 1, [2, 2]), "t'_{12}");
  const hostile = { text: "\\href{x}", word: true, primes: "", borrowed: false };
  assert.equal(elementTex(hostile, 0, []), "\\mathrm{hrefx}");
  assert.equal(
    elementTex({ text: "y_1", word: true, primes: "", borrowed: false }, 0, []),
    "\\mathrm{y\\_1}",
  );
});

test("a name that comes many times counts instead of growing primes", () => {
  const shown = Array.from({ length: 13 }, (_, id) => tensor(id, { name: "h", shape: [2] }));
  const last = symbolsOf(shown, ["h"]).get(12);
  assert.equal(last?.primes, "⁽¹²⁾");
  assert.equal(last && elementTex(last, 0, [2]), "h^{(12)}_{1}");
});
