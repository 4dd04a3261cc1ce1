import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../../static/js/trace/moves.js";

/** @typedef {import("../../static/js/trace/moves.js").Move} Move */

const ALL = /** @type {Move[]} */ ([
  "first",
  "back",
  "forward",
  "last",
  "operationBack",
  "operationForward",
  "callBack",
  "callForward",
]);

/** Two forward steps, then calls of seed, two operations and the booking. @param {number} calls */
function walk(calls) {
  /** @param {"forward" | "seed" | "backward" | "accumulate"} kind @param {number | null} call */
  const step = (kind, call) => ({ kind, call, op: 0, label: "", reached: [] });
  const list = [step("forward", null), step("forward", null)];
  for (let call = 0; call < calls; call += 1) {
    list.push(step("seed", call), step("backward", call), step("backward", call), step("accumulate", call));
  }
  return list;
}

const STEPS = walk(2);

/** @param {number} step @param {0 | 1 | 2 | 3} beat @param {Move} move */
function to(step, beat, move) {
  const at = moved(STEPS, { step, beat }, move);
  return [at.step, at.beat];
}

test("forward goes beat by beat through a backward operation, and in one through everything else", () => {
  /** @type {number[][]} */
  const seen = [];
  let at = moved(STEPS, { step: -1, beat: 3 }, "forward");
  for (; at.step < 5; at = moved(STEPS, at, "forward")) seen.push([at.step, at.beat]);
  assert.deepEqual(
    seen.map((pair) => pair.join(".")).join(" "),
    "0.3 1.3 2.3 3.0 3.1 3.2 3.3 4.0 4.1 4.2 4.3",
  );
});

test("back is the way of forward, backwards", () => {
  let at = moved(STEPS, { step: 5, beat: 3 }, "back");
  const seen = [];
  for (; at.step > 1; at = moved(STEPS, at, "back")) seen.push(`${at.step}.${at.beat}`);
  assert.equal(seen.join(" "), "4.3 4.2 4.1 4.0 3.3 3.2 3.1 3.0 2.3");
});

test("one operation lands: the started one first, then the next; back to the end of the one before", () => {
  assert.deepEqual(to(3, 1, "operationForward"), [3, 3]);
  assert.deepEqual(to(3, 3, "operationForward"), [4, 3]);
  assert.deepEqual(to(4, 2, "operationBack"), [3, 3]);
  assert.deepEqual(to(3, 3, "operationBack"), [2, 3]);
});

test("[ and ] go from call to call", () => {
  assert.deepEqual(to(1, 3, "callForward"), [2, 3]);
  assert.deepEqual(to(3, 1, "callForward"), [6, 3]);
  assert.deepEqual(to(7, 1, "callForward"), [9, 3], "there is no later call: the end");
  assert.deepEqual(to(8, 0, "callBack"), [6, 3]);
  assert.deepEqual(to(6, 3, "callBack"), [2, 3]);
  assert.deepEqual(to(0, 3, "callBack"), [0, 3]);
  assert.deepEqual(to(-1, 3, "callForward"), [0, 3]);
});

test("moves stay on the timeline", () => {
  assert.deepEqual(to(0, 3, "back"), [0, 3]);
  assert.deepEqual(to(0, 3, "operationBack"), [0, 3]);
  assert.deepEqual(to(9, 3, "forward"), [9, 3]);
  assert.deepEqual(to(9, 3, "operationForward"), [9, 3]);
  assert.deepEqual(to(4, 2, "first"), [0, 3]);
  assert.deepEqual(to(4, 2, "last"), [9, 3]);
  for (const move of ALL) assert.equal(moved([], { step: -1, beat: 3 }, move).step, -1, move);
});

test("no move leaves a step without beats at an early beat", () => {
  STEPS.forEach((step, place) => {
    for (const move of ALL) {
      const at = moved(STEPS, { step: place, beat: 3 }, move);
      if (STEPS[at.step].kind !== "backward") assert.equal(at.beat, 3, `${step.kind} ${move}`);
    }
  });
});
