import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, edited, extended, fromSources, hasCode, without } from "../../static/js/cells.js";

const ANSWER = { stdout: "1\n", result: null, error: null, notices: [] };

/** @param {string[]} sources */
function run(sources) {
  const cells = fromSources(sources);
  return answered(
    cells,
    cells,
    sources.map(() => ANSWER),
  );
}

/** @param {import("../../static/js/cells.js").Cell[]} cells */
const stale = (cells) => cells.map((cell) => cell.stale);

test("a new notebook has a cell and nothing to run", () => {
  const cells = fromSources([]);
  assert.equal(cells.length, 1);
  assert.equal(hasCode(cells), false);
  assert.equal(hasCode(fromSources(["  \n", "x"])), true);
});

test("an edit makes its cell and all later ones stale, and undoing it makes them current again", () => {
  const cells = run(["a", "b", "c"]);
  const changed = edited(cells, cells[1].id, "b2");
  assert.deepEqual(stale(changed), [false, true, true]);
  assert.deepEqual(stale(edited(changed, cells[1].id, "b")), [false, false, false]);
});

test("a cell that never ran is not stale, and does not make others stale", () => {
  const cells = extended(run(["a"]));
  assert.deepEqual(stale(edited(cells, cells[1].id, "new")), [false, false]);
});

test("deleting a cell that ran makes later ones stale; the last cell leaves an empty one", () => {
  const cells = run(["a", "b", "c"]);
  assert.deepEqual(stale(without(cells, cells[1].id)), [false, true]);
  const [only] = run(["a"]);
  assert.deepEqual(
    without([only], only.id).map((cell) => cell.source),
    [""],
  );
});

test("an edit made while a run is under way stays stale when the answer comes", () => {
  const sent = fromSources(["a", "b"]);
  const typed = edited(sent, sent[0].id, "a2");
  const cells = answered(typed, sent, [ANSWER, ANSWER]);
  assert.deepEqual(stale(cells), [true, true]);
  assert.equal(cells[0].ran, "a");
});

test("cells added during a run keep what they have", () => {
  const sent = fromSources(["a"]);
  const cells = answered(extended(sent), sent, [ANSWER]);
  assert.equal(cells[0].stdout, "1\n");
  assert.equal(cells[1].ran, null);
});

test("cells keep their identity when nothing about them changed", () => {
  const cells = run(["a", "b"]);
  assert.equal(edited(cells, cells[1].id, "b2")[0], cells[0]);
});
