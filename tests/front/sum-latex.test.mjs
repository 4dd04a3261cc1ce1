import assert from "node:assert/strict";
import { test } from "node:test";
import { writtenSum } from "../../static/js/why/inspection.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { bracketedTex, numberTex, sumLatex } from "../../static/js/why/sum-latex.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { twice } from "./traces.mjs";

test("numbers are LaTeX: a hyphen, a power of ten, brackets around a negative factor", () => {
  assert.equal(numberTex(-0.25), "-0.25");
  assert.equal(bracketedTex(-0.25), "(-0.25)");
  assert.equal(numberTex(1.2e-5), "1.2 \\cdot 10^{-5}");
  assert.equal(numberTex("-Infinity"), "-\\infty");
});

test("a sum is one line of LaTeX, with the places of a number used twice", () => {
  const trace = twice();
  const list = steps(trace);
  const last = list.length - 1;
  const picture = pictureAt(trace, list, last);
  assert.ok(picture);
  const written = writtenSum(picture, knownAt(trace, list, last), { tensor: 2, element: 1 });
  assert.ok(written);
  const latex = sumLatex(picture, "L", written);
  assert.match(latex, /^\\frac\{\\partial L\}\{\\partial \w+_\{2\}\} = /);
  assert.match(latex, /\^\{\(1\)\}\} \+ .*\^\{\(2\)\}\} = 1 \\times 4 \+ 1 \\times 4 = 4 \+ 4 = 8$/);
});
