import assert from "node:assert/strict";
import { test } from "node:test";
import { entryOf, readEntry, turn, wayTo } from "../../static/js/moment/journey.js";
import { settled } from "../../static/js/moment/moment.js";
import { initialState } from "../../static/js/store.js";
import { twice } from "./traces.mjs";

const CELL = {
  id: 1,
  source: "x",
  ran: "x",
  stale: false,
  stdout: "",
  result: null,
  error: null,
  notices: [],
};
const TRACE = twice();

/** @param {Partial<import("../../static/js/store.js").State>} [more] @returns {import("../../static/js/store.js").State} */
function state(more) {
  return { ...initialState(), cells: [CELL], trace: TRACE, ...settled(TRACE), ...more };
}

test("a jump, another room and another level can be undone; a step by key cannot", () => {
  const here = state();
  assert.equal(turn(state({ step: 0 }), here, true), "new");
  assert.equal(turn(state({ step: 0 }), here, false), "same");
  assert.equal(turn(state({ place: "projector" }), here, false), "new");
  assert.equal(turn(state({ level: "tensors" }), here, false), "new");
  assert.equal(turn(state({ program: "one" }), here, false), "new");
  assert.equal(turn(state({ cells: [] }), here, false), "new");
  assert.equal(turn({ ...here, lang: "en" }, here, false), null);
});

test("a stranger's code leaves no entry, and a new run is no change of level", () => {
  assert.equal(turn(state({ guest: true, step: 0 }), state(), true), null);
  assert.equal(turn(state({ level: "mixed" }), state({ trace: null }), false), "same");
});

test("the way back to the same run needs no run", () => {
  const entry = entryOf(state({ step: 0, place: "projector" }));
  const way = wayTo(state(), entry);
  assert.equal(way?.step, 0);
  assert.equal(way?.place, "projector");
  assert.equal(wayTo(state({ place: "projector" }), entryOf(state()))?.place, "study");
});

test("other code, changed code and a program that has not run have to run", () => {
  const entry = entryOf(state());
  assert.equal(wayTo(state({ trace: null }), entry), null);
  assert.equal(wayTo(state({ program: "one" }), entry), null);
  assert.equal(wayTo(state({ cells: [{ ...CELL, source: "y" }] }), entry), null);
  assert.equal(wayTo(state({ cells: [{ ...CELL, ran: "y", source: "y" }] }), entry), null);
  assert.equal(wayTo(state({ cells: [CELL, CELL] }), entry), null);
});

test("only our own entries are read", () => {
  assert.equal(readEntry(null), null);
  assert.equal(readEntry({ cells: [1] }), null);
  assert.deepEqual(readEntry(entryOf(state()))?.cells, ["x"]);
});
