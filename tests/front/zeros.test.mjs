import assert from "node:assert/strict";
import { test } from "node:test";
import { handOutOf } from "../../static/js/why/hand-out.js";
import { writtenSum } from "../../static/js/why/inspection.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { zerosOfHandOut, zerosOfSum } from "../../static/js/why/zeros.js";
import { call, operation, relation, tensor, trace } from "./traces.mjs";

/** x [3] → o [2]; x₁ reaches both with weights that cancel, x₂ the first with weight 0, x₃ nothing at all. */
function cancelling() {
  const tensors = [
    tensor(0, { name: "x", shape: [3], values: [1, 2, 3] }),
    tensor(1, { name: "o", shape: [2], values: [1, 1], op: 0 }),
  ];
  const edges = /** @type {[number, number, number][]} */ ([
    [0, 0, 0.5],
    [1, 0, 0],
    [0, 1, -0.5],
  ]);
  const op = operation(0, { name: "f", inputs: [0], outputs: [1], relations: [relation(edges)] });
  const scores = [
    { tensor: 1, values: [1, 1] },
    { tensor: 0, values: [0, 0, 0] },
  ];
  const root = { tensor: 1, gradient: [1, 1] };
  return trace(tensors, [op], [call({ after_op: 1, roots: [root], order: [0], scores })]);
}

/** @param {number} tensorId @param {number} element @param {"input" | "output"} reading */
function look(tensorId, element, reading) {
  const given = cancelling();
  const list = steps(given);
  const picture = pictureAt(given, list, list.length - 1);
  assert.ok(picture);
  const known = knownAt(given, list, list.length - 1);
  const selection = { tensor: tensorId, element };
  const written = writtenSum(picture, known, selection);
  const handed = handOutOf(picture, known, { selection, reading, wrt: {}, edge: null });
  if (reading === "output") {
    assert.ok(handed);
    return zerosOfHandOut(picture, handed);
  }
  assert.ok(written);
  return zerosOfSum(picture, written);
}

test("terms that cancel, an edge of weight 0 and no edge are three different things", () => {
  assert.deepEqual(look(0, 0, "input"), [{ kind: "cancel", key: "cancels", values: { terms: "+0.5 −0.5" } }]);
  assert.deepEqual(look(0, 1, "input"), [
    { kind: "none", key: "noEdgeTo", values: { own: "x₂", others: "o₂" } },
    { kind: "weight", key: "zeroTo", values: { own: "x₂", others: "o₁" } },
  ]);
  assert.deepEqual(look(0, 2, "input"), [
    { kind: "none", key: "noEdgeTo", values: { own: "x₃", others: "o₁, o₂" } },
  ]);
});

test("a green node tells who takes no part in it and who does with weight 0", () => {
  assert.deepEqual(
    look(1, 0, "output").map(({ key, values }) => [key, values.others]),
    [
      ["noEdgeFrom", "x₃"],
      ["zeroFrom", "x₂"],
    ],
  );
});
