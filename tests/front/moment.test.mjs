import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOfState, placeAside, settled } from "../../static/js/moment/moment.js";
import { embedSnippet } from "../../static/js/moment/snippet.js";
import { initialState } from "../../static/js/store.js";
import { fragmentOf, momentOf, plainFragment } from "../../static/js/moment/url.js";
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

/** @param {object} more */
function state(more) {
  const trace = twice();
  return { ...initialState(), cells: [CELL], trace, ...settled(trace), ...more };
}

const LOOK = /** @type {const} */ ({
  beat: 1,
  level: "mixed",
  reading: "output",
  wrt: { 2: 1 },
  run: { 2: 4, 3: 0 },
  place: "projector",
  theme: "dark",
});

test("a link carries how the moment is looked at, in both of its forms", async () => {
  for (const program of [null, "softmax"]) {
    const programs = [{ slug: "softmax", cells: ["x"] }];
    const moment = momentOfState(state({ ...LOOK, program, programs }));
    const read = await momentOf(await fragmentOf(moment));
    assert.deepEqual(read, { ...moment, cells: program ? null : ["x"] });
    assert.equal(moment.program, program);
  }
});

test("a field that this page does not know, or that is not what it should be, is passed over", async () => {
  const moment = await momentOf(
    "#program=a&step=2&tempo=9&beat=7&level=all&wrt=x.1,3.2&place=embed&theme=pink",
  );
  assert.deepEqual(moment, {
    program: "a",
    cells: null,
    step: 2,
    selection: null,
    lang: null,
    wrt: { 3: 2 },
  });
});

test("a link of a later version is broken, not the start page", async () => {
  assert.equal(await momentOf("#2.abc"), "broken");
});

test("an address is as short as the program opens, and silent while the code waits for its run", () => {
  const opened = state({});
  assert.deepEqual(placeAside(opened), {});
  assert.deepEqual(placeAside({ ...opened, step: 0, level: "tensors" }), { step: 0, level: "tensors" });
  assert.deepEqual(placeAside({ ...opened, step: 0, cells: [{ ...CELL, source: "y" }] }), {});
  assert.equal(plainFragment("a", { step: 0, wrt: { 3: 1 } }), "#program=a&step=0&wrt=3.1");
});

test("a place outside the trace becomes one inside", () => {
  const trace = twice();
  const place = settled(trace, { step: 99, selection: { tensor: 77, element: 0 } });
  assert.equal(place.step, place.steps.length - 1);
  assert.notEqual(place.selection?.tensor, 77);
});

test("a snippet's title cannot end its attribute", () => {
  const snippet = embedSnippet("http://a.b/embed#program=a&step=1", 'the "sum" of <x>');
  assert.ok(snippet.includes('title="the &quot;sum&quot; of &lt;x&gt;"'));
  assert.ok(snippet.includes("program=a&amp;step=1"));
  assert.match(snippet, /width="800" height="500" loading="lazy"><\/iframe>$/);
});
