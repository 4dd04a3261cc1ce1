import assert from "node:assert/strict";
import { test } from "node:test";
import { tableAt } from "../../static/js/tables/tables.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { isWeightGone, stopOf } from "../../static/js/trace/stops.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { twice } from "./traces.mjs";

/** A walk that stops at the given operation. @param {string} message @param {string} code @param {number} op */
function stopped(message, code, op) {
  const trace = twice();
  const last = trace.backward[trace.backward.length - 1];
  const place = { type: "RuntimeError", cell: 0, line: 1, column: 0, end_line: 1, end_column: 1 };
  const error = { ...place, message, hint: { code, en: "", zh: "" }, op };
  const call = { ...last, error, order: last.order.slice(0, last.order.indexOf(op)), accumulated: [] };
  const failed = { ...trace, backward: [...trace.backward.slice(0, -1), call] };
  const list = steps(failed);
  return { trace: failed, list, known: knownAt(failed, list, list.length - 1) };
}

test("a saved value that was written over is told by its versions, one that was freed by its absence", () => {
  const [op] = twice().backward[0].order.slice(-1);
  const changed = stopped("which is at version 1; expected version 0 instead.", "inplace-saved", op);
  assert.deepEqual(stopOf(changed.trace, changed.known), {
    key: "changed",
    values: { now: "1", saved: "0" },
  });
  const freed = stopped("backward through the graph a second time", "second-backward", op);
  assert.deepEqual(stopOf(freed.trace, freed.known), { key: "freed", values: {} });
});

test("where the walk stopped the table has no weights to multiply with", () => {
  const [op] = twice().backward[0].order.slice(-1);
  const { trace, list, known } = stopped("second time", "second-backward", op);
  assert.ok(isWeightGone(trace, known, op));
  const picture = pictureAt(trace, list, list.length - 1);
  assert.ok(picture);
  const table = tableAt(
    picture,
    known,
    { selection: null, edge: null, reading: "input", wrt: {}, run: {} },
    null,
  );
  assert.ok(table?.gone);
  assert.ok(table.foot.every((value) => value === null));
});

test("nothing is gone while a walk is under way", () => {
  const trace = twice();
  const list = steps(trace);
  const known = knownAt(trace, list, list.length - 1);
  assert.equal(stopOf(trace, known), null);
});
