import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answered,
  edited,
  extended,
  fromSources,
  hasCode,
  isOutdated,
  moved,
  restored,
  without,
} from "../../static/js/code/cells.js";

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

/** @param {import("../../static/js/code/cells.js").Cell[]} cells */
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
  const { cells } = extended(run(["a"]));
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
  const cells = answered(extended(sent).cells, sent, [ANSWER]);
  assert.equal(cells[0].stdout, "1\n");
  assert.equal(cells[1].ran, null);
});

test("cells keep their identity when nothing about them changed", () => {
  const cells = run(["a", "b"]);
  assert.equal(edited(cells, cells[1].id, "b2")[0], cells[0]);
});

/** @param {import("../../static/js/code/cells.js").Cell[]} cells */
const words = (cells) => cells.map((cell) => cell.source).join(" ");

test("a cell is added below another one; empty it changes nothing, written it makes the later ones stale", () => {
  const ran = run(["a", "b"]);
  const { cells, added } = extended(ran, ran[0].id);
  assert.equal(words(cells), "a  b");
  assert.deepEqual(stale(cells), [false, false, false]);
  assert.equal(isOutdated(cells, 2), false);
  const written = edited(cells, added, "new");
  assert.deepEqual(stale(written), [false, false, true]);
  assert.equal(isOutdated(written, 2), true);
});

test("moving a cell makes it and what it passed stale; moving it back makes them current again", () => {
  const ran = run(["a", "b", "c"]);
  const up = moved(ran, ran[2].id, -1);
  assert.equal(words(up), "a c b");
  assert.deepEqual(stale(up), [false, true, true]);
  const back = moved(up, ran[2].id, 1);
  assert.deepEqual(stale(back), [false, false, false]);
  assert.equal(moved(ran, ran[0].id, -1), ran);
  assert.equal(moved(ran, ran[2].id, 1), ran);
});

test("a removed cell comes back in its place with what it said, beside what was written meanwhile", () => {
  const ran = run(["a", "b", "c"]);
  const rest = edited(without(ran, ran[1].id), ran[2].id, "c2");
  assert.equal(isOutdated(rest, 3), true);
  const again = restored(rest, ran);
  assert.equal(words(again), "a b c2");
  assert.equal(again[1].stdout, "1\n");
  assert.deepEqual(stale(again), [false, false, true]);
});

test("a run of the first cells leaves the others stale, while its picture is current", () => {
  const ran = run(["a", "b", "c"]);
  const part = answered(ran, ran.slice(0, 2), [ANSWER, ANSWER]);
  assert.deepEqual(stale(part), [false, false, true]);
  assert.equal(isOutdated(part, 2), false);
  assert.equal(isOutdated(edited(part, ran[1].id, "b2"), 2), true);
  assert.equal(isOutdated(edited(part, ran[2].id, "c2"), 2), false);
});

test("line ends of other systems become one", () => {
  assert.equal(fromSources(["a\r\nb\rc"])[0].source, "a\nb\nc");
});
