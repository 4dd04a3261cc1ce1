import assert from "node:assert/strict";
import { test } from "node:test";
import { sceneOf } from "../../static/js/layout/scene.js";
import { moved } from "../../static/js/trace/moves.js";
import { partCount, partsOf } from "../../static/js/trace/parts.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { call, operation, relation, tensor, trace, twice } from "./traces.mjs";

/** a [2, 3] summed over its rows: two runs of three edges. */
function rows() {
  const edges = /** @type {[number, number, number][]} */ (
    [0, 1, 2, 3, 4, 5].map((i) => [i, i < 3 ? 0 : 1, 1])
  );
  const op = operation(0, { name: "sum", inputs: [0], outputs: [1], relations: [relation(edges)] });
  const tensors = [
    tensor(0, { name: "a", shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }),
    tensor(1, { name: "s", shape: [2], values: [6, 15], op: 0 }),
  ];
  const scores = [
    { tensor: 1, values: [2, -1] },
    { tensor: 0, values: [2, 2, 2, -1, -1, -1] },
  ];
  const roots = [{ tensor: 1, gradient: [2, -1] }];
  return trace(tensors, [op], [call({ after_op: 1, roots, order: [0], scores })]);
}

const WALK = 2;

test("parts are the runs of the loop, operand after operand", () => {
  assert.deepEqual(
    partsOf(rows().ops[0]).map(({ elements }) => [...elements]),
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  );
  const [, square] = twice().ops;
  assert.deepEqual(
    partsOf(square).map(({ elements }) => [...elements]),
    [[0], [1]],
    "y*y uses y twice in every run",
  );
});

test("an operation without all its edges goes in one", () => {
  const given = rows();
  given.ops[0].relations[0].complete = false;
  assert.equal(partCount(given, steps(given)[WALK]), 1);
  assert.equal(partCount(rows(), steps(rows())[WALK]), 2);
  assert.equal(partCount(rows(), steps(rows())[0]), 1);
});

test("one by one, every run has its four beats, and back is the same way", () => {
  const given = rows();
  const list = steps(given);
  /** @param {import("../../static/js/trace/steps.js").Step | undefined} step */
  const parts = (step) => partCount(given, step);
  const seen = [];
  let at = moved(list, { step: WALK - 1, beat: 3, part: null }, "forward", parts);
  for (let i = 0; i < 8; i += 1) {
    seen.push(`${at.part ?? "all"}.${at.beat}`);
    at = moved(list, at, "forward", parts);
  }
  assert.equal(seen.join(" "), "0.0 0.1 0.2 0.3 1.0 1.1 1.2 all.3");
  const back = [];
  for (let i = 0; i < 8; i += 1) {
    back.unshift(`${at.part ?? "all"}.${at.beat}`);
    at = moved(list, at, "back", parts);
  }
  assert.equal(back.join(" "), seen.join(" "));
  assert.equal(at.step, WALK - 1);
});

test("one operation on from the middle of a part lands all of it", () => {
  const list = steps(rows());
  const at = moved(list, { step: WALK, beat: 3, part: 0 }, "operationForward", () => 2);
  assert.deepEqual(at, { step: WALK, beat: 3, part: null });
});

test("scores of a run arrive with its last beat, those of later runs are empty", () => {
  const given = rows();
  const list = steps(given);
  /** @param {import("../../static/js/trace/moves.js").Beat} beat @param {number | null} part */
  const arrived = (beat, part) => {
    const picture = /** @type {import("../../static/js/layout/scene.js").Picture} */ (
      pictureAt(given, list, WALK)
    );
    const look = { selection: null, reading: /** @type {const} */ ("input"), wrt: {}, edge: null };
    const scene = sceneOf(picture, knownAt(given, list, WALK, beat, part), look);
    const own = scene.nodes.filter((node) => node.tensor === 0);
    const state = scene.ops[0].state;
    return {
      scores: own.map(({ score }) => score ?? "-").join(" "),
      now: own.map((node) => Number(node.now)).join(""),
      pills: scene.pills.map(({ edge }) => edge.from.element).join(""),
      state,
    };
  };
  assert.deepEqual(arrived(1, 0), { scores: "- - - - - -", now: "000000", pills: "012", state: "now" });
  assert.deepEqual(arrived(3, 0), { scores: "2 2 2 - - -", now: "111000", pills: "", state: "now" });
  assert.deepEqual(arrived(2, 1), { scores: "2 2 2 - - -", now: "000000", pills: "345", state: "now" });
  assert.equal(arrived(3, null).scores, "2 2 2 -1 -1 -1");
  assert.equal(knownAt(given, list, WALK, 3, 0).walked.size, 0, "the operation is not through yet");
});
