import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { openProgram, openSources, runAll } from "../../static/js/actions.js";
import { addressOf, OWN } from "../../static/js/moment/address.js";
import { fromSources } from "../../static/js/code/cells.js";
import { keepDraft, keptDraft, keptTheme } from "../../static/js/moment/memory.js";
import { shownProgram, starters } from "../../static/js/programs.js";
import { createStore, initialState } from "../../static/js/store.js";
import { twice } from "./traces.mjs";

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

const EMPTY = { error: null, cells: [], tensors: [], ops: [], backward: [], ops_total: 0 };
const CELL = { stdout: "", result: null, error: null, notices: [] };

/** @param {(body: any) => Response | Promise<Response>} answer */
function serve(answer) {
  globalThis.fetch = async (_, options) => answer(JSON.parse(String(options?.body ?? "null")));
}

function store() {
  return createStore({ ...initialState(), programs: [{ slug: "one", cells: ["x = 1"] }] });
}

test("listeners hear of each change, and no more once they have left", () => {
  const s = store();
  let heard = 0;
  const leave = s.subscribe((state, previous) => {
    heard += state.step - previous.step;
  });
  s.set({ step: 2 });
  leave();
  s.set({ step: 9 });
  assert.equal(heard, 3);
});

test("a failed request keeps the code and the last trace", async () => {
  const s = store();
  openSources(s, ["x"]);
  serve(() => Response.json({ ...EMPTY, cells: [CELL] }));
  await runAll(s);
  serve(() => new Response("{}", { status: 422 }));
  await runAll(s);
  assert.equal(s.get().failure?.key, "error.422");
  assert.equal(s.get().running, false);
  assert.deepEqual(s.get().trace?.cells, [CELL]);
});

test("only the last of two runs counts", async () => {
  const s = store();
  openSources(s, ["x"]);
  /** @type {(response: Response) => void} */
  let late = () => {};
  serve(
    () =>
      new Promise((resolve) => {
        late = resolve;
      }),
  );
  const first = runAll(s);
  serve(() => Response.json({ ...EMPTY, cells: [{ ...CELL, stdout: "second" }] }));
  await runAll(s);
  late(Response.json({ ...EMPTY, cells: [{ ...CELL, stdout: "first" }] }));
  await first;
  assert.equal(s.get().cells[0].stdout, "second");
});

test("a program that does not exist is a sentence, one that does runs", async () => {
  const s = store();
  await openProgram(s, "two");
  assert.deepEqual(s.get().failure, { key: "error.program", values: { slug: "two" } });
  serve(({ cells }) => Response.json({ ...EMPTY, cells: cells.map(() => CELL) }));
  await openProgram(s, "one", { step: 99, selection: { tensor: 5, element: 0 } });
  assert.equal(s.get().program, "one");
  assert.equal(s.get().step, -1);
  assert.equal(s.get().selection, null);
});

test("changed cells are no longer the built-in program", () => {
  const programs = [{ slug: "one", cells: ["x = 1"] }];
  assert.equal(shownProgram({ program: "one", programs, cells: fromSources(["x = 1"]) }), "one");
  assert.equal(shownProgram({ program: "one", programs, cells: fromSources(["x = 2"]) }), null);
  assert.equal(shownProgram({ program: "one", programs, cells: fromSources(["x = 1", ""]) }), null);
  assert.equal(shownProgram({ program: null, programs, cells: fromSources(["x = 1"]) }), null);
});

test("starters are one program of each kind, then the first ones", () => {
  const programs = ["a", "b", "c", "d", "e"].map((slug) => ({
    slug,
    cells: [],
    kind: slug === "e" ? "one-to-one" : undefined,
  }));
  assert.deepEqual(
    starters(programs).map(({ slug }) => slug),
    ["e", "a", "b", "c"],
  );
  assert.deepEqual(starters([]), []);
});

test("the address names what is open, and never a stranger's code", () => {
  const cells = fromSources(["x"]);
  const [cell] = cells;
  const programs = [{ slug: "one", cells: ["x"] }];
  /** @param {Partial<import("../../static/js/store.js").State>} more @param {string} hash */
  const address = (more, hash) => addressOf({ ...initialState(), programs, cells, ...more }, hash);
  assert.equal(address({ cells: [] }, "#code"), "");
  assert.equal(address({}, ""), OWN);
  assert.equal(address({ program: "one" }, "#program=one&step=3"), "#program=one");
  assert.equal(address({ guest: true }, "#1.abc"), "#1.abc");
  assert.equal(address({}, "#1.abc"), OWN);
  assert.equal(address({ cells: [{ ...cell, ran: "x" }] }, "#1.abc"), "#1.abc");
});

test("a link's place is taken once its program may run", async () => {
  const s = store();
  serve(() => Response.json({ ...twice(), cells: [CELL] }));
  openSources(s, ["x"], { guest: true, place: { step: 0 } });
  await runAll(s);
  assert.equal(s.get().step, 0);
  await runAll(s);
  assert.notEqual(s.get().step, 0);
});

test("drafts come back whole or not at all", () => {
  const kept = new Map();
  const storage = /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text),
  });
  assert.equal(keptDraft(storage), null);
  keepDraft(storage, { program: null, cells: ["x"] });
  assert.deepEqual(keptDraft(storage), { program: null, cells: ["x"] });
  for (const text of ["{", "{}", '{"cells": [1]}', '{"cells": []}']) {
    kept.set("backpass-draft", text);
    assert.equal(keptDraft(storage), null, text);
  }
  assert.equal(keptDraft(null), null);
  assert.equal(keptTheme(null), "auto");
});
