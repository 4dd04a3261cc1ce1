import assert from "node:assert/strict";
import { test } from "node:test";
import { codeLinks } from "../../static/js/code/code-links.js";
import { tensor } from "./traces.mjs";

/** @param {number} line @param {number} column @param {number} end */
const span = (line, column, end) => ({ cell: 0, line, column, end_line: line, end_column: end });

/** @param {number} id @param {number} output @param {object} place */
const op = (id, output, place) => /** @type {any} */ ({ id, inputs: [], outputs: [output], span: place });

/** `y*y*3` after a leaf, then a loop of two rounds. */
function trace() {
  const tensors = [
    tensor(0, { name: "x", span: span(1, 4, 9) }),
    tensor(1, { constant: true, span: span(2, 8, 9) }),
  ];
  const ops = [
    op(0, 2, span(2, 4, 7)),
    op(1, 3, span(2, 4, 9)),
    op(2, 4, span(4, 4, 8)),
    op(3, 5, span(4, 4, 8)),
  ];
  return /** @type {any} */ ({ tensors, ops });
}

test("each operation and leaf has its characters; constants have none", () => {
  const links = codeLinks(trace(), 0, null).map(({ line, column, end_column, link }) => [
    line,
    column,
    end_column,
    link,
  ]);
  assert.deepEqual(links.slice(0, 2), [
    [2, 4, 7, "o:0 t:2"],
    [2, 4, 9, "o:1 t:3"],
  ]);
  assert.deepEqual(links.at(-1), [1, 4, 9, "t:0"]);
  assert.equal(links.length, 4);
});

test("code that ran twice stands for the run that is shown", () => {
  const program = trace();
  const loop = (/** @type {number} */ near) =>
    codeLinks(program, 0, near).find(({ line }) => line === 4)?.link;
  assert.equal(loop(2), "o:2 t:4");
  assert.equal(loop(3), "o:3 t:5");
});

test("the list is the same as long as nothing about it changes, also for a live gradient", () => {
  const program = trace();
  const live = { ...program };
  assert.equal(codeLinks(program, 0, 2), codeLinks(live, 0, 2));
  const straight = { ...program, ops: program.ops.slice(0, 2) };
  assert.equal(codeLinks(straight, 0, 0), codeLinks(straight, 0, 1));
  assert.deepEqual(codeLinks(program, 1, null), []);
});
