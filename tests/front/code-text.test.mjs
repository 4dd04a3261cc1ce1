import assert from "node:assert/strict";
import { test } from "node:test";
import { bracketed, callIn, matches, offsetOf, split, statements } from "../../static/js/code/code-text.js";
import { codeAfter, insertion, repaired, replacement } from "../../static/js/code/edits.js";

/** @param {string} text */
const piece = (text) => ({ from: 0, to: text.length, text });

test("a statement goes on while a bracket or a string is open, and its indentation is apart", () => {
  const source = 'x = f(1,\n  2)\n# note\nif x:\n    y = """a\nb"""\n';
  const texts = statements(source).map(({ from, to, indent }) => [source.slice(from, to), indent]);
  assert.deepEqual(texts, [
    ["x = f(1,\n  2)", ""],
    ["if x:", ""],
    ['y = """a\nb"""', "    "],
  ]);
});

test("a call has a receiver, a method and arguments, whatever stands in strings and brackets", () => {
  const call = callIn(piece('f("(", [1, 2]).sum(dim=(0, 1), keepdim=True)'));
  assert.equal(call?.receiver.text, 'f("(", [1, 2])');
  assert.equal(call?.method, "sum");
  assert.deepEqual(
    call?.args.map(({ text }) => text),
    ["dim=(0, 1)", "keepdim=True"],
  );
  assert.equal(callIn(piece("a @ b")), null);
  assert.equal(callIn(piece("(a + b)")), null);
});

test("separators count only outside of brackets, strings and comments", () => {
  assert.deepEqual(split(piece("(a @ b) @ c # @"), "@").length, 2);
  assert.deepEqual(
    matches('x = 1 # 1\ny = "1"\nz = 1', /1/g).map(({ from }) => from),
    [4, 22],
  );
});

test("places are lines from 1 and columns from 0, never beyond their line", () => {
  assert.equal(offsetOf("ab\ncd", 2, 1), 4);
  assert.equal(offsetOf("ab\ncd", 1, 99), 2);
});

test("brackets are put only where they are needed", () => {
  assert.deepEqual(["x", "f(x)", "x[0]", "a + b"].map(bracketed), ["x", "f(x)", "x[0]", "(a + b)"]);
});

test("a repair shows the lines that it makes, without their indentation", () => {
  const sources = ["a = 1", "if a:\n    b.c()\nd"];
  const edits = [insertion(1, 14, "x"), replacement(1, { from: 10, to: 11 }, "bb")];
  assert.deepEqual(repaired(sources, edits), ["a = 1", "if a:\n    bb.c(x)\nd"]);
  assert.equal(codeAfter(sources, edits), "bb.c(x)");
  assert.equal(codeAfter(sources, [insertion(1, 10, "n = 1\n    ")]), "n = 1");
});
