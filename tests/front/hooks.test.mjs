/** Hooks and learners' own functions: what a hook did to a score, and which lines of the code are at work. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ownLines } from "../../static/js/code/own-function.js";
import { hookAt, hookedOps, isHooked } from "../../static/js/trace/hooks.js";
import { steps } from "../../static/js/trace/steps.js";
import { call, operation, relation, tensor, trace } from "./traces.mjs";

/** y = 3·x with two hooks on y: 4 → 2 → 1. */
function hooked() {
  const tensors = [tensor(0, { name: "x", values: [1] }), tensor(1, { name: "y", values: [3], op: 0 })];
  const ops = [operation(0, { name: "mul", inputs: [0], outputs: [1], relations: [relation([[0, 0, 3]])] })];
  const scores = [
    { tensor: 1, values: [1] },
    { tensor: 0, values: [3] },
  ];
  const hooks = [
    { tensor: 1, op: null, before: [4], after: [2] },
    { tensor: 1, op: null, before: [2], after: [1] },
  ];
  const one = call({ after_op: 1, roots: [{ tensor: 1, gradient: [4] }], order: [0], scores, hooks });
  return trace(tensors, ops, [
    one,
    { ...one, id: 1, hooks: [{ tensor: null, op: 0, before: [4], after: [1] }] },
  ]);
}

test("several hooks of one tensor are told from the first number to the last", () => {
  assert.deepEqual(hookAt(hooked(), 0, 1, 0), { before: 4, after: 1 });
  assert.equal(hookAt(hooked(), 0, 0, 0), null);
  assert.equal(hookAt(hooked(), null, 1, 0), null);
});

test("the step that completes a changed score, or walks a hooked operation, carries the sign", () => {
  const given = hooked();
  const marked = steps(given).filter((step) => isHooked(given, step));
  assert.deepEqual(
    marked.map(({ kind, call: at }) => `${kind} ${at}`),
    ["seed 0", "backward 1"],
  );
  assert.deepEqual([...hookedOps(given, 1)], [0]);
});

const SOURCE = `import torch

class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x**3

    @staticmethod
    def backward(ctx, score):
        return score


x = 1
`;

test("an own function lights its forward in forward steps and its backward in backward ones", () => {
  const op = { ...operation(0, { name: "Cube", inputs: [], outputs: [], relations: [] }), custom: true };
  assert.deepEqual(ownLines(op, false, SOURCE), { line: 5, column: 0, end_line: 6, end_column: 0 });
  assert.deepEqual(ownLines(op, true, SOURCE), { line: 9, column: 0, end_line: 10, end_column: 0 });
  assert.equal(ownLines({ ...op, custom: undefined }, true, SOURCE), null);
  assert.equal(ownLines({ ...op, name: "Square" }, true, SOURCE), null);
});
